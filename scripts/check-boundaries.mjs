// Runs dependency-cruiser with the rules of `.dependency-cruiser.mjs`, and refuses a result that saw next to nothing:
// beside a compiler it does not know it reads no TypeScript, and finds no violation in an empty graph.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { root, runMain, SetupError } from "./repository.mjs";

const fewestModules = 50;

await runMain(async () => {
	const folders = ["packages/server", "packages/sdk", "packages/web", "conformance", "bench", "scripts"];
	const args = ["node_modules/dependency-cruiser/bin/dependency-cruiser.mjs", "--config", ".dependency-cruiser.mjs"];
	const run = spawnSync(
		process.execPath,
		[...args, "--output-type", "json", ...folders.filter((folder) => existsSync(folder))],
		{ cwd: root, encoding: "utf8", maxBuffer: 1 << 30 },
	);
	if (!run.stdout.startsWith("{")) throw new SetupError(`dependency-cruiser failed: ${run.stderr}${run.stdout}`);
	/** @type {import("dependency-cruiser").ICruiseResult} */
	const { modules, summary } = JSON.parse(run.stdout);
	for (const { rule, from, to, cycle } of summary.violations) {
		const path = cycle ? cycle.map(({ name }) => name).join(" → ") : to;
		process.stdout.write(`${rule.name}: ${from} → ${path}\n`);
	}
	const read = modules.filter(({ source }) => /\.tsx?$/.test(source) && !source.includes("node_modules")).length;
	process.stdout.write(`${read} TypeScript modules read, ${summary.violations.length} imports against the rules\n`);
	if (read <= fewestModules)
		throw new SetupError(`expected more than ${fewestModules} modules: is TypeScript read at all?`);
	if (summary.violations.length > 0) process.exitCode = 1;
});
