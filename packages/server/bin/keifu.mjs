#!/usr/bin/env node
// Plain JavaScript, so that a Node that is too old says so instead of failing on a type.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major > 22 || (major === 22 && minor >= 18)) await runHere();
else runOnPinnedNode();

async function runHere() {
	keepMemorySmall();
	dropWarningsAboutTypeStripping();
	nodeModule.enableCompileCache(fileURLToPath(new URL("../../../.cache/compiled", import.meta.url)));
	// In a clone our own packages are read from their sources, whatever was built last.
	nodeModule.registerHooks({
		resolve: (specifier, context, next) =>
			specifier.startsWith("@keifu/")
				? next(specifier, { ...context, conditions: [...context.conditions, "keifu-source"] })
				: next(specifier, context),
	});
	await import("../src/main.ts");
}

/**
 * V8 lets the space for young objects grow to 128 MB under load, for a gain that a server which waits for its database and
 * disk does not see, and garbage among old objects lie until it is as much as what lives. Both are fixed when a process
 * starts, so the process is replaced once, under the same number.
 */
function keepMemorySmall() {
	const flag = "--max-semi-space-size";
	if (process.execve === undefined || process.execArgv.some((given) => given.startsWith(flag))) return;
	const args = [
		process.execPath,
		...process.execArgv,
		`${flag}=8`,
		"--heap-growing-percent=40",
		...process.argv.slice(1),
	];
	// glibc keeps what each of the threads once needed; two arenas are enough for threads that wait for the disk.
	process.execve(process.execPath, args, { MALLOC_ARENA_MAX: "2", ...process.env });
}

function runOnPinnedNode() {
	const pinned = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url));
	if (!existsSync(pinned)) {
		process.stderr.write(`keifu needs Node 22.18 or newer, and this is ${process.versions.node}. Use a newer Node.\n`);
		process.exit(2);
	}
	const child = spawn(pinned, process.argv.slice(1), { stdio: "inherit" });
	/** @type {NodeJS.Signals[]} */
	const forwarded = ["SIGINT", "SIGTERM", "SIGHUP"];
	for (const signal of forwarded) process.on(signal, () => child.kill(signal));
	child.once("exit", (code, signal) => process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
}

function dropWarningsAboutTypeStripping() {
	const { emitWarning } = process;
	Object.assign(process, {
		/** @param {Parameters<typeof emitWarning>} args */
		emitWarning: (...args) => {
			if (!/type stripping/i.test(String(args[0]))) emitWarning.apply(process, args);
		},
	});
}
