import { randomBytes } from "node:crypto";
import { chown, lchown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SetupError } from "../errors.ts";
import { type Binaries, embeddedMajor } from "./embedded-binaries.ts";
import { type Launch, launchAs, ownerOf, type RunAs } from "./embedded-user.ts";

/** The database superuser; the only role there is. */
export const databaseUser = "keifu";

const folderName = `pg${embeddedMajor}`;

/** What every step on the database folder has to know. */
export type Cluster = {
	readonly dataDir: string;
	readonly folder: string;
	readonly binaries: Binaries;
	readonly runAs: RunAs;
	readonly durable: boolean;
	readonly say: (step: string) => void;
};

/** Where the files of this major version lie. */
export function clusterFolder(dataDir: string): string {
	return join(dataDir, folderName);
}

/** Refuses a folder of another major version before anything touches it. */
export async function refuseOtherMajor(dataDir: string): Promise<void> {
	const folder = clusterFolder(dataDir);
	const version = await readFile(join(folder, "PG_VERSION"), "utf8").catch(() => null);
	if (version !== null && version.trim() !== embeddedMajor) throw otherMajor(folder, version.trim());
	if (version !== null) return;
	const others = (await readdir(dataDir)).filter((name) => /^pg\d+$/.test(name) && name !== folderName);
	const other = others.at(-1);
	if (other !== undefined) throw otherMajor(join(dataDir, other), other.slice("pg".length));
}

/** Makes the database folder unless it is there, and gives it to the user that runs the server; answers the password. */
export async function ensureCluster(cluster: Cluster, scratch: string): Promise<string> {
	const exists = (await stat(join(cluster.folder, "PG_VERSION")).catch(() => null)) !== null;
	const known = await readPassword(cluster.dataDir);
	const password = known ?? (await newPassword(cluster.dataDir));
	if (exists) {
		await giveFolder(cluster.folder, cluster.runAs.server);
		if (known === null) await resetPassword(cluster, password);
	} else {
		await createCluster(cluster, password, scratch);
	}
	return password;
}

/** The password of the database superuser, null before the first start. */
export async function readPassword(dataDir: string): Promise<string | null> {
	const text = await readFile(passwordPath(dataDir), "utf8").catch(() => "");
	return text.trim() === "" ? null : text.trim();
}

/** Built beside its final name, so that a first start killed half-way leaves nothing that looks like a database. */
async function createCluster(cluster: Cluster, password: string, scratch: string): Promise<void> {
	const { dataDir, folder, runAs } = cluster;
	cluster.say("creating the embedded database (once)");
	const draft = `${folder}.new`;
	await rm(draft, { recursive: true, force: true });
	await rm(folder, { recursive: true, force: true });
	await mkdir(draft, { mode: 0o700 });
	await giveFolder(draft, runAs.init);

	const passwordFile = join(scratch, "password");
	await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
	await giveFolder(scratch, runAs.init);
	try {
		await runInitdb(cluster, draft, passwordFile);
	} finally {
		await rm(passwordFile, { force: true });
	}
	await giveFolder(scratch, runAs.server);
	await giveFolder(draft, runAs.server);
	await rename(draft, folder);
	if (cluster.durable) await syncFolder(dataDir);
}

async function runInitdb(cluster: Cluster, draft: string, passwordFile: string): Promise<void> {
	const sync = process.platform === "linux" ? ["--sync-method=syncfs"] : [];
	const args = [
		`--pgdata=${draft}`,
		`--username=${databaseUser}`,
		`--pwfile=${passwordFile}`,
		"--auth=scram-sha-256",
		"--locale-provider=builtin",
		"--builtin-locale=C.UTF-8",
		"--locale=C",
		"--encoding=UTF8",
		"--data-checksums",
		"--no-instructions",
		...(cluster.durable ? sync : ["--no-sync"]),
	];
	const { code, output } = await runToEnd(cluster.binaries.initdb, args, { cluster, launch: cluster.runAs.init });
	if (code === 0) return;
	throw new SetupError(
		`The embedded database could not be created in ${cluster.dataDir} (initdb: ${lastLines(output)}). ` +
			"Check that the disk has room and that the folder can be written, or set KEIFU_DATABASE_URL to a PostgreSQL of your own.",
	);
}

/** Without its file the password is set anew by a server of one session; only the owner of the folder can do that. */
async function resetPassword(cluster: Cluster, password: string): Promise<void> {
	cluster.say("setting a new database password (its file is missing)");
	const args = ["--single", "-D", cluster.folder, "-c", "io_method=sync", "postgres"];
	const command = `alter role ${databaseUser} password '${password}';\n`;
	// A server of one session asks for a passwd entry, as initdb does.
	const { init, server } = cluster.runAs;
	await giveFolder(cluster.folder, init);
	const { code, output } = await runToEnd(cluster.binaries.postgres, args, { cluster, launch: init, input: command });
	await giveFolder(cluster.folder, server);
	if (code === 0 && !output.includes("ERROR:")) return;
	await rm(passwordPath(cluster.dataDir), { force: true });
	throw new SetupError(
		`The database in ${cluster.folder} cannot be opened: its password file is missing and setting a new password failed (${lastLines(output)}).`,
	);
}

async function runToEnd(
	program: string,
	args: readonly string[],
	how: { cluster: Cluster; launch: Launch; input?: string },
): Promise<{ code: number | null; output: string }> {
	return await new Promise((resolve, reject) => {
		// Its own process group: Ctrl-C in the terminal is for us alone.
		const child = launchAs(how.launch, program, args, {
			environment: how.cluster.binaries.environment,
			detached: true,
			stdio: "pipe",
		});
		let output = "";
		child.stderr?.setEncoding("utf8").on("data", (text: string) => {
			output = (output + text).slice(-8_000);
		});
		child.stdout?.resume();
		child.stdin?.on("error", () => {});
		child.stdin?.end(how.input ?? "");
		child.once("error", reject);
		child.once("close", (code) => resolve({ code, output }));
	});
}

/** Hands a folder over, its top last: a hand-over that was cut short is seen and done again. */
async function giveFolder(folder: string, launch: Launch): Promise<void> {
	const self = process.geteuid?.();
	const found = await stat(folder);
	const owner = ownerOf(launch) ?? (self === undefined ? null : { uid: self, gid: found.gid });
	if (owner === null || found.uid === owner.uid) return;
	if (self !== 0) {
		throw new SetupError(
			`The database in ${folder} belongs to user ${found.uid}, and Keifu runs as user ${self}. ` +
				`Start Keifu as that user or as root, or give the folder away as root: chown -R ${self} ${folder}`,
		);
	}
	for (const entry of await readdir(folder, { recursive: true })) {
		await lchown(join(folder, entry), owner.uid, owner.gid);
	}
	await chown(folder, owner.uid, owner.gid);
}

async function newPassword(dataDir: string): Promise<string> {
	const password = randomBytes(24).toString("hex");
	const path = passwordPath(dataDir);
	await writeFile(`${path}.new`, `${password}\n`, { mode: 0o600, flush: true });
	await rename(`${path}.new`, path);
	return password;
}

function passwordPath(dataDir: string): string {
	return join(dataDir, "pg-password");
}

async function syncFolder(path: string): Promise<void> {
	const handle = await open(path);
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** The end of what a program said, on one line. */
export function lastLines(output: string): string {
	const lines = output.split("\n").filter((line) => line.trim() !== "");
	return lines.slice(-3).join(" / ") || "it said nothing";
}

function otherMajor(folder: string, version: string): SetupError {
	return new SetupError(
		`${folder} is a database of PostgreSQL ${version}; this build carries PostgreSQL ${embeddedMajor} and cannot read it. ` +
			"Start it with the Keifu release that made it, or give this release a new KEIFU_DATA_DIR.",
	);
}
