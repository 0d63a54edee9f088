import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { join, relative } from "node:path";
import { cacheDir, root, SetupError } from "./repository.mjs";

/** @type {NodeJS.Signals[]} */
const forwarded = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a command to its end with our own standard streams.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdout?: "inherit" | "ignore" }} options
 * @returns {Promise<number>} its exit status
 */
export async function runLoudly(command, args, { cwd = root, env = process.env, stdout = "inherit" } = {}) {
	const child = spawn(command, args, { cwd, env, stdio: ["ignore", stdout, "inherit"] });
	return await untilExit(child, (signal) => child.kill(signal));
}

/**
 * Runs a slow step whose output is only worth showing when it fails: then its last lines and the way out are.
 * @param {string} name
 * @param {[string, ...string[]]} command
 * @param {{ wayOut: string, cwd?: string, env?: NodeJS.ProcessEnv, onStart?: (pid: number) => void }} options
 */
export async function runQuietly(name, [command, ...args], { wayOut, cwd = root, env = process.env, onStart }) {
	const logs = join(cacheDir, "logs");
	mkdirSync(logs, { recursive: true });
	const logPath = join(logs, `${name.replaceAll(/\W+/g, "-")}.log`);
	const log = openSync(logPath, "w");
	// A group of its own, so that an interruption ends the step's own children as well.
	const child = spawn(command, args, { cwd, env, stdio: ["ignore", log, log], detached: true });
	closeSync(log);
	if (child.pid !== undefined) onStart?.(child.pid);
	const status = await untilExit(child, (signal) => killGroup(child.pid, signal));
	if (status === 0) return;
	const tail = readFileSync(logPath, "utf8").trimEnd().split("\n").slice(-20).join("\n");
	throw new SetupError(
		`${tail}\n${name} failed with exit status ${status} (whole output: ${relative(root, logPath)}). ${wayOut}`,
	);
}

/**
 * Waits for a child, passing on the signals we get; when one of them ended the wait we end the same way.
 * @param {import("node:child_process").ChildProcess} child
 * @param {(signal: NodeJS.Signals) => void} kill
 * @returns {Promise<number>}
 */
function untilExit(child, kill) {
	return new Promise((resolve, reject) => {
		/** @type {NodeJS.Signals | undefined} */
		let received;
		/** @param {NodeJS.Signals} signal */
		const pass = (signal) => {
			received = signal;
			kill(signal);
		};
		for (const signal of forwarded) process.on(signal, pass);
		child.once("error", (error) => reject(new SetupError(`cannot run ${child.spawnfile}: ${error.message}`)));
		child.once("exit", (code, signal) => {
			for (const name of forwarded) process.off(name, pass);
			if (received !== undefined) process.exit(128 + constants.signals[received]);
			resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
		});
	});
}

/**
 * @param {number | undefined} leader
 * @param {NodeJS.Signals} signal
 */
function killGroup(leader, signal) {
	if (leader === undefined) return;
	try {
		process.kill(-leader, signal);
	} catch {
		// The group is gone already.
	}
}
