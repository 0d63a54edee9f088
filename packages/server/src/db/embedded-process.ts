import type { ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { SetupError } from "../errors.ts";
import type { DatabaseLog } from "./database.ts";
import { type Cluster, lastLines } from "./embedded-cluster.ts";
import { launchAs } from "./embedded-user.ts";
import { endsWithin } from "./process-state.ts";

const retryMilliseconds = 10_000;
/** Somebody who is just dying still has the folder: worth waiting for. */
const heldFolder = /lock file "postmaster\.pid" already exists|pre-existing shared memory block/;

/** A running database server. */
export type ServerProcess = {
	readonly pid: number;
	/** Fast shutdown, escalating; returns when the process has ended. */
	stop(): Promise<void>;
};

export type StartOptions = {
	readonly socketFolder: string;
	readonly log: DatabaseLog;
	/** The server ended although nobody stopped it. */
	readonly onCrash: (error: Error) => void;
};

/** Starts the server and waits until it takes connections. */
export async function startServer(cluster: Cluster, options: StartOptions): Promise<ServerProcess> {
	const giveUp = Date.now() + retryMilliseconds;
	for (;;) {
		const outcome = await tryStart(cluster, options);
		if (typeof outcome !== "string") return outcome;
		if (!heldFolder.test(outcome) || Date.now() > giveUp) {
			throw new SetupError(
				`The embedded database in ${cluster.folder} did not start (${lastLines(outcome)}). ` +
					"Check the free space of the disk; the database's own words are in the log above.",
			);
		}
		await sleep(200);
	}
}

/** Answers what the server said when it ended instead of starting. */
async function tryStart(cluster: Cluster, options: StartOptions): Promise<ServerProcess | string> {
	// Its own process group: Ctrl-C in the terminal is for us alone, the server is stopped by us when we are done with it.
	const child = launchAs(cluster.runAs.server, cluster.binaries.postgres, serverArguments(cluster, options), {
		environment: cluster.binaries.environment,
		detached: true,
		stdio: ["ignore", "ignore", "pipe"],
	});
	let state: "starting" | "up" | "stopping" = "starting";
	const output = followOutput(child, (line) => {
		if (line.includes("automatic recovery in progress")) {
			cluster.say("recovering the embedded database, which was not shut down cleanly");
		}
		logLine(options.log, line, state === "stopping");
	});
	const ended = new Promise<string>((resolve) => {
		child.once("error", (error) => resolve(error.message));
		child.once("close", (code, signal) => {
			resolve(output.text());
			if (state !== "up") return;
			const how = signal === null ? `exit status ${code}` : signal;
			options.onCrash(new Error(`the embedded database ended unexpectedly (${how}): ${lastLines(output.text())}`));
		});
	});
	const early = await Promise.race([ended, ready(cluster, child)]);
	if (early !== null) return early;
	state = "up";
	const pid = child.pid ?? 0;
	return {
		pid,
		stop: async () => {
			state = "stopping";
			if (child.exitCode === null && child.signalCode === null) await stopProcess(pid);
			await ended;
		},
	};
}

/** SIGINT disconnects everybody and writes a checkpoint; the harsher ones leave the work to recovery. */
export async function stopProcess(pid: number): Promise<void> {
	const steps: [NodeJS.Signals, number][] = [
		["SIGINT", 6_000],
		["SIGQUIT", 2_000],
		["SIGKILL", 2_000],
	];
	for (const [signal, patience] of steps) {
		try {
			process.kill(pid, signal);
		} catch (error) {
			if (error instanceof Error && "code" in error && error.code === "EPERM") throw error;
			return;
		}
		if (await endsWithin(pid, patience)) return;
	}
}

/** Resolves with null once the server's own pid file says so. */
async function ready(cluster: Cluster, child: ChildProcess): Promise<null> {
	for (;;) {
		const lines = (await readFile(join(cluster.folder, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
		if (Number(lines[0]) === child.pid && lines[7]?.trim() === "ready") return null;
		if (child.exitCode !== null || child.signalCode !== null) return await new Promise<null>(() => {});
		await sleep(10);
	}
}

function serverArguments(cluster: Cluster, options: StartOptions): string[] {
	const durability = cluster.durable ? "on" : "off";
	const settings: Record<string, string> = {
		listen_addresses: "",
		unix_socket_directories: options.socketFolder,
		unix_socket_permissions: "0700",
		port: "5432",
		max_connections: cluster.durable ? "50" : "200",
		shared_buffers: "128MB",
		work_mem: "8MB",
		maintenance_work_mem: "64MB",
		max_wal_size: "1GB",
		random_page_cost: "1.1",
		// Statements keep the plan that they got while their tables were small: reading those whole must not be the cheap way.
		enable_seqscan: "off",
		// How soon it is noticed that a table has grown, and its statements are planned anew.
		autovacuum_naptime: "20s",
		jit: "off",
		io_method: "sync",
		huge_pages: "off",
		fsync: durability,
		synchronous_commit: durability,
		full_page_writes: durability,
		// No replication: its launcher would be one process for nothing.
		max_logical_replication_workers: "0",
		timezone: "UTC",
		log_timezone: "UTC",
		lc_messages: "C",
		logging_collector: "off",
		log_destination: "stderr",
		log_line_prefix: "",
		// A failed statement is reported by the query that sent it; its text may hold what is not for logs.
		log_min_error_statement: "panic",
	};
	return ["-D", cluster.folder, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

function followOutput(child: ChildProcess, tell: (line: string) => void): { text(): string } {
	let text = "";
	if (child.stderr === null) return { text: () => text };
	createInterface({ input: child.stderr }).on("line", (line) => {
		text = `${text}${line}\n`.slice(-8_000);
		tell(line);
	});
	return { text: () => text };
}

function logLine(log: DatabaseLog, line: string, stopping: boolean): void {
	const level = /^(PANIC|FATAL|WARNING):/.exec(line)?.[1];
	// Every connection that a shutdown ends is a FATAL of its own.
	if (level === "PANIC" || (level === "FATAL" && !stopping)) log.warn({ postgres: line }, "embedded database");
	else if (level === "WARNING") log.info({ postgres: line }, "embedded database");
	else log.debug({ postgres: line }, "embedded database");
}
