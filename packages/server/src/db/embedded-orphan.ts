import { execFile } from "node:child_process";
import { readFile, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { SetupError } from "../errors.ts";
import type { DatabaseLog } from "./database.ts";
import { stopProcess } from "./embedded-process.ts";
import { processState } from "./process-state.ts";

const execute = promisify(execFile);

/**
 * Deals with what a killed Keifu left: its database server lives on without it. Call it holding the data folder's lock,
 * which says that nobody else can be using that server.
 */
export async function stopOrphan(
	folder: string,
	log: DatabaseLog,
	say: (step: string) => void,
): Promise<"stopped" | "none"> {
	const path = join(folder, "postmaster.pid");
	const text = await readFile(path, "utf8").catch(() => null);
	if (text === null) return "none";
	const [first = "", ...rest] = text.split("\n");
	const pid = Number(first);
	if (!Number.isInteger(pid) || pid <= 0) return "none";

	const state = await processState(pid);
	if (state === "gone") return "none";
	if (state === "running" && (await servesFolder(pid, folder))) {
		say("stopping the database server that an earlier Keifu left behind");
		log.info({ pid }, "stopping the database server of a Keifu that was killed");
		try {
			await stopProcess(pid);
		} catch (error) {
			throw new SetupError(
				`An earlier Keifu, started as another user, left its database server running (process ${pid}) on ${folder}. ` +
					`Stop it as that user or as root: kill -INT ${pid}`,
				{ cause: error },
			);
		}
		if ((await processState(pid)) === "running") {
			throw new SetupError(
				`The database server ${pid} of an earlier Keifu on ${folder} does not stop. Restart the machine.`,
			);
		}
		return "stopped";
	}
	// A zombie, or a foreign process that got the dead server's number. PostgreSQL would take it for the living owner, but it
	// knows its own parent's number as harmless. The rest of the file stays: it leads to the old shared memory, which
	// PostgreSQL checks for surviving sessions.
	await writeFile(path, [String(process.pid), ...rest].join("\n"));
	return "none";
}

/** Whether the process is the postmaster of this folder: it stands in the folder, or was started with it. */
async function servesFolder(pid: number, folder: string): Promise<boolean> {
	const standsIn = await readlink(`/proc/${pid}/cwd`).catch(() => null);
	if (standsIn !== null) return standsIn === folder;
	const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => null);
	if (commandLine !== null) return commandLine.split("\0").includes(folder);
	const { stdout } = await execute("ps", ["-o", "command=", "-p", String(pid)]).catch(() => ({ stdout: "" }));
	return stdout.includes(`-D ${folder} `);
}
