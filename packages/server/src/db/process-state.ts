import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** What the system says of a process id; a zombie has ended, but its parent has not collected it yet. */
export async function processState(pid: number): Promise<"running" | "zombie" | "gone"> {
	try {
		process.kill(pid, 0);
	} catch (error) {
		// EPERM: it exists and belongs to somebody else.
		if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return "gone";
	}
	const fields = await statFields(pid);
	return fields?.[0] === "Z" || fields?.[0] === "X" ? "zombie" : "running";
}

/** When the process started, in clock ticks since boot; null where the system has no `/proc`. */
export async function startTicksOf(pid: number): Promise<string | null> {
	return (await statFields(pid))?.[19] ?? null;
}

/** True once the process has ended (a zombie has), false when it still runs after `milliseconds`. */
export async function endsWithin(pid: number, milliseconds: number): Promise<boolean> {
	for (const deadline = Date.now() + milliseconds; ; ) {
		if ((await processState(pid)) !== "running") return true;
		if (Date.now() >= deadline) return false;
		await sleep(20);
	}
}

/** Fields of `/proc/PID/stat` from the third on; the second, the name, may contain anything. */
async function statFields(pid: number): Promise<string[] | null> {
	try {
		const text = await readFile(`/proc/${pid}/stat`, "utf8");
		return text.slice(text.lastIndexOf(")") + 2).split(" ");
	} catch {
		return null;
	}
}
