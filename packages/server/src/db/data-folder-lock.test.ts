import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SetupError } from "../errors.ts";
import { dataFolderOwner, lockDataFolder } from "./data-folder-lock.ts";

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keifu-lock-"));
});
afterEach(async () => {
	await rm(folder, { recursive: true });
});

const path = () => join(folder, "keifu.lock");

/** The lock this process would write, changed. */
async function leaveLock(change: Record<string, unknown>): Promise<void> {
	const lock = await lockDataFolder(folder);
	const own: unknown = JSON.parse(await readFile(path(), "utf8"));
	await lock.release();
	await writeFile(path(), JSON.stringify(Object.assign({}, own, change)));
}

describe("lockDataFolder", () => {
	it("is exclusive until it is released, and leaves no file", async () => {
		const lock = await lockDataFolder(folder);
		await lock.announce("http://127.0.0.1:8080");
		const second = lockDataFolder(folder);
		await expect(second).rejects.toBeInstanceOf(SetupError);
		await expect(second).rejects.toThrow(`process ${process.pid}, at http://127.0.0.1:8080`);
		expect(await dataFolderOwner(folder)).toMatchObject({ pid: process.pid, address: "http://127.0.0.1:8080" });
		await lock.release();
		expect(await readdir(folder)).toEqual([]);
		expect(await dataFolderOwner(folder)).toBeNull();
		await (await lockDataFolder(folder)).release();
	});

	it("goes to exactly one of many that ask at once, also when a dead server's lock lies there", async () => {
		await leaveLock({ pid: 2 ** 22 + 1 });
		const asked = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataFolder(folder)));
		const won = asked.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
		expect(won).toHaveLength(1);
		await won[0]?.release();
		expect(await readdir(folder)).toEqual([]);
	});

	it.skipIf(process.platform !== "linux")("is taken over when another process has got the owner's number", async () => {
		await leaveLock({ startTicks: "1" });
		await (await lockDataFolder(folder)).release();
	});

	it("is taken over from another container once nobody touches it any more", async () => {
		await leaveLock({ world: "another" });
		const old = new Date(Date.now() - 3_600_000);
		await utimes(path(), old, old);
		await (await lockDataFolder(folder)).release();
	});

	it("is taken over when its file makes no sense", async () => {
		await writeFile(path(), "?");
		await (await lockDataFolder(folder)).release();
	});

	it("does not take away a lock that has changed hands", async () => {
		const lock = await lockDataFolder(folder);
		await writeFile(path(), "somebody else's");
		await lock.release();
		expect(await readFile(path(), "utf8")).toBe("somebody else's");
	});
});
