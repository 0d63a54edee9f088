import { createHash, randomBytes } from "node:crypto";
import { appendFile, mkdtemp, open, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { countQueries } from "../db/count-queries.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { incomingKey } from "./blob-paths.ts";
import { blobStoreContract } from "./blob-store.contract.ts";
import type { BlobStore, KeepBlob } from "./blob-store.ts";
import { openFsStore } from "./fs-store.ts";
import type { PackPlace } from "./pack-format.ts";
import { createPackIndex, type PackIndex, packedPlace } from "./pack-index-store.ts";

const never = new AbortController().signal;
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(async () => database.drop());

async function emptyRoot(): Promise<string> {
	await sql`truncate packed_blob`.execute(database.db);
	return mkdtemp(join(tmpdir(), "keifu-packs-"));
}

async function countPacked(): Promise<number> {
	const { rows } = await sql<{ count: number }>`select count(*) as count from packed_blob`.execute(database.db);
	return rows[0]?.count ?? 0;
}

async function filesBelow(root: string, ...folders: string[]): Promise<string[]> {
	const lists = await Promise.all(
		folders.map((folder) => readdir(join(root, folder), { recursive: true, withFileTypes: true })),
	);
	return lists.flat().flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
}

blobStoreContract("fs-store with packs", async () => {
	const root = await emptyRoot();
	const store = await openFsStore({ root, minFreeBytes: 0, packIndex: createPackIndex(database.db) });
	let unfinished = 0;
	return {
		store,
		countObjects: async () => (await filesBelow(root, "blobs", "incoming", "parts")).length + (await countPacked()),
		leaveUnfinished: async () => writeFile(join(root, incomingKey(`left-${unfinished++}`)), "half a fi"),
		close: async () => {
			await store.close();
			await rm(root, { recursive: true, force: true });
		},
	};
});

describe("packs", () => {
	let root: string;
	let store: BlobStore;
	const opened: BlobStore[] = [];
	beforeEach(async () => {
		root = await emptyRoot();
		store = await openStore();
	});
	afterEach(async () => {
		await Promise.all(opened.splice(0).map((each) => each.close()));
		await rm(root, { recursive: true, force: true });
	});

	async function openStore(packIndex: PackIndex = createPackIndex(database.db)): Promise<BlobStore> {
		const made = await openFsStore({ root, minFreeBytes: 0, packIndex });
		opened.push(made);
		return made;
	}

	async function put(bytes: Uint8Array, into = store): Promise<{ name: string; existed: boolean }> {
		async function* body() {
			yield bytes;
		}
		const { sha256: name, existed } = await into.put(body(), {}, never);
		return { name, existed };
	}

	const packs = () => filesBelow(root, "packs");

	it("hold small bytes together, and leave large ones a file of their own", async () => {
		const bodies = Array.from({ length: 300 }, (_, index) => randomBytes(index * 10));
		await Promise.all(bodies.map((body) => put(body)));
		for (const body of bodies) expect(body.equals(await store.read(sha256(body), body.length))).toBe(true);
		expect(await packs()).toHaveLength(1);
		expect(await filesBelow(root, "blobs")).toEqual([]);
		await put(randomBytes(65_537));
		expect(await filesBelow(root, "blobs")).toHaveLength(1);
	});

	it("take few statements for many bytes that come together", async () => {
		let queries = 0;
		const counted = await openStore(createPackIndex(countQueries(database.db, () => queries++)));
		await Promise.all(Array.from({ length: 200 }, () => put(randomBytes(100), counted)));
		expect(queries).toBeLessThanOrEqual(4);
	});

	it("take bytes that are said to be new without a look at the index, and know them again for a while", async () => {
		let looks = 0;
		const index = createPackIndex(database.db);
		const find: PackIndex["find"] = async (sha256s) => {
			looks++;
			return await index.find(sha256s);
		};
		const counted = await openStore({ ...index, find });
		const [first, second] = [randomBytes(100), randomBytes(100)];
		const putNew = async (body: Buffer) => await counted.put(Readable.from([body]), { isNew: true }, never);
		expect([(await putNew(first)).existed, (await putNew(second)).existed]).toEqual([false, false]);
		const [pack = ""] = await packs();
		const { size } = await stat(pack);
		expect([(await putNew(first)).existed, looks]).toEqual([true, 0]);
		expect((await stat(pack)).size).toBe(size);
		const next = await openStore();
		expect(second.equals(await next.read(sha256(second), 100))).toBe(true);
	});

	it("are read by place without a look at the index", async () => {
		const body = randomBytes(100);
		const { name } = await put(body);
		const { rows } = await sql<{ place: string }>`select ${packedPlace} as place from packed_blob`.execute(database.db);
		const place = rows[0]?.place;
		const blind = await openStore(createPackIndex(countQueries(database.db, () => expect.unreachable())));
		expect(body.equals(await blind.read(name, 100, place))).toBe(true);
		expect(await blind.head(name, place)).toEqual({ size: 100 });
	});

	it("are found by the next process, whatever a crash left at their end", async () => {
		const [first, second] = [randomBytes(10), randomBytes(10)];
		await put(first);
		for (const pack of await packs()) await appendFile(pack, "KFB1 half a rec");
		const next = await openStore();
		await put(second, next);
		for (const body of [first, second]) expect(body.equals(await next.read(sha256(body), 10))).toBe(true);
		expect(await packs()).toHaveLength(2);
	});

	it("leave their places to be noted by the caller along with what he notes, once they are on the disk", async () => {
		let queries = 0;
		const index = createPackIndex(database.db);
		const counted = await openStore(createPackIndex(countQueries(database.db, () => queries++)));
		const bodies = Array.from({ length: 100 }, () => randomBytes(100));
		const keep: KeepBlob = async ({ sha256: name }, place) => {
			const [pack = ""] = await packs();
			expect((await stat(pack)).size).toBeGreaterThanOrEqual((place?.start ?? 0) + 100);
			await index.set(new Map(place === null ? [] : [[name, place]]));
		};
		await Promise.all(bodies.map((body) => counted.put(Readable.from([body]), { keep }, never)));
		expect(queries).toBeLessThanOrEqual(2);
		for (const body of bodies) expect(body.equals(await store.read(sha256(body), 100))).toBe(true);
		const again = vi.fn<KeepBlob>(async () => undefined);
		await counted.put(Readable.from(bodies.slice(0, 1)), { keep: again }, never);
		expect(again.mock.calls).toEqual([[expect.anything(), null]]);
	});

	it("are noted by each who brings the same at once, so that nobody depends on another", async () => {
		const index = createPackIndex(database.db);
		const body = randomBytes(100);
		const told: Array<PackPlace | null> = [];
		const failing: KeepBlob = async (_stored, place) => {
			told.push(place);
			await second;
			throw new Error("the first one could not");
		};
		const first = store.put(Readable.from([body]), { keep: failing }, never);
		let noted = () => {};
		const second = new Promise<void>((done) => {
			noted = done;
		});
		await vi.waitFor(() => expect(told).toHaveLength(1));
		const keep: KeepBlob = async ({ sha256: name }, place) => {
			told.push(place);
			if (place !== null) await index.set(new Map([[name, place]]));
		};
		await store.put(Readable.from([body]), { keep }, never);
		noted();
		await expect(first).rejects.toThrow("the first one could not");
		expect(told[1]).toEqual(told[0]);
		expect(body.equals(await store.read(sha256(body), 100))).toBe(true);
	});

	it("keep bytes whose place could not be noted from everybody", async () => {
		const index = createPackIndex(database.db);
		const failing = await openStore({ ...index, set: () => Promise.reject(new Error("the database is gone")) });
		const body = randomBytes(10);
		await expect(put(body, failing)).rejects.toThrow("the database is gone");
		expect(await store.head(sha256(body))).toBeNull();
		expect(await put(body)).toMatchObject({ existed: false });
	});

	it("mend bytes that are damaged or lost when the same come again", async () => {
		const body = randomBytes(1000);
		const { name } = await put(body);
		const [pack = ""] = await packs();
		const file = await open(pack, "r+");
		await file.write("damaged", 500);
		await file.close();
		expect(await put(body)).toMatchObject({ existed: false });
		expect(body.equals(await store.read(name, 1000))).toBe(true);
		for (const lost of await packs()) await rm(lost);
		const next = await openStore();
		await expect(next.read(name, 1000)).rejects.toMatchObject({ code: "NOT_FOUND" });
		expect(await put(body, next)).toMatchObject({ existed: false });
		expect(body.equals(await next.read(name, 1000))).toBe(true);
	});

	it("can be more than are held open, read by many at once", async () => {
		const bodies: Buffer[] = [];
		for (let number = 0; number < 40; number++) {
			const body = randomBytes(50);
			bodies.push(body);
			await put(body, await openStore());
		}
		await Promise.all(
			[...bodies, ...bodies, ...bodies].map(async (body) =>
				expect(body.equals(await store.read(sha256(body), 50))).toBe(true),
			),
		);
	});

	it("are for the server's eyes only", async () => {
		await put(randomBytes(10));
		for (const path of await packs()) expect((await stat(path)).mode & 0o077).toBe(0);
	});
});
