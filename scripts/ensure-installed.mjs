import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { hostNodes, majorOf, pinnedNodePath } from "./pinned-node.mjs";
import { cacheDir, root, SetupError } from "./repository.mjs";
import { runQuietly } from "./run-command.mjs";
import { withSetupLock } from "./setup-lock.mjs";

const modules = join(root, "node_modules");
const stampPath = join(modules, ".keifu-installed");
/** What npm writes as its last act of an installation. */
const hiddenLockPath = join(modules, ".package-lock.json");

/**
 * Makes `node_modules` what the lock file says. Does nothing, and writes nothing, when it already is.
 * @param {(text: string) => void} say
 */
export async function ensureInstalled(say) {
	const wanted = fingerprint();
	if (isInstalled(wanted)) return;
	await withSetupLock(async (onStart) => {
		if (isInstalled(wanted)) return;
		say("installing packages…");
		rmSync(stampPath, { force: true });
		rmSync(hiddenLockPath, { force: true });
		/** @type {[string, ...string[]]} */
		const install = [
			...npmCommand(),
			..."ci --ignore-scripts --include=dev --include=optional --no-audit --no-fund --loglevel=error".split(" "),
		];
		await runQuietly("npm ci", install, {
			wayOut: "Check the network and `npm config get registry`, then run this again: it repairs what is half done.",
			env: npmEnv(),
			onStart,
		});
		// On a libc the pinned Node is not built for, it would hide the host's.
		if (existsSync(pinnedNodePath) && majorOf(pinnedNodePath) === 0) rmSync(pinnedNodePath);
		writeFileSync(stampPath, wanted);
	});
}

/**
 * How to start npm so that it does not stand on the tree it replaces.
 * @returns {[string, ...string[]]}
 */
export function npmCommand() {
	const cli = process.env.npm_execpath;
	const node = hostNodes()[0];
	if (cli?.endsWith("npm-cli.js") && existsSync(cli) && node !== undefined) return [node, cli];
	const npm = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "npm"));
	const found = npm.find((path) => !path.startsWith(modules) && existsSync(path));
	if (found === undefined)
		throw new SetupError("npm is not on the PATH. Install Node with npm, then run this again.", 2);
	return [found];
}

/**
 * The environment for npm: no setting of the npm that runs us, and a cache that can be written without a home.
 * @returns {NodeJS.ProcessEnv}
 */
export function npmEnv() {
	const env = { ...process.env };
	for (const name of ["npm_config_workspace", "npm_config_workspaces", "npm_config_omit", "NODE_ENV"]) delete env[name];
	const bin = join(modules, ".bin");
	env.PATH = (env.PATH ?? "")
		.split(delimiter)
		.filter((folder) => folder !== bin)
		.join(delimiter);
	if (!isWritable(env.npm_config_cache ?? join(homedir(), ".npm"))) env.npm_config_cache = join(cacheDir, "npm");
	return env;
}

/**
 * Whether a folder can be written, or made.
 * @param {string} folder
 */
function isWritable(folder) {
	let existing = resolve(folder);
	while (!existsSync(existing)) existing = dirname(existing);
	try {
		accessSync(existing, constants.W_OK);
		return true;
	} catch {
		return false;
	}
}

/** @param {string} wanted */
function isInstalled(wanted) {
	if (existsSync(stampPath)) return readFileSync(stampPath, "utf8") === wanted;
	if (!agreesWithLock()) return false;
	try {
		writeFileSync(stampPath, wanted);
	} catch {
		// A read-only tree that npm has completed is as good.
	}
	return true;
}

/** Whether somebody's own `npm ci` or `npm install` left exactly what the lock file asks for on this machine. */
function agreesWithLock() {
	if (!existsSync(hiddenLockPath)) return false;
	const wanted = packagesOf(join(root, "package-lock.json"));
	const present = packagesOf(hiddenLockPath);
	return Object.entries(wanted).every(([path, entry]) => {
		if (!path.includes("node_modules/") || !isForThisMachine(entry)) return true;
		if (entry.link) return existsSync(join(root, path, "package.json"));
		return present[path]?.version === entry.version && existsSync(join(root, path, "package.json"));
	});
}

/** @typedef {{ version?: string, link?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} Locked */

/**
 * @param {string} path
 * @returns {Record<string, Locked>}
 */
function packagesOf(path) {
	return JSON.parse(readFileSync(path, "utf8")).packages;
}

/** @param {Locked} entry */
function isForThisMachine({ optional, os, cpu, libc }) {
	if (!optional) return true;
	return (os?.includes(process.platform) && cpu?.includes(process.arch) && !libc) ?? false;
}

function fingerprint() {
	const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n`);
	hash.update(readFileSync(join(root, "package-lock.json")));
	const packages = readdirSync(join(root, "packages")).map((name) => join("packages", name));
	for (const folder of [".", "conformance", ...packages.sort()]) {
		const path = join(root, folder, "package.json");
		if (existsSync(path)) hash.update(dependenciesOf(path));
	}
	return hash.digest("hex");
}

/**
 * The part of a `package.json` that an installation depends on; a changed script asks for none.
 * @param {string} path
 */
function dependenciesOf(path) {
	const { name, version, bin, workspaces, dependencies, devDependencies, optionalDependencies, peerDependencies } =
		JSON.parse(readFileSync(path, "utf8"));
	return JSON.stringify([
		name,
		version,
		bin,
		workspaces,
		dependencies,
		devDependencies,
		optionalDependencies,
		peerDependencies,
	]);
}
