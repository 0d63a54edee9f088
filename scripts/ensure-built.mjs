import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npmCommand, npmEnv } from "./ensure-installed.mjs";
import { root } from "./repository.mjs";
import { runQuietly } from "./run-command.mjs";
import { withSetupLock } from "./setup-lock.mjs";

/** @typedef {{ name: string, folder: string, doing: string, inputs: string[] }} Target */

/** In the order they are built. */
/** @type {Target[]} */
const targets = [
	{
		name: "@keifu/sdk",
		folder: join(root, "packages", "sdk"),
		doing: "building the SDK…",
		inputs: ["packages/sdk", "tsconfig.base.json", "package-lock.json"],
	},
	{
		name: "@keifu/web",
		folder: join(root, "packages", "web"),
		doing: "building the web app…",
		inputs: ["packages/web", "packages/sdk/src", "tsconfig.base.json", "package-lock.json"],
	},
];

const notInputs = /^(dist|node_modules|\..*|.*\.test\.tsx?|.*\.tsbuildinfo)$/;

/**
 * Builds what is older than its sources. Does nothing, and writes nothing, when nothing is.
 * @param {(text: string) => void} say
 */
export async function ensureBuilt(say) {
	for (const target of targets) {
		if (isCurrent(target)) continue;
		await withSetupLock(async (onStart) => {
			if (isCurrent(target)) return;
			say(target.doing);
			await build(target, onStart);
		});
	}
}

/**
 * @param {Target} target
 * @param {(pid: number) => void} onStart
 */
async function build(target, onStart) {
	const sources = fingerprint(target);
	rmSync(join(target.folder, "dist"), { recursive: true, force: true });
	const command = npmCommand();
	command.push("run", "build", "--silent", "-w", target.name);
	await runQuietly(`build of ${target.name}`, command, {
		wayOut: "Mend what it names and run this again.",
		env: npmEnv(),
		onStart,
	});
	writeFileSync(stampOf(target), sources);
}

/** @param {Target} target */
function isCurrent(target) {
	return existsSync(stampOf(target)) && readFileSync(stampOf(target), "utf8") === fingerprint(target);
}

/** @param {Target} target */
function stampOf(target) {
	return join(target.folder, "dist", ".built-from");
}

/** @param {Target} target */
function fingerprint({ inputs }) {
	const hash = createHash("sha256");
	for (const input of inputs) addTo(hash, input);
	return hash.digest("hex");
}

/**
 * @param {import("node:crypto").Hash} hash
 * @param {string} path
 */
function addTo(hash, path) {
	const full = join(root, path);
	if (statSync(full).isDirectory()) {
		const names = readdirSync(full).filter((name) => !notInputs.test(name));
		for (const name of names.sort()) addTo(hash, `${path}/${name}`);
		return;
	}
	hash.update(`${path}\n`).update(readFileSync(full)).update("\n");
}
