import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll } from "vitest";
import { recordOperations } from "./documents/sent-operations.ts";
import { isAlive, processesNamed, processesUsing, processTree, signalAll } from "./processes.ts";

const root = resolve(import.meta.dirname, "..");
const readyLine = /^keifu ready at (\S+)/;
const patienceMs = 60_000;

/** What the first user of a server signs in with. */
export const adminPassword = "correct horse battery staple";

/** Where a server answers, and its first user's API key. */
export interface Door {
	readonly url: string;
	readonly apiKey: string;
}

/** A server that this test started, as a process of its own. */
export interface OwnServer extends Door {
	readonly dataDir: string;
	readonly pid: number;
	/** SIGTERM; throws unless it exits with 0. */
	stop(): Promise<void>;
	/** SIGKILL to the server and every process under it, the database too. */
	killAll(): Promise<void>;
	/** SIGKILL to the server process alone. */
	killParent(): Promise<void>;
	/** SIGKILL to the whole database; comes back when the server has ended because of it. */
	killDatabase(): Promise<void>;
	/** SIGKILL to one of the database's connections: it recovers by itself, and the server lives on. */
	killConnection(): void;
}

export interface OwnServerOptions {
	/** An earlier server's folder, to start on what it left. */
	readonly dataDir?: string;
	readonly apiKey?: string;
	readonly env?: Readonly<Record<string, string>>;
}

/** A secret of the shape that every version of the client takes: 40 characters, no dash. */
export function newApiKey(): string {
	return randomBytes(20).toString("hex");
}

/** An empty folder that is the caller's to remove. */
export function newFolder(purpose: string): string {
	return mkdtempSync(join(tmpdir(), `keifu-${purpose}-`));
}

/** Starts `keifu serve` on a free port and waits until it says that it is ready. */
export async function startServer(options: OwnServerOptions = {}): Promise<OwnServer> {
	const dataDir = options.dataDir ?? newFolder("server");
	const apiKey = options.apiKey ?? newApiKey();
	const child = spawn(nodeBinary(), ["packages/server/bin/keifu.mjs", "serve"], {
		cwd: root,
		detached: true,
		stdio: ["ignore", "pipe", "pipe"],
		env: {
			PATH: process.env.PATH,
			HOME: process.env.HOME,
			KEIFU_DATA_DIR: dataDir,
			KEIFU_HOST: "127.0.0.1",
			KEIFU_PORT: "0",
			KEIFU_ADMIN_API_KEY: apiKey,
			KEIFU_ADMIN_PASSWORD: adminPassword,
			KEIFU_CHOSEN_API_KEYS: "true",
			KEIFU_MIN_FREE_BYTES: "1048576",
			...options.env,
		},
	});
	const pid = child.pid;
	if (pid === undefined) throw new Error("keifu serve could not be started");
	const killAll = async () => {
		const tree = processTree(pid);
		signalAll([...tree].reverse(), "SIGKILL");
		await ended(tree);
	};
	const lastResort = () => signalAll(processTree(pid), "SIGKILL");
	process.once("exit", lastResort);
	child.once("exit", () => process.off("exit", lastResort));
	const url = await readiness(child).catch(async (error: unknown) => {
		await killAll();
		throw error;
	});
	return {
		url,
		apiKey,
		dataDir,
		pid,
		killAll,
		killParent: async () => {
			signalAll([pid], "SIGKILL");
			await ended([pid]);
		},
		killDatabase: async () => {
			const database = processesNamed("postgres", processTree(pid).slice(1));
			signalAll(database, "SIGKILL");
			await ended([pid, ...database]);
		},
		killConnection: () => {
			const [connection] = processesNamed("[local]", processTree(pid));
			if (connection === undefined) throw new Error("the database has no connection to kill");
			signalAll([connection], "SIGKILL");
		},
		stop: async () => {
			await recordOperations(url);
			const code = await stopChild(child);
			if (code !== 0) throw new Error(`keifu serve ended with status ${code} on SIGTERM, expected 0`);
			await ended(processesUsing(dataDir));
		},
	};
}

/**
 * One server for the tests of a file: the one that KEIFU_TEST_URL and KEIFU_TEST_API_KEY name (started with
 * KEIFU_CHOSEN_API_KEYS=true), else a fresh one that ends, cleanly, with the file.
 */
export function useServer(): Door {
	const url = process.env.KEIFU_TEST_URL;
	const apiKey = process.env.KEIFU_TEST_API_KEY;
	if (url !== undefined && apiKey !== undefined) return { url: url.replace(/\/$/, ""), apiKey };
	let server: OwnServer | undefined;
	beforeAll(async () => {
		server = await startServer();
	});
	afterAll(async () => {
		await server?.stop();
		if (server !== undefined) rmSync(server.dataDir, { recursive: true, force: true });
	});
	const running = (): OwnServer => {
		if (server === undefined) throw new Error("the server is there only inside tests");
		return server;
	};
	return {
		get url() {
			return running().url;
		},
		get apiKey() {
			return running().apiKey;
		},
	};
}

function nodeBinary(): string {
	const pinned = join(root, "node_modules", ".bin", "node");
	return existsSync(pinned) ? pinned : process.execPath;
}

/** The URL of the ready line; fails with what the server said when it ends or stays silent. */
function readiness(child: ChildProcess): Promise<string> {
	return new Promise((done, fail) => {
		const said: string[] = [];
		const giveUp = (why: string) => fail(new Error(`keifu serve ${why}; it said:\n${said.slice(-40).join("\n")}`));
		const timer = setTimeout(() => giveUp(`was not ready in ${patienceMs} ms`), patienceMs);
		for (const stream of [child.stdout, child.stderr]) {
			if (stream === null) continue;
			createInterface({ input: stream }).on("line", (line) => {
				said.push(line);
				const url = readyLine.exec(line)?.[1];
				if (url === undefined) return;
				clearTimeout(timer);
				done(url.replace(/\/$/, ""));
			});
		}
		child.once("exit", (code, signal) => {
			clearTimeout(timer);
			giveUp(`ended with ${code ?? signal}`);
		});
	});
}

async function stopChild(child: ChildProcess): Promise<number | null> {
	if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
	const exit = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
	child.kill("SIGTERM");
	return await exit;
}

/** Waits until the processes are gone. */
async function ended(pids: readonly number[]): Promise<void> {
	const deadline = Date.now() + patienceMs;
	while (pids.some(isAlive)) {
		if (Date.now() > deadline) throw new Error(`processes ${pids.filter(isAlive).join(", ")} did not end`);
		await sleep(20);
	}
}
