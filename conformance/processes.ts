import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** The process and everything under it, parents first. */
export function processTree(root: number): number[] {
	const children = new Map<number, number[]>();
	for (const pid of allProcesses()) {
		// The second field, the command in brackets, may hold spaces: count the fields from behind it.
		const parent = Number(
			readProc(pid, "stat")
				.replace(/^.*\) /s, "")
				.split(" ")[1],
		);
		children.set(parent, [...(children.get(parent) ?? []), pid]);
	}
	const tree = [root];
	for (const pid of tree) tree.push(...(children.get(pid) ?? []));
	return tree.filter(isAlive);
}

/** Processes that work in the folder or name it on their command line. */
export function processesUsing(folder: string): number[] {
	return allProcesses().filter((pid) => {
		if (pid === process.pid || !isAlive(pid)) return false;
		return readProc(pid, "cmdline").includes(folder) || workingFolder(pid).startsWith(folder);
	});
}

/** The processes among these whose command line has the word. */
export function processesNamed(word: string, pids: readonly number[]): number[] {
	return pids.filter((pid) => readProc(pid, "cmdline").includes(word));
}

/** What the processes keep in memory, pages they share counted once. */
export function residentBytes(pids: readonly number[]): number {
	let kilobytes = 0;
	for (const pid of pids) kilobytes += Number(/^Pss:\s+(\d+) kB/m.exec(readProc(pid, "smaps_rollup"))?.[1] ?? 0);
	return kilobytes * 1024;
}

export function isAlive(pid: number): boolean {
	const state = /^State:\s+(\S)/m.exec(readProc(pid, "status"))?.[1];
	return state !== undefined && state !== "Z" && state !== "X";
}

/** Sends the signal to each process that still lives. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
	for (const pid of pids) {
		try {
			process.kill(pid, signal);
		} catch {
			// It ended by itself in the meantime.
		}
	}
}

function allProcesses(): number[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.map(Number);
}

function readProc(pid: number, file: string): string {
	try {
		return readFileSync(`/proc/${pid}/${file}`, "utf8");
	} catch {
		return "";
	}
}

function workingFolder(pid: number): string {
	try {
		return readlinkSync(`/proc/${pid}/cwd`);
	} catch {
		return "";
	}
}
