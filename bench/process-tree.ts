import { readdirSync, readFileSync } from "node:fs";

// The kernel's unit in /proc/PID/stat; 100 a second on every Linux that Node runs on.
const ticksPerSecond = 100;

/** CPU seconds of the process, of everything under it, and of what has ended under it. */
export function cpuSeconds(root: number): number {
	let ticks = 0;
	for (const pid of processTree(root)) {
		const fields = statFields(pid);
		// utime, stime, and the same of children that were waited for: those that live are counted by themselves.
		for (const field of [11, 12, 13, 14]) ticks += Number(fields[field] ?? 0);
	}
	return ticks / ticksPerSecond;
}

/** What the process and everything under it keep in memory, pages they share counted once. */
export function memoryBytes(root: number): number {
	let kilobytes = 0;
	for (const pid of processTree(root)) {
		kilobytes += Number(/^Pss:\s+(\d+) kB/m.exec(readProc(pid, "smaps_rollup"))?.[1] ?? 0);
	}
	return kilobytes * 1024;
}

/** The process and everything under it, parents first. */
export function processTree(root: number): number[] {
	const children = new Map<number, number[]>();
	for (const name of readdirSync("/proc")) {
		if (!/^\d+$/.test(name)) continue;
		const parent = Number(statFields(Number(name))[1]);
		children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
	}
	const tree = [root];
	for (const pid of tree) tree.push(...(children.get(pid) ?? []));
	return tree;
}

/** The fields behind the command in brackets, which may hold spaces: state, parent, … */
function statFields(pid: number): string[] {
	return readProc(pid, "stat")
		.replace(/^.*\) /s, "")
		.split(" ");
}

function readProc(pid: number, file: string): string {
	try {
		return readFileSync(`/proc/${pid}/${file}`, "utf8");
	} catch {
		// It ended in the meantime.
		return "";
	}
}
