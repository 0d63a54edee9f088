import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { TestServer } from "./start-server.ts";

const repository = resolve(import.meta.dirname, "../../../..");

/** A linked model in the middle of a made-up history. */
export type LineagePlace = {
	readonly id: string;
	readonly name: string;
	/** Of its page. */
	readonly path: string;
	/** How many runs and versions hang together with it. */
	readonly component: number;
};

/** Writes a history of so many edges into the server's database, before anybody asks that server for lineage. */
export async function fillLineage({ dataDir }: TestServer, prefix: string, edges: number): Promise<LineagePlace> {
	const program = join(repository, "packages/server/src/testing/fill-lineage.ts");
	const parameters = ["--conditions=keifu-source", program, dataDir, "my-team", prefix, `${edges}`];
	const { stdout } = await promisify(execFile)(process.execPath, parameters);
	return JSON.parse(stdout);
}
