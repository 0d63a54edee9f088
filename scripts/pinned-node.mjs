import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root, SetupError } from "./repository.mjs";

const neededMajor = 24;

/** Where npm puts the Node that the lock file pins. */
export const pinnedNodePath = join(root, "node_modules", ".bin", "node");

/**
 * The Node everything runs on: the pinned one, elsewhere a host's Node that is new enough.
 * @returns {string}
 */
export function findPinnedNode() {
	if (existsSync(pinnedNodePath)) return pinnedNodePath;
	const found = hostNodes().find((path) => majorOf(path) >= neededMajor);
	if (found !== undefined) return found;
	throw new SetupError(
		`keifu needs Node ${neededMajor} or newer: npm carries it for glibc Linux on x64 and arm64 only, and this is ` +
			`${process.platform} ${process.arch} with Node ${process.versions.node}. Install Node ${neededMajor} and run this again.`,
		2,
	);
}

/**
 * The Nodes of the host, none of which a reinstallation takes away.
 * @returns {string[]}
 */
export function hostNodes() {
	const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "node"));
	return [process.env.npm_node_execpath, process.execPath, ...onPath]
		.filter((path) => path !== undefined)
		.filter((path) => !path.startsWith(join(root, "node_modules")) && existsSync(path));
}

/**
 * The major version that `path` runs, 0 when it does not run here.
 * @param {string} path
 */
export function majorOf(path) {
	if (path === process.execPath) return Number.parseInt(process.versions.node, 10);
	const run = spawnSync(path, ["--version"], { encoding: "utf8" });
	return run.status === 0 ? Number.parseInt(run.stdout.slice(1), 10) : 0;
}
