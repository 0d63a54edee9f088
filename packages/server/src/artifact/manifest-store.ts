import { type RawBuilder, sql } from "kysely";
import type { Completing } from "../blob/index.ts";
import { packedPlace } from "../blob-store/pack-index-store.ts";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { afterKey } from "../db/page.ts";
import { named } from "../db/query-name.ts";

export type ManifestType = "FULL" | "INCREMENTAL" | "PATCH";

/** A manifest file of a version, as announced and possibly uploaded. */
export type ManifestRow = {
	readonly id: string;
	readonly artifactId: string;
	readonly name: string;
	readonly type: ManifestType;
	/** base64 MD5 as announced; empty until the client knows it. */
	readonly digest: string;
	readonly baseArtifactId: string | null;
	readonly sha256: string | null;
};

/** A file or reference of a committed version. */
export type EntryRow = {
	readonly artifactId: string;
	readonly path: string;
	readonly digest: string;
	readonly size: number;
	readonly ref: string | null;
	readonly sha256: string | null;
	/** Hex, of the bytes, where `digest` is another one. */
	readonly md5: string | null;
	/** Where the blob store keeps the bytes, where it says so. */
	readonly place: string | null;
};

/** A file or reference of a version that is being committed. */
export type NewEntry = {
	readonly path: string;
	readonly digest: string;
	readonly size: number;
	readonly ref: string | null;
	readonly extra: Record<string, unknown> | null;
	readonly birthArtifactId: string | null;
	/** Hex, of the bytes; null for a reference, and where they are named by the other digest. */
	readonly md5: string | null;
	readonly xxh128: string | null;
};

/** Entries of a large version that are in memory at a time: few enough to be forgotten before they count as old. */
export const entrySlice = 1_000;
/** Entries of a version that is published in one statement. */
export const mostAtOnce = 5_000;

/**
 * Announces a manifest of a pending version that is not the whole of it; a second call under the same name keeps its id, since file uploads refer to
 * it. Undefined where the version is not pending (any more).
 */
export async function upsertManifest(
	ctx: Ctx,
	manifest: {
		artifactId: string;
		name: string;
		writer: string;
		type: ManifestType;
		digest: string;
		baseArtifactId: string | null;
	},
): Promise<ManifestRow | undefined> {
	const { artifactId, name, writer, type, digest, baseArtifactId } = manifest;
	const insert = sql<{ id: string }>`
		insert into manifest (id, artifact_id, name, writer, type, digest, base_artifact_id, created_at)
		select ${ctx.ids.uuid()}::uuid, id, ${name}, ${writer}, ${type}, ${digest}, ${baseArtifactId}::uuid,
			${ctx.clock()}::timestamptz from artifact where id = ${artifactId} and state = 'PENDING'
		on conflict (artifact_id, name, writer) do update set type = excluded.type, digest = excluded.digest,
			base_artifact_id = excluded.base_artifact_id
		returning id`;
	const [row] = (await named("artifact.upsertManifest", insert).execute(ctx.db)).rows;
	return row === undefined ? undefined : { id: row.id, ...manifest, sha256: null };
}

export async function findManifest(db: Database, id: string): Promise<ManifestRow | undefined> {
	return await named("artifact.manifestById", selectManifests(db).where("id", "=", id)).executeTakeFirst();
}

/** Announces the digest of a manifest made earlier. */
export async function setManifestDigest(
	db: Database,
	id: string,
	digest: string,
	baseArtifactId: string | null,
): Promise<void> {
	const update = db
		.updateTable("manifest")
		.set({ digest, ...(baseArtifactId === null ? {} : { base_artifact_id: baseArtifactId }) })
		.where("id", "=", id);
	await named("artifact.setManifestDigest", update).execute();
}

/** The uploaded bytes of a manifest: of one that was announced, or of the only one that its version has by this name. */
export type ReceivedManifest = {
	readonly id: string;
	readonly of: { readonly artifactId: string; readonly name: string } | undefined;
	readonly sha256: string;
	readonly md5Hex: string;
	readonly now: Date;
};

/** Notes where the uploaded bytes of a manifest are; nothing where the version waits for none any more. */
export function savingManifest({ id, of, sha256, md5Hex, now }: ReceivedManifest): Completing {
	if (of === undefined) {
		return (possessed) => sql`update manifest set sha256 = ${sha256} from ${possessed} where id = ${id} returning id`;
	}
	const digest = Buffer.from(md5Hex, "hex").toString("base64");
	return (possessed) => sql`
		insert into manifest (id, artifact_id, name, writer, type, digest, sha256, created_at)
		select ${id}::uuid, a.id, ${of.name}, '', 'FULL', ${digest}, ${sha256}, ${now}::timestamptz
		from artifact a, ${possessed} where a.id = ${of.artifactId} and a.state = 'PENDING'
		on conflict (artifact_id, name, writer) do update set type = excluded.type, digest = excluded.digest,
			base_artifact_id = null, sha256 = excluded.sha256
		returning id`;
}

/** Writes entries of a version whose project possesses their bytes. */
export async function insertEntries(
	db: Database,
	artifact: { readonly id: string; readonly projectId: string },
	entries: readonly NewEntry[],
): Promise<void> {
	const insert = sql`
		insert into manifest_entry (artifact_id, path, digest, size, ref, extra, birth_artifact_id, sha256)
		select ${artifact.id}::uuid, entry.* from (${locating(artifact.projectId, entries)}) entry`;
	await named("artifact.insertEntries", insert).execute(db);
}

/**
 * Entries as rows of a statement, their columns in the order of the table's, without the version: each with the size and
 * the SHA-256 of the bytes that the project possesses, without them where it does not.
 */
export function locating(projectId: string, rows: readonly NewEntry[]): RawBuilder<unknown> {
	const isEither = rows.some(({ xxh128 }) => xxh128 !== null);
	const xxh128s = isEither ? sql`, ${rows.map((row) => row.xxh128)}::text[]` : sql``;
	return sql`
		select e.path, e.digest, case when e.ref is null then b.size else e.size end as size, e.ref, e.extra,
			e.birth_artifact_id, b.sha256
		from unnest(
			${rows.map((row) => row.path)}::text[], ${rows.map((row) => row.digest)}::text[], ${rows.map((row) => row.size)}::bigint[],
			${rows.map((row) => row.ref)}::text[], ${rows.map((row) => (row.extra === null ? null : JSON.stringify(row.extra)))}::jsonb[],
			${rows.map((row) => row.birthArtifactId)}::uuid[], ${rows.map((row) => row.md5)}::text[]${xxh128s}
		) e (path, digest, size, ref, extra, birth_artifact_id, md5${isEither ? sql`, xxh128` : sql``})
		${isEither ? byEitherDigest(projectId) : sql`left join project_blob b on b.project_id = ${projectId} and b.md5 = e.md5`}`;
}

function byEitherDigest(projectId: string): RawBuilder<unknown> {
	return sql`left join lateral (
		select sha256, size from project_blob where project_id = ${projectId} and md5 = e.md5 union all
		select sha256, size from project_blob_xxh128 where project_id = ${projectId} and xxh128 = e.xxh128
	) b on true`;
}

/** Entries of a committed version by path; `names` picks some. */
export async function pageEntries(
	db: Database,
	artifactId: string,
	page: { limit: number; after: readonly [string] | null; names: readonly string[] | null },
): Promise<EntryRow[]> {
	let query = selectEntries(db).where("artifact_id", "=", artifactId).orderBy("path").limit(page.limit);
	if (page.after !== null) query = query.where(afterKey(["path"], [...page.after]));
	if (page.names !== null) query = query.where(sql<boolean>`path = any(${[...page.names]}::text[])`);
	return await named("artifact.pageEntries", query).execute();
}

/** Entries of a version by digest. */
export async function findEntriesByDigest(
	db: Database,
	artifactId: string,
	digests: readonly string[],
): Promise<EntryRow[]> {
	if (digests.length === 0) return [];
	const query = selectEntries(db)
		.where("artifact_id", "=", artifactId)
		.where(sql<boolean>`digest = any(${[...digests]}::text[])`);
	return await named("artifact.entriesByDigest", query).execute();
}

/** Versions of the same collections that hold an entry of that digest: bytes are carried from version to version. */
export async function findSiblingsHolding(
	db: Database,
	artifactIds: readonly string[],
	digest: string,
): Promise<string[]> {
	if (artifactIds.length === 0) return [];
	const query = sql<{ id: string }>`
		select a.id from artifact birth
		join artifact a on a.collection_id = birth.collection_id and a.state = 'COMMITTED'
		where birth.id = any(${[...artifactIds]}::uuid[])
			and exists (select from manifest_entry e where e.artifact_id = a.id and e.digest = ${digest})
		order by a.id desc limit 100`;
	return (await named("artifact.siblingsHolding", query).execute(db)).rows.map(({ id }) => id);
}

function selectManifests(db: Database) {
	return db
		.selectFrom("manifest")
		.select([
			"id",
			"artifact_id as artifactId",
			"name",
			"digest",
			"base_artifact_id as baseArtifactId",
			"sha256",
			sql<ManifestType>`type`.as("type"),
		]);
}

function selectEntries(db: Database) {
	return db
		.selectFrom("manifest_entry")
		.leftJoin("packed_blob", "packed_blob.sha256", "manifest_entry.sha256")
		.select(["artifact_id as artifactId", "path", "digest", "manifest_entry.size", "ref", "manifest_entry.sha256"])
		.select(packedPlace.as("place"))
		.select(
			sql<string | null>`case when extra->>'alg' = 'XXH128'
				then (select md5 from blob where blob.sha256 = manifest_entry.sha256) end`.as("md5"),
		);
}
