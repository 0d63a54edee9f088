import { randomBytes } from "node:crypto";
import { link, readFile, readlink, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { SetupError } from "../errors.ts";
import { endsWithin, processState, startTicksOf } from "./process-state.ts";

const lockName = "keifu.lock";
const beatMilliseconds = 5_000;

const ownerShape = z.object({
	pid: z.int().positive(),
	startedAt: z.string(),
	/** Start of the process in clock ticks since boot: tells a reused process id from the real owner. */
	startTicks: z.string().nullable(),
	/** Boot and process-id namespace: only within one are process ids comparable. */
	world: z.string(),
	address: z.string().nullable(),
});
type Owner = z.infer<typeof ownerShape>;

/** The right to use a data folder, held until released or until this process dies. */
export type DataFolderLock = {
	announce(address: string): Promise<void>;
	release(): Promise<void>;
};

/** Takes `<dataDir>/keifu.lock`, or refuses with the name of the server that has it. A dead server's lock is taken over. */
export async function lockDataFolder(dataDir: string, say: (step: string) => void = () => {}): Promise<DataFolderLock> {
	const path = join(dataDir, lockName);
	const owner: Owner = {
		pid: process.pid,
		startedAt: new Date().toISOString(),
		startTicks: await startTicksOf(process.pid),
		world: await ownWorld(),
		address: null,
	};
	for (let attempt = 0; attempt < 10; attempt++) {
		if (await tryCreate(path, owner)) return holdLock(path, owner);
		const found = await readLock(path);
		if (found === null) continue;
		if (await isAlive(found, owner, path, say)) throw inUse(dataDir, found.owner);
		await removeStale(path, found.text);
	}
	throw new SetupError(`The data folder ${dataDir} is being taken by several servers at once. Start only one.`);
}

/** Who holds the data folder right now, as far as its lock tells; null when nobody living does. */
export async function dataFolderOwner(dataDir: string): Promise<{ pid: number; address: string | null } | null> {
	const path = join(dataDir, lockName);
	const found = await readLock(path);
	if (found?.owner == null) return null;
	const self = { world: await ownWorld() };
	return (await isAlive(found, self, path, () => {})) ? found.owner : null;
}

function holdLock(path: string, owner: Owner): DataFolderLock {
	let current = owner;
	const beat = setInterval(() => {
		const now = new Date();
		utimes(path, now, now).catch(() => {});
	}, beatMilliseconds);
	beat.unref();
	return {
		announce: async (address) => {
			current = { ...current, address };
			const draft = draftName(path);
			await writeFile(draft, print(current), { mode: 0o600 });
			await rename(draft, path);
		},
		release: async () => {
			clearInterval(beat);
			const found = await readLock(path);
			if (found?.text === print(current)) await rm(path, { force: true });
		},
	};
}

/** A link appears with its whole content or not at all, and never replaces what is there. */
async function tryCreate(path: string, owner: Owner): Promise<boolean> {
	const draft = draftName(path);
	await writeFile(draft, print(owner), { mode: 0o600 });
	try {
		await link(draft, path);
		return true;
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
		throw error;
	} finally {
		await rm(draft, { force: true });
	}
}

async function removeStale(path: string, judged: string): Promise<void> {
	const aside = draftName(path);
	try {
		await rename(path, aside);
	} catch {
		return;
	}
	// Somebody else may have taken the lock between our look and our rename: then it goes back where it was.
	const moved = await readFile(aside, "utf8");
	if (moved !== judged) await link(aside, path).catch(() => {});
	await rm(aside, { force: true });
}

async function isAlive(
	found: { owner: Owner | null; text: string },
	self: { world: string },
	path: string,
	say: (step: string) => void,
): Promise<boolean> {
	const patience = 300;
	if (found.owner === null) return false;
	if (found.owner.world !== self.world) return await beats(path, say);
	if ((await processState(found.owner.pid)) !== "running") return false;
	if (found.owner.startTicks !== (await startTicksOf(found.owner.pid))) return false;
	// Killed a moment ago, it may still be on its way out.
	return !(await endsWithin(found.owner.pid, patience));
}

/** The owner's process id means nothing here (another container or machine): watch whether it still touches the file. */
async function beats(path: string, say: (step: string) => void): Promise<boolean> {
	const first = await modified(path);
	if (first === null || Date.now() - first > 12 * beatMilliseconds) return false;
	say("waiting to see whether another server still uses the data folder");
	for (let waited = 0; waited < 3 * beatMilliseconds; waited += 250) {
		await sleep(250);
		const now = await modified(path);
		if (now === null) return false;
		if (now !== first) return true;
	}
	return false;
}

async function modified(path: string): Promise<number | null> {
	try {
		return (await stat(path)).mtimeMs;
	} catch {
		return null;
	}
}

async function readLock(path: string): Promise<{ owner: Owner | null; text: string } | null> {
	let text: string;
	try {
		text = await readFile(path, "utf8");
	} catch {
		return null;
	}
	try {
		return { owner: ownerShape.parse(JSON.parse(text)), text };
	} catch {
		return { owner: null, text };
	}
}

async function ownWorld(): Promise<string> {
	const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
	const namespace = await readlink("/proc/self/ns/pid").catch(() => "");
	return `${process.platform} ${boot.trim()} ${namespace}`;
}

function print(owner: Owner): string {
	return `${JSON.stringify(owner)}\n`;
}

function draftName(path: string): string {
	return `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
}

function inUse(dataDir: string, owner: Owner | null): SetupError {
	const where = owner?.address == null ? "" : `, at ${owner.address}`;
	return new SetupError(
		`Another Keifu server (process ${owner?.pid ?? "unknown"}${where}, since ${owner?.startedAt ?? "unknown"}) uses the data folder ${dataDir}. ` +
			"Stop it first, or give this one its own KEIFU_DATA_DIR.",
	);
}
