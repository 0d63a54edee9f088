import { createHash, randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPackIndex } from "../blob-store/pack-index-store.ts";
import { countQueries } from "../db/count-queries.ts";
import { rowsRead } from "../testing/query-plans.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { findProjectBlobs, recordAll } from "./project-blob-store.ts";
import { createBlobRecorder, recordBlob } from "./record-blob.ts";

let database: TestDatabase;
const projectId = randomUUID();
const digest = (algorithm: "md5" | "sha256", index: number) => createHash(algorithm).update(`${index}`).digest("hex");
const blobOf = (index: number) => ({
	projectId,
	sha256: digest("sha256", index),
	md5Hex: digest("md5", index),
	size: 2 ** 40 + index,
});

beforeAll(async () => {
	database = await createTestDatabase();
	const entityId = randomUUID();
	await sql`insert into entity (id, name, name_key, kind) values (${entityId}, 't', 't', 'team')`.execute(database.db);
	await sql`insert into project (id, number, entity_id, name, name_key, access)
		values (${projectId}, 1, ${entityId}, 'p', 'p', 'PRIVATE')`.execute(database.db);
});
afterAll(async () => database.drop());

describe("bytes of a project", () => {
	it("are found among any number of asked digests", async () => {
		const known = [0, 9_999, 10_000, 24_999];
		for (const index of known) {
			await recordBlob(database.db, blobOf(index));
		}
		const asked = Array.from({ length: 25_000 }, (_, index) => digest("md5", index));
		const expected = known.map((index) => {
			const { md5Hex, sha256, size } = blobOf(index);
			return [md5Hex, { sha256, size }] as const;
		});
		expect(await findProjectBlobs(database.db, projectId, asked)).toEqual(new Map(expected));
		expect(await findProjectBlobs(database.db, projectId, [])).toEqual(new Map());
	});

	it("can be recorded by many at once", async () => {
		await Promise.all(Array.from({ length: 20 }, () => recordBlob(database.db, blobOf(7))));
		expect((await findProjectBlobs(database.db, projectId, [digest("md5", 7)])).size).toBe(1);
	});

	it("refuse other bytes of the same MD5, and a project that is gone", async () => {
		await recordBlob(database.db, blobOf(1));
		const other = { ...blobOf(1), sha256: digest("sha256", 2) };
		await expect(recordBlob(database.db, other)).rejects.toMatchObject({ code: "CONFLICT" });
		const gone = { ...blobOf(3), projectId: randomUUID() };
		await expect(recordBlob(database.db, gone)).rejects.toMatchObject({ code: "GONE" });
	});

	it("are recorded in few statements when they come together, and each is told of its own row", async () => {
		const record = createBlobRecorder();
		const gone = { ...blobOf(100), projectId: randomUUID() };
		const forged = { ...blobOf(101), sha256: digest("sha256", 102) };
		const good = Array.from({ length: 50 }, (_, index) => blobOf(101 + index));
		// First come, first held: one by one, as they are recorded when a project is gone, the forged one could be that.
		await recordBlob(database.db, blobOf(101));
		const outcomes = await Promise.allSettled(
			[...good, forged, gone, blobOf(110)].map((blob) => record(database.db, blob)),
		);
		expect(outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.code] : []))).toEqual([
			"CONFLICT",
			"GONE",
		]);
		const found = await findProjectBlobs(
			database.db,
			projectId,
			good.map(({ md5Hex }) => md5Hex),
		);
		expect([...found.values()].map(({ sha256 }) => sha256).sort()).toEqual(good.map(({ sha256 }) => sha256).sort());
	});

	it("take one statement for all that end together", async () => {
		let queries = 0;
		const db = countQueries(database.db, () => {
			queries++;
		});
		const record = createBlobRecorder();
		await Promise.all(Array.from({ length: 100 }, (_, index) => record(db, blobOf(1_000 + index))));
		expect(queries).toBe(1);
	});

	it("come with the place that the blob store gave them, also where many bring the same", async () => {
		const record = createBlobRecorder();
		const pack = randomUUID();
		const blobs = [2_000, 2_000, 2_001].map((index) => ({
			...blobOf(index),
			size: 7,
			place: { pack, start: index, size: 7 },
		}));
		await Promise.all([...blobs, blobOf(2_002)].map((blob) => record(database.db, blob)));
		const places = await createPackIndex(database.db).find(
			[2_000, 2_001, 2_002].map((index) => digest("sha256", index)),
		);
		expect(places).toEqual(new Map(blobs.slice(1).map(({ sha256, place }) => [sha256, place])));
	});

	it.each([10, 200])("cost the same, %i at a time, however many there are", async (together) => {
		await sql`insert into blob (sha256, md5, size)
			select encode(sha256(('crowd' || n)::bytea), 'hex'), md5('crowd' || n), 1 from generate_series(1, 20000) n
			on conflict do nothing`.execute(database.db);
		await sql`insert into project_blob (project_id, md5, sha256, size)
			select ${projectId}::uuid, md5, sha256, 1 from blob on conflict do nothing`.execute(database.db);
		await sql`analyze project_blob`.execute(database.db);
		const blobs = Array.from({ length: together }, (_, index) => blobOf(5_000 + index));
		const rows = await rowsRead(database.db, (db) => recordAll(db, blobs));
		expect(rows.get("project_blob") ?? 0).toBeLessThanOrEqual(3 * together);
	});
});
