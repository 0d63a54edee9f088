import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { logVersion, openWorkplace } from "../testing/artifact-factories.ts";
import { findCollectionsByIds } from "./artifact-reader.ts";
import type { CollectionRow } from "./artifact-rows.ts";
import { listCollections } from "./list-collections.ts";
import { type ListedVersion, listVersions } from "./list-versions.ts";

const { stores, at } = await openWorkplace();

/** A collection of `count` living versions, every seventh of its numbers deleted, made in moments and of sizes that repeat. */
async function makeCollection(name: string, count: number): Promise<CollectionRow> {
	const { db } = stores.services;
	const { collectionId } = await logVersion({ by: at.ann, project: at.project, collectionName: name });
	await addVersions(collectionId, count - 1);
	const [collection] = await findCollectionsByIds(db, [collectionId]);
	if (collection === undefined) throw new Error("the collection was not made");
	return collection;
}

async function addVersions(collectionId: string, count: number): Promise<void> {
	const { db } = stores.services;
	await sql`
		with made as (
			insert into artifact (id, project_id, collection_id, state, digest, size, created_at)
			select gen_random_uuid(), ${at.project.id}, ${collectionId}, case when n % 7 = 0 then 'DELETED' else 'COMMITTED' end,
				md5(random()::text), n % 10, now() - (n % 100) * interval '1 microsecond'
			from generate_series(1, ${count + Math.floor((count - 1) / 6)}::int) n
			returning id
		), first as (select next_version_index as at from artifact_collection where id = ${collectionId})
		insert into artifact_member (id, collection_id, artifact_id, version_index)
		select gen_random_uuid(), ${collectionId}, made.id, first.at + row_number() over () - 1 from made, first`.execute(
		db,
	);
	await sql`update artifact_collection set next_version_index = 1 + (
		select max(version_index) from artifact_member where collection_id = ${collectionId}) where id = ${collectionId}`.execute(
		db,
	);
}

/** Every version of the collection, page by page, and what was said of their number. */
async function listAll(
	collection: CollectionRow,
	wanted: { readonly order: string | null; readonly limit: number },
	between: () => Promise<void> = async () => {},
): Promise<{ rows: ListedVersion[]; totals: Set<number> }> {
	const rows: ListedVersion[] = [];
	const totals = new Set<number>();
	for (let after: string | null = null; ; ) {
		const page = await listVersions(await at.ann.ctx(), collection, { ...wanted, after, filters: null });
		rows.push(...page.rows);
		totals.add(await page.total());
		if (!page.hasNextPage) return { rows, totals };
		after = page.endCursor;
		await between();
	}
}

const numbers = (rows: readonly ListedVersion[]) => rows.map(({ versionIndex }) => versionIndex);

describe("ten thousand versions", () => {
	let collection: CollectionRow;
	beforeAll(async () => {
		collection = await makeCollection("many", 10_000);
	});

	test.each([null, "+version", "+created_at", "-created_at", "-size"])(
		"are all listed in the order %j",
		async (order) => {
			const { rows, totals } = await listAll(collection, { order, limit: 999 });
			expect(new Set(numbers(rows)).size).toBe(10_000);
			expect(rows).toHaveLength(10_000);
			expect([...totals]).toEqual([10_000]);
			const keys = rows.map((row) => Number(row.sortValue ?? row.versionIndex));
			const ascending = order?.startsWith("+") ?? false;
			expect(keys).toEqual([...keys].sort((a, b) => (ascending ? a - b : b - a)));
		},
	);
});

describe("a list read page by page", () => {
	test.each([null, "+version", "+created_at", "-created_at", "+size"])(
		"in the order %j shows what was there at the start once, whatever is logged meanwhile",
		async (order) => {
			const collection = await makeCollection(`growing ${order}`, 60);
			const before = numbers((await listAll(collection, { order: null, limit: 100 })).rows);
			for (const limit of [1, 7, 50]) {
				let rounds = 0;
				const seen = await listAll(collection, { order, limit }, async () => {
					// Faster than they are read they must not come for ever.
					if (rounds++ < 20) await addVersions(collection.id, 2);
				});
				expect(new Set(numbers(seen.rows)).size).toBe(seen.rows.length);
				expect(numbers(seen.rows)).toEqual(expect.arrayContaining(before));
			}
		},
	);

	test("of collections does so too, and by any size of page", async () => {
		const { db } = stores.services;
		const { projectId, typeId } = await makeCollection("first of many", 1);
		const add = async (prefix: string, count: number) =>
			await sql`insert into artifact_collection (id, project_id, type_id, kind, name, name_key)
				select gen_random_uuid(), ${projectId}, ${typeId}, 'PORTFOLIO', ${prefix}::text || n, ${prefix}::text || n
				from generate_series(1, ${count}::int) n`.execute(db);
		await add("there-", 500);
		const scope = { project: at.project };
		for (const limit of [3, 99, 5000]) {
			const names: string[] = [];
			for (let after: string | null = null; ; ) {
				const page = await listCollections(await at.ann.ctx(), scope, { limit, after });
				names.push(...page.rows.map(({ name }) => name));
				if (!page.hasNextPage) break;
				after = page.endCursor;
				await add(`late-${limit}-${names.length}-`, 1);
			}
			expect(new Set(names).size).toBe(names.length);
			expect(names.filter((name) => name.startsWith("there-"))).toHaveLength(500);
		}
	});
});
