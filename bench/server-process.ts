import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { cpuSeconds, memoryBytes, processTree } from "./process-tree.ts";

const patienceMs = 60_000;
const root = resolve(import.meta.dirname, "..");

/** Any 40 characters: the floor takes whatever comes, and Keifu is told to take this one. */
export const apiKey = "b".repeat(40);

/** What the first user of a measured server signs in with. */
export const adminPassword = "correct horse battery staple";

/** A server under measurement: a process of its own, and all under it. */
export type BenchServer = {
	readonly url: string;
	/** From the launch to the line that says it is ready. */
	readonly readySeconds: number;
	cpuSeconds(): number;
	memoryBytes(): number;
	stop(): Promise<void>;
};

/** An empty folder under the bench's own temporary one, which goes with the bench. */
export function newFolder(purpose: string): string {
	const parent = join(tmpdir(), `keifu-bench-${process.pid}`);
	mkdirSync(parent, { recursive: true });
	return mkdtempSync(join(parent, `${purpose}-`));
}

/** `keifu serve` as a user starts it, on this data folder. */
export async function startKeifu(dataDir: string): Promise<BenchServer> {
	return await start([process.execPath, "packages/server/bin/keifu.mjs", "serve"], {
		KEIFU_DATA_DIR: dataDir,
		KEIFU_HOST: "127.0.0.1",
		KEIFU_PORT: "0",
		KEIFU_ADMIN_API_KEY: apiKey,
		KEIFU_ADMIN_PASSWORD: adminPassword,
	});
}

/** The client floor, advertising these features, so that the client asks it what it asks Keifu. */
export async function startFloor(features: readonly string[]): Promise<BenchServer> {
	return await start([process.execPath, "bench/floor/main.ts", features.join(",")]);
}

/** The limit in Node, storing into this folder. */
export async function startLimit(folder: string): Promise<BenchServer> {
	return await start([process.execPath, "bench/limit/main.ts", folder]);
}

/** The least that keeps what it is told, in this folder, advertising these features. */
export async function startLeast(folder: string, features: readonly string[]): Promise<BenchServer> {
	return await start([process.execPath, "bench/limit/least.ts", folder, features.join(",")]);
}

/** Starts a server that says `ready at URL`, or what `readyLine` finds the URL in. */
export async function start(
	[command, ...args]: readonly [string, ...string[]],
	env: Readonly<Record<string, string>> = {},
	readyLine = /ready at (\S+)/,
): Promise<BenchServer> {
	const launched = performance.now();
	const child = spawn(command, args, {
		cwd: root,
		stdio: ["ignore", "pipe", "pipe"],
		env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
	});
	const { pid } = child;
	if (pid === undefined) throw new Error(`${command} could not be started`);
	const ended = new Promise<number | null>((done) => child.once("exit", done));
	const killAll = () => {
		for (const one of processTree(pid)) kill(one, "SIGKILL");
	};
	process.once("exit", killAll);
	const said: string[] = [];
	const url = await new Promise<string>((done, fail) => {
		const giveUp = () =>
			fail(new Error(`${command} ${args[0]} did not get ready; it said:\n${said.slice(-20).join("\n")}`));
		const timer = setTimeout(giveUp, patienceMs);
		for (const stream of [child.stdout, child.stderr]) {
			createInterface({ input: stream }).on("line", (line) => {
				said.push(line);
				const found = readyLine.exec(line)?.[1];
				if (found === undefined) return;
				clearTimeout(timer);
				done(found.replace(/\/$/, ""));
			});
		}
		child.once("exit", giveUp);
	});
	return {
		url,
		readySeconds: (performance.now() - launched) / 1000,
		cpuSeconds: () => cpuSeconds(pid),
		memoryBytes: () => memoryBytes(pid),
		stop: async () => {
			process.off("exit", killAll);
			kill(pid, "SIGTERM");
			await ended;
		},
	};
}

function kill(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal);
	} catch {
		// It ended by itself in the meantime.
	}
}
