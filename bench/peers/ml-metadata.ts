// ML Metadata as its users run it on one machine: a library, with SQLite in a file.
import { rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { LineageShape } from "../../packages/server/src/testing/lineage-shape.ts";
import { findPython, isVenvReady, makeVenv } from "../../scripts/python-venv.mjs";
import { createClient } from "../client-process.ts";
import { millisecondsAt, numberAt } from "../json.ts";
import { newFolder } from "../server-process.ts";
import { median } from "../statistics.ts";

const folder = resolve(import.meta.dirname, "../../.cache/venvs/ml-metadata");
const requirements = join(import.meta.dirname, "requirements-ml-metadata.txt");
const venv = { folder, requirements, imports: "ml_metadata" };

/** Milliseconds, and how many nodes there were. */
export type Asked = { readonly milliseconds: number; readonly nodes: number };

/** What it takes for what is within three hops of a version, and within all that it goes to: a hundred. */
export async function askMlMetadata(
	shape: LineageShape,
	focus: number,
	rounds: number,
): Promise<{ readonly three: Asked; readonly all: Asked }> {
	if (!isVenvReady(venv)) {
		process.stderr.write("ML Metadata: installing into .cache/venvs\n");
		await makeVenv(findPython(), venv);
	}
	const place = newFolder("ml-metadata");
	try {
		const { nodeCount, edgeCount, kinds, from, to } = shape;
		const edges = { from: [...from.subarray(0, edgeCount)], to: [...to.subarray(0, edgeCount)] };
		const graph = join(place, "graph.json");
		writeFileSync(graph, JSON.stringify({ kinds: [...kinds.subarray(0, nodeCount)], ...edges }));
		const python = join(folder, "bin", "python");
		const client = createClient({
			...{ python, script: join(import.meta.dirname, "ml_metadata_workloads.py"), environment: () => ({}) },
		});
		const found = await client.run("", "lineage", { graph, focus, rounds });
		const asked = (name: string): Asked => ({
			milliseconds: median(millisecondsAt(found, name, "each")),
			nodes: numberAt(found, name, "nodes"),
		});
		return { three: asked("three"), all: asked("all") };
	} finally {
		rmSync(place, { recursive: true, force: true });
	}
}
