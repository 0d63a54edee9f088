import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const repository = resolve(import.meta.dirname, "../../../..");

/** A server with an empty data folder, and how its first user signs in. */
export type TestServer = {
	url: string;
	apiKey: string;
	password: string;
	dataDir: string;
	stop: () => Promise<void>;
};

/** Starts `keifu serve` on a free port; it serves the built web app. */
export async function startServer(): Promise<TestServer> {
	const dataDir = mkdtempSync(join(tmpdir(), "keifu-web-"));
	const apiKey = "k".repeat(40);
	const password = "a password for tests";
	const child = spawn(process.execPath, ["packages/server/bin/keifu.mjs", "serve"], {
		cwd: repository,
		stdio: ["ignore", "pipe", "pipe"],
		env: {
			PATH: process.env.PATH,
			HOME: process.env.HOME,
			KEIFU_DATA_DIR: dataDir,
			KEIFU_PORT: "0",
			KEIFU_ADMIN_API_KEY: apiKey,
			KEIFU_ADMIN_PASSWORD: password,
			KEIFU_MIN_FREE_BYTES: "1048576",
		},
	});
	const exited = new Promise<void>((done) => child.once("exit", () => done()));
	const said: string[] = [];
	const url = await new Promise<string>((done, fail) => {
		for (const stream of [child.stdout, child.stderr]) {
			createInterface({ input: stream }).on("line", (line) => {
				said.push(line);
				const ready = /^keifu ready at (\S+)/.exec(line)?.[1];
				if (ready !== undefined) done(ready.replace(/\/$/, ""));
			});
		}
		child.once("exit", (code) => fail(new Error(`keifu serve ended with ${code}; it said:\n${said.join("\n")}`)));
	});
	const stop = async () => {
		child.kill("SIGTERM");
		await exited;
		rmSync(dataDir, { recursive: true, force: true });
	};
	return { url, apiKey, password, dataDir, stop };
}
