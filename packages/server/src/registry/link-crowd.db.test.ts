import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, inject, test } from "vitest";
import type { ArtifactRow } from "../artifact/index.ts";
import type { Services } from "../context.ts";
import { openPool } from "../db/pool.ts";
import { linkInto, linkTo, logVersion, openWorkplace } from "../testing/artifact-factories.ts";
import { actorOfKey } from "../testing/factories.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { linkVersion } from "./link-version.ts";

const { stores, at } = await openWorkplace();

const crowd = Array.from({ length: 50 }, (_, index) => index);
const place = (collectionName: string) => ({
	entityName: at.org.name,
	projectName: "wandb-registry-dataset",
	collectionName,
});
const log = async (collectionName: string, content: string) =>
	await logVersion({ by: at.ann, project: at.project, collectionName, files: { "a.txt": content } });

async function logCrowd(collectionName: string): Promise<ArtifactRow[]> {
	const versions = [];
	for (const index of crowd) versions.push(await log(collectionName, `${collectionName} ${index}`));
	return versions;
}

/** As many connections as linkers. */
async function withConnections<T>(work: (services: Services) => Promise<T>): Promise<T> {
	const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(stores.services.db);
	const { connection } = inject("testDatabase");
	const db = openPool({ ...connection, database: rows[0]?.name ?? "", max: crowd.length }, {});
	try {
		await Promise.all(crowd.map(() => sql`select pg_sleep(0.2)`.execute(db)));
		return await work({ ...stores.services, db });
	} finally {
		await db.destroy();
	}
}

async function numbersIn(collectionId: string): Promise<number[]> {
	const { rows } = await sql<{ number: number }>`
		select version_index as number from artifact_member where collection_id = ${collectionId} order by 1`.execute(
		stores.services.db,
	);
	return rows.map(({ number }) => number);
}

test("fifty who link at the same moment, through a connection each, get v0 to v49 in one new collection", async () => {
	const versions = await logCrowd("race");
	const members = await withConnections(async (services) => {
		const ctx = testCtx(services, await actorOfKey(services, at.ann.apiKey));
		return await Promise.all(versions.map((version) => linkVersion(ctx, linkTo(version, place("race"), ["prod"]))));
	});
	const [collectionId, ...others] = new Set(members.map((member) => member?.collectionId ?? ""));
	expect(others).toEqual([]);
	expect(await numbersIn(collectionId ?? "")).toEqual(crowd);
	expect(members.map((member) => member?.versionIndex).toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual(crowd);
	const { rows } = await sql<{ alias: string; number: number }>`
		select l.alias, m.version_index as number from artifact_alias l join artifact_member m on m.id = l.member_id
		where l.collection_id = ${collectionId} order by 1`.execute(stores.services.db);
	expect(rows).toEqual([
		{ alias: "latest", number: 49 },
		{ alias: "prod", number: 49 },
	]);
});

test("fifty who link one version to one collection at the same moment make one entry", async () => {
	const version = await log("one", "the same");
	const members = await withConnections(async (services) => {
		const ctx = testCtx(services, await actorOfKey(services, at.ann.apiKey));
		return await Promise.all(crowd.map((n) => linkVersion(ctx, linkTo(version, place("one"), [`a${n}`]))));
	});
	expect(new Set(members.map((member) => member?.id)).size).toBe(1);
	expect(await numbersIn(members[0]?.collectionId ?? "")).toEqual([0]);
});

/** Bytes and files of a folder. */
async function sizeOf(folder: string): Promise<{ bytes: number; files: number }> {
	const names = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = names.filter((entry) => entry.isFile());
	const sizes = await Promise.all(files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size));
	return { bytes: sizes.reduce((sum, size) => sum + size, 0), files: files.length };
}

async function rowsOf(...tables: string[]): Promise<Record<string, number>> {
	const counts = tables.map(async (table) => {
		const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)}`.execute(
			stores.services.db,
		);
		return [table, rows[0]?.count ?? -1] as const;
	});
	return Object.fromEntries(await Promise.all(counts));
}

test("fifty links store no byte, and one row each", async () => {
	const versions = await logCrowd("stored");
	const content = ["blob", "packed_blob", "project_blob", "artifact", "manifest_entry", "artifact_type"];
	const [bytes, rows, { artifact_member: before = 0 }] = [
		await sizeOf(stores.blobFolder),
		await rowsOf(...content),
		await rowsOf("artifact_member"),
	];
	for (const version of versions) await linkInto(at.ann, linkTo(version, place("stored")));
	expect(await sizeOf(stores.blobFolder)).toEqual(bytes);
	expect(await rowsOf(...content)).toEqual(rows);
	expect(await rowsOf("artifact_member")).toEqual({ artifact_member: before + 50 });
});
