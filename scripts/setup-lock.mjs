import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheDir, root, SetupError, say } from "./repository.mjs";

const lockPath = join(cacheDir, "setup.lock");
/** A holder touches its lock every two seconds; one this old belongs to nobody, whoever has its process id now. */
const staleAfterMs = 60_000;

/**
 * Runs `work` while no other start or test changes the same clone. `work` names the child it runs, because that
 * child goes on for a while when we are killed.
 * @param {(onStart: (pid: number) => void) => Promise<void>} work
 */
export async function withSetupLock(work) {
	await takeLock();
	const heartbeat = setInterval(() => {
		const now = new Date();
		if (existsSync(lockPath)) utimesSync(lockPath, now, now);
	}, 2_000);
	const release = () => {
		clearInterval(heartbeat);
		rmSync(lockPath, { force: true });
	};
	process.once("exit", release);
	try {
		await work((child) => writeFileSync(lockPath, `${process.pid} ${child}`));
	} finally {
		process.off("exit", release);
		release();
	}
}

async function takeLock() {
	for (let told = false; ; ) {
		try {
			mkdirSync(cacheDir, { recursive: true });
			writeFileSync(lockPath, `${process.pid}`, { flag: "wx" });
			return;
		} catch (error) {
			if (codeOf(error) !== "EEXIST") {
				throw new SetupError(
					`${root} has to be set up, but cannot be written (${codeOf(error)}). Run "npm ci --ignore-scripts" and ` +
						`"npm run build" there as its owner, or make it writable.`,
				);
			}
		}
		const holders = livingHolders();
		if (holders.length === 0) {
			rmSync(lockPath, { force: true });
			continue;
		}
		if (!told) say(`waiting for process ${holders.join(" and ")}, which sets up this clone…`);
		told = true;
		await sleep(500);
	}
}

/** @returns {number[]} */
function livingHolders() {
	try {
		if (Date.now() - statSync(lockPath).mtimeMs > staleAfterMs) return [];
		return readFileSync(lockPath, "utf8").split(" ").map(Number).filter(isAlive);
	} catch {
		return [];
	}
}

/** @param {number} pid */
function isAlive(pid) {
	try {
		return pid > 0 && process.kill(pid, 0);
	} catch (error) {
		return codeOf(error) === "EPERM";
	}
}

/** @param {unknown} error */
function codeOf(error) {
	return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
