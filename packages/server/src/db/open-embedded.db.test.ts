import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SetupError } from "../errors.ts";
import { silentLog } from "../testing/test-db-server.ts";
import type { Database } from "./database.ts";
import { attachEmbedded, type EmbeddedDatabase, openEmbedded } from "./open-embedded.ts";
import { endsWithin, processState } from "./process-state.ts";

const fixture = fileURLToPath(new URL("./embedded-owner.fixture.ts", import.meta.url));

let dataDir: string;
let opened: EmbeddedDatabase[];
let owners: ChildProcess[];
beforeEach(async () => {
	dataDir = join(await mkdtemp(join(tmpdir(), "keifu-embedded-")), "data");
	await chmod(join(dataDir, ".."), 0o755);
	opened = [];
	owners = [];
});
afterEach(async () => {
	for (const owner of owners) {
		if (owner.exitCode !== null || owner.signalCode !== null) continue;
		owner.kill("SIGTERM");
		await once(owner, "close");
	}
	for (const database of opened) await database.close();
	await rm(join(dataDir, ".."), { recursive: true });
});

async function open(more: { say?: (step: string) => void; onCrash?: (error: Error) => void } = {}) {
	const database = await openEmbedded({ dataDir, say: () => {}, log: silentLog, ...more });
	opened.push(database);
	return database;
}

/** Starts another process that owns the database, and waits until it has committed `rows` rows. */
async function startOwner(
	rows: number,
): Promise<{ owner: ChildProcess; postmaster: number; acknowledged: () => number }> {
	const owner = spawn(process.execPath, [fixture, dataDir], { stdio: ["ignore", "pipe", "inherit"] });
	owners.push(owner);
	let postmaster = 0;
	let last = 0;
	let committed = 0;
	const lines = createInterface({ input: owner.stdout });
	await new Promise<void>((resolve, reject) => {
		owner.once("exit", () => reject(new Error("the owner ended by itself")));
		lines.on("line", (line) => {
			if (line.startsWith("ready ")) postmaster = Number(line.slice("ready ".length));
			else {
				last = Number(line);
				if (++committed === rows) resolve();
			}
		});
	});
	return { owner, postmaster, acknowledged: () => last };
}

async function rowsKept(db: Database): Promise<{ count: number; last: number }> {
	const { rows } = await sql<{ count: number; last: number }>`
		select count(*) as count, coalesce(max(n), 0) as last from kept`.execute(db);
	return rows[0] ?? { count: 0, last: 0 };
}

async function children(parent: number): Promise<number[]> {
	const found: number[] = [];
	for (const entry of await readdir("/proc")) {
		const text = await readFile(`/proc/${entry}/stat`, "utf8").catch(() => "");
		if (/^\d+$/.test(entry) && text.slice(text.lastIndexOf(")")).split(" ")[2] === String(parent)) {
			found.push(Number(entry));
		}
	}
	return found;
}

describe("openEmbedded", () => {
	it("starts, keeps what was committed over several rounds, and leaves nothing behind", async () => {
		const steps: string[] = [];
		for (let round = 1; round <= 3; round++) {
			const database = await open({ say: (step) => steps.push(step) });
			await sql`create table if not exists kept (n int primary key)`.execute(database.db);
			await sql`insert into kept values (${round})`.execute(database.db);
			expect((await rowsKept(database.db)).count).toBe(round);
			const socketFolder = database.connection.host;
			expect((await stat(socketFolder)).mode & 0o777).toBe(0o700);
			await Promise.all([database.close(), database.close()]);
			expect(await processState(database.pid)).toBe("gone");
			await expect(stat(socketFolder)).rejects.toThrow("ENOENT");
			expect((await readdir(dataDir)).sort()).toEqual(["pg-libs", "pg-password", "pg18"]);
		}
		expect(steps).toHaveLength(1);
		expect((await stat(join(dataDir, "pg-password"))).mode & 0o777).toBe(0o600);
	});

	it("runs with the settings that durability and a sorted index depend on", async () => {
		const { db } = await open();
		const { rows } = await sql<{ name: string; setting: string }>`
			select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes',
				'data_checksums', 'listen_addresses', 'server_encoding', 'jit', 'io_method') order by name`.execute(db);
		expect(Object.fromEntries(rows.map((row) => [row.name, row.setting]))).toEqual({
			data_checksums: "on",
			fsync: "on",
			full_page_writes: "on",
			io_method: "sync",
			jit: "off",
			listen_addresses: "",
			server_encoding: "UTF8",
			synchronous_commit: "on",
		});
		const locale = await sql<{ provider: string; locale: string; upper: string }>`
			select datlocprovider as provider, datlocale as locale, upper('äß') as upper
			from pg_database where datname = current_database()`.execute(db);
		expect(locale.rows[0]).toEqual({ provider: "b", locale: "C.UTF-8", upper: "Äß" });
	});

	it("refuses a second owner, naming the first", async () => {
		const { owner } = await startOwner(1);
		const attempt = open();
		await expect(attempt).rejects.toBeInstanceOf(SetupError);
		await expect(attempt).rejects.toThrow(
			new RegExp(`process ${owner.pid}, at http://127\\.0\\.0\\.1:4711.*KEIFU_DATA_DIR`),
		);
	});

	it("lets a command beside the running server into its database", async () => {
		expect(await attachEmbedded(dataDir)).toBeNull();
		await startOwner(3);
		const guest = await attachEmbedded(dataDir);
		if (guest === null) throw new Error("not attached");
		expect((await rowsKept(guest.db)).count).toBeGreaterThanOrEqual(3);
		await guest.close();
	});

	it("starts at once after kill -9 of its process alone, with every acknowledged row", async () => {
		for (let round = 0; round < 3; round++) {
			const { owner, postmaster, acknowledged } = await startOwner(20);
			owner.kill("SIGKILL");
			await once(owner, "close");
			expect(await processState(postmaster)).toBe("running");
			const steps: string[] = [];
			const database = await open({ say: (step) => steps.push(step) });
			expect(steps.join()).toContain("left behind");
			expect(await processState(postmaster)).not.toBe("running");
			const kept = await rowsKept(database.db);
			expect(kept.last).toBeGreaterThanOrEqual(acknowledged());
			expect(kept.count).toBe(kept.last);
			await database.close();
		}
	});

	it.skipIf(process.platform !== "linux")(
		"recovers after kill -9 of everything, with every acknowledged row",
		async () => {
			for (let round = 0; round < 3; round++) {
				const { owner, postmaster, acknowledged } = await startOwner(20);
				const victims = [postmaster, ...(await children(postmaster))];
				owner.kill("SIGKILL");
				for (const pid of victims) process.kill(pid, "SIGKILL");
				await once(owner, "close");
				const steps: string[] = [];
				const database = await open({ say: (step) => steps.push(step) });
				expect(steps.join()).toContain("recovering");
				const kept = await rowsKept(database.db);
				expect(kept.last).toBeGreaterThanOrEqual(acknowledged());
				expect(kept.count).toBe(kept.last);
				await database.close();
				expect((await readdir(dataDir)).sort()).toEqual(["pg-libs", "pg-password", "pg18"]);
			}
		},
	);

	it("removes the socket folder of a server that died", async () => {
		const { owner, postmaster } = await startOwner(1);
		const left = (await readFile(join(dataDir, "pg-socket"), "utf8")).trim();
		owner.kill("SIGKILL");
		process.kill(postmaster, "SIGKILL");
		await endsWithin(postmaster, 5_000);
		expect((await stat(left)).isDirectory()).toBe(true);
		await open();
		await expect(stat(left)).rejects.toThrow("ENOENT");
	});

	it("tells when the server dies, and closes all the same", async () => {
		let crashed: (error: Error) => void = () => {};
		const crash = new Promise<Error>((resolve) => {
			crashed = resolve;
		});
		const database = await open({ onCrash: (error) => crashed(error) });
		process.kill(database.pid, "SIGKILL");
		expect((await crash).message).toContain("SIGKILL");
		await expect(sql`select 1`.execute(database.db)).rejects.toThrow();
		await database.close();
		await open();
	});

	it("leaves a foreign process alone that got the number of the dead server", async () => {
		await (await open()).close();
		const stranger = spawn(process.execPath, ["-e", "setTimeout(() => {}, 600_000)"]);
		owners.push(stranger);
		const { uid, gid } = await stat(join(dataDir, "pg18"));
		const pidFile = join(dataDir, "pg18", "postmaster.pid");
		await writeFile(pidFile, `${stranger.pid}\n${join(dataDir, "pg18")}\n1\n5432\n/nowhere\n\n  1  1\nready   \n`);
		if (process.geteuid?.() === 0) await chown(pidFile, uid, gid);
		await open();
		expect(await processState(stranger.pid ?? 0)).toBe("running");
	});

	it("is not misled by a first start that was killed half-way", async () => {
		await mkdir(join(dataDir, "pg18.new", "base"), { recursive: true });
		await writeFile(join(dataDir, "pg18.new", "PG_VERSION"), "18\n");
		const { db } = await open();
		expect((await sql<{ n: number }>`select 1 as n`.execute(db)).rows).toEqual([{ n: 1 }]);
	});

	it("sets a new password when the file with the old one is gone", async () => {
		await (await open()).close();
		await rm(join(dataDir, "pg-password"));
		const { db } = await open();
		expect((await sql<{ n: number }>`select 1 as n`.execute(db)).rows).toEqual([{ n: 1 }]);
	});

	it("refuses a folder of another PostgreSQL, and says the way out", async () => {
		await mkdir(join(dataDir, "pg17"), { recursive: true });
		await expect(open()).rejects.toThrow(/PostgreSQL 17.*PostgreSQL 18.*KEIFU_DATA_DIR/);
		await mkdir(join(dataDir, "pg18"));
		await writeFile(join(dataDir, "pg18", "PG_VERSION"), "19\n");
		await expect(open()).rejects.toThrow(/PostgreSQL 19.*PostgreSQL 18.*KEIFU_DATA_DIR/);
		expect(await readdir(dataDir)).toEqual(["pg17", "pg18"]);
	});

	it("says which setting is wrong when the data folder cannot be made", async () => {
		await writeFile(dataDir, "a file");
		await expect(open()).rejects.toThrow(/KEIFU_DATA_DIR/);
		await rm(dataDir);
	});
});
