import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { chmod, chown, readFile, stat } from "node:fs/promises";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import { SetupError } from "../errors.ts";
import type { Binaries } from "./embedded-binaries.ts";

/**
 * PostgreSQL refuses to run as root. `self`: we are not root. `user`: root steps down to this user.
 * `namespace`: root stays root for the file system and is somebody else inside a user namespace.
 */
export type Launch = { kind: "self" } | { kind: "user"; uid: number; gid: number } | { kind: "namespace" };

/** How to run the server, and how to run initdb, which (unlike the server) insists on a user with a passwd entry. */
export type RunAs = { server: Launch; init: Launch };

export type LaunchOptions = Pick<SpawnOptions, "stdio" | "detached"> & { environment: Binaries["environment"] };

type Passwd = { name: string; uid: number; gid: number };

/** Users nobody has by convention; the first one free is PostgreSQL's when root starts Keifu. */
const spareUids = Array.from({ length: 100 }, (_, index) => 61_430 + index);

/** Starts a PostgreSQL program as somebody it accepts, with nothing of our environment. */
export function launchAs(
	launch: Launch,
	program: string,
	args: readonly string[],
	options: LaunchOptions,
): ChildProcess {
	const { environment, ...spawnOptions } = options;
	const wrapped =
		launch.kind === "namespace"
			? ["unshare", "-U", "--map-user=65534", "--map-group=65534", program, ...args]
			: [program, ...args];
	const [command = program, ...rest] = wrapped;
	return spawn(command, rest, {
		// Our own folder may be closed to that user.
		cwd: "/",
		...spawnOptions,
		env: { LC_ALL: "C", PATH: "/usr/bin:/bin:/usr/sbin:/sbin", TZ: "UTC", ...environment },
		...(launch.kind === "user" ? { uid: launch.uid, gid: launch.gid } : {}),
	});
}

/** The user that must own what PostgreSQL reads and writes; null = whoever we are. */
export function ownerOf(launch: Launch): { uid: number; gid: number } | null {
	return launch.kind === "user" ? { uid: launch.uid, gid: launch.gid } : null;
}

/** Finds a way of running PostgreSQL on this machine; `copyBinaries` puts the programs inside the data folder. */
export async function chooseRunAs(
	dataDir: string,
	folder: string,
	binaries: Binaries,
	copyBinaries: () => Promise<Binaries>,
): Promise<{ runAs: RunAs; binaries: Binaries }> {
	if (process.geteuid?.() !== 0) {
		const self: Launch = { kind: "self" };
		const failure = await probe(self, binaries);
		if (failure !== null) throw unusable(failure);
		if (hasPasswdEntry()) return { runAs: { server: self, init: self }, binaries };
		const mapped: Launch = { kind: "namespace" };
		const exists = (await stat(folder).catch(() => null)) !== null;
		if (!exists && (await probe(mapped, binaries)) !== null) throw noPasswdEntry();
		return { runAs: { server: self, init: mapped }, binaries };
	}
	const users = await userCandidates(dataDir, folder);
	const reasons: string[] = [];
	for (const runAs of users) {
		if (!(await canUse(runAs.server, dataDir, folder))) {
			reasons.push("the data folder is closed to other users");
			continue;
		}
		const failure = await probe(runAs.server, binaries);
		if (failure === null) return { runAs, binaries };
		reasons.push(failure);
	}
	const namespace: Launch = { kind: "namespace" };
	const namespaceFailure = await probe(namespace, binaries);
	if (namespaceFailure === null) return { runAs: { server: namespace, init: namespace }, binaries };
	for (const runAs of users) {
		if (!(await canUse(runAs.server, dataDir, folder))) continue;
		const copied = await copyBinaries();
		const failure = await probe(runAs.server, copied);
		if (failure === null) return { runAs, binaries: copied };
		reasons.push(failure);
	}
	throw unusable(`${[...new Set(reasons)].join("; ")}; user namespace: ${namespaceFailure}`);
}

/** Whom root may step down to, best first. */
async function userCandidates(dataDir: string, folder: string): Promise<RunAs[]> {
	const passwd = await readPasswd();
	const nobody = passwd.find((user) => user.name === "nobody");
	const owner = (await ownerIn(folder)) ?? (await ownerIn(dataDir));
	const keifu = passwd.find((user) => user.name === "keifu");
	const taken = new Set(passwd.map((user) => user.uid));
	const spare = spareUids.find((uid) => !taken.has(uid));
	const candidates: RunAs[] = [];
	const add = (uid: number, gid: number) => {
		const server: Launch = { kind: "user", uid, gid };
		if (taken.has(uid)) candidates.push({ server, init: server });
		else if (nobody !== undefined) {
			// The group stays the server's: it may be what opens the data folder.
			candidates.push({ server, init: { kind: "user", uid: nobody.uid, gid } });
		} else candidates.push({ server, init: { kind: "namespace" } });
	};
	// A folder that belongs to an ordinary user stays theirs: they may start Keifu themselves the next time.
	if (owner !== null) add(owner.uid, owner.gid);
	if (keifu !== undefined) add(keifu.uid, keifu.gid);
	if (spare !== undefined) add(spare, spare);
	return candidates;
}

async function ownerIn(path: string): Promise<{ uid: number; gid: number } | null> {
	const found = await stat(path).catch(() => null);
	return found === null || found.uid === 0 ? null : { uid: found.uid, gid: found.gid };
}

/** Whether the user gets to the data folder; opens the last door, and only that one, for PostgreSQL's group. */
async function canUse(launch: Launch, dataDir: string, folder: string): Promise<boolean> {
	if (launch.kind !== "user") return true;
	const existing = await stat(folder).catch(() => null);
	if (existing !== null && existing.uid === 0 && !(await canChown(folder, launch))) return false;
	if (!(await canTraverse(dirname(dataDir), launch))) return false;
	const found = await stat(dataDir);
	if (mayEnter(found, launch)) return true;
	// Somebody's own arrangement of groups is left alone.
	if (found.uid !== 0 || (found.gid !== 0 && (found.mode & 0o070) !== 0)) return false;
	try {
		await chown(dataDir, 0, launch.gid);
		await chmod(dataDir, (found.mode & 0o7707) | 0o010);
		return true;
	} catch {
		return false;
	}
}

async function canChown(path: string, launch: { uid: number; gid: number }): Promise<boolean> {
	const before = await stat(path);
	try {
		await chown(path, launch.uid, launch.gid);
		await chown(path, before.uid, before.gid);
		return true;
	} catch {
		return false;
	}
}

/** Whether the user may pass through every folder down to and including this one. */
export async function canTraverse(path: string, user: { uid: number; gid: number }): Promise<boolean> {
	for (let at = path; ; at = dirname(at)) {
		const found = await stat(at).catch(() => null);
		if (found === null || !mayEnter(found, user)) return false;
		if (at === dirname(at)) return true;
	}
}

function mayEnter(folder: { uid: number; gid: number; mode: number }, user: { uid: number; gid: number }): boolean {
	if (folder.uid === user.uid) return (folder.mode & 0o100) !== 0;
	if (folder.gid === user.gid) return (folder.mode & 0o010) !== 0;
	return (folder.mode & 0o001) !== 0;
}

/** Runs `postgres --version`; answers why it did not work, or null. */
async function probe(launch: Launch, binaries: Binaries): Promise<string | null> {
	return await new Promise((resolve) => {
		const lines: string[] = [];
		try {
			const child = launchAs(launch, binaries.postgres, ["--version"], {
				environment: binaries.environment,
				stdio: ["ignore", "ignore", "pipe"],
			});
			child.stderr?.setEncoding("utf8").on("data", (text: string) => lines.push(text));
			child.once("error", (error) => resolve(error.message));
			child.once("close", (code) => resolve(code === 0 ? null : lines.join("").trim() || `exit status ${code}`));
		} catch (error) {
			resolve(error instanceof Error ? error.message : String(error));
		}
	});
}

function hasPasswdEntry(): boolean {
	try {
		return userInfo().username !== "";
	} catch {
		return false;
	}
}

async function readPasswd(): Promise<Passwd[]> {
	const text = await readFile("/etc/passwd", "utf8").catch(() => "");
	return text.split("\n").flatMap((line) => {
		const [name, , uid, gid] = line.split(":");
		if (name === undefined || uid === undefined || gid === undefined) return [];
		return [{ name, uid: Number(uid), gid: Number(gid) }];
	});
}

function noPasswdEntry(): SetupError {
	return new SetupError(
		`The embedded PostgreSQL cannot create its database as user ${process.geteuid?.()}, which has no entry in /etc/passwd. ` +
			"Start Keifu as a user that has one, or set KEIFU_DATABASE_URL to a PostgreSQL of your own.",
	);
}

function unusable(reason: string): SetupError {
	return new SetupError(
		`The embedded PostgreSQL cannot run here (${reason.replaceAll(/\s+/g, " ")}). ` +
			(process.geteuid?.() === 0
				? "Start Keifu as an ordinary user, or with KEIFU_DATA_DIR in a place other users can reach, such as /var/lib/keifu, "
				: "It needs glibc 2.27 or newer (not Alpine's musl): ") +
			"or set KEIFU_DATABASE_URL to a PostgreSQL of your own.",
	);
}
