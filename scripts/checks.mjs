import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { findPinnedNode } from "./pinned-node.mjs";
import { root, toolEnv } from "./repository.mjs";
import { runLoudly } from "./run-command.mjs";

/** @typedef {{ name: string, args: string[] }} Check */

/**
 * Every check of the sources that needs no running server: formatting and lint, types, boundaries, dead code,
 * and that what is generated is current.
 * @returns {Check[]}
 */
export function listChecks() {
	const typed = [".", ...readdirSync(join(root, "packages")).map((name) => `packages/${name}`)];
	return [
		{ name: "lint", args: [tool("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."] },
		...typed
			.filter((folder) => existsSync(join(root, folder, "tsconfig.json")))
			.map((folder) => ({
				name: `types of ${folder === "." ? "scripts and conformance" : folder}`,
				args: [tool("typescript/bin/tsc"), "--noEmit", "--pretty", "false", "-p", folder],
			})),
		{ name: "boundaries", args: ["scripts/check-boundaries.mjs"] },
		{ name: "dead code", args: [tool("knip/bin/knip.js"), "--no-progress"] },
		...["server/codegen/codegen", "server/codegen/schema-types", "web/codegen/operations"]
			.map((path) => ({ name: `${basename(path)} is current`, args: [`packages/${path}.ts`, "--check"] }))
			.filter(({ args: [path = ""] }) => existsSync(join(root, path))),
	];
}

/**
 * Runs the checks one after the other, all of them whatever fails.
 * @param {Check[]} checks
 * @returns {Promise<import("./vitest-counts.mjs").Counts>}
 */
export async function runChecks(checks) {
	const node = findPinnedNode();
	const failed = [];
	for (const { name, args } of checks) {
		const status = await runLoudly(node, args, { env: toolEnv() });
		if (status !== 0) failed.push(name);
		process.stdout.write(`${status === 0 ? "✓" : "✗"} ${name}\n`);
	}
	return { passed: checks.length - failed.length, failed: failed.length, skipped: 0, failures: failed };
}

/** @param {string} path */
function tool(path) {
	return join("node_modules", path);
}
