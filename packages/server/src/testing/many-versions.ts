import { sql } from "kysely";
import type { Database } from "../db/database.ts";

/** How much of everything: `collections` in one registry, each with as many versions as make up `versions`. */
export type ManyVersions = {
	/** The registry, or any project, in which they are. */
	readonly projectId: string;
	readonly collections: number;
	readonly versions: number;
};

/**
 * Linked versions by the hundred thousand, in seconds to minutes: metadata of five keys each, "latest" on the newest of
 * each collection, an alias on every tenth version and "best" on every thousandth, a tag on every hundredth. Names are
 * `collection-000123`; the versions' own sequence is one collection.
 */
export async function makeManyVersions(
	db: Database,
	{ projectId, collections, versions }: ManyVersions,
): Promise<void> {
	const each = Math.ceil(versions / collections);
	await sql`
		with type as (
			insert into artifact_type (id, project_id, name) values (gen_random_uuid(), ${projectId}::uuid, 'bench')
			on conflict (project_id, name) do update set name = excluded.name returning id
		)
		insert into artifact_collection (id, project_id, type_id, kind, name, name_key, next_version_index)
		select gen_random_uuid(), ${projectId}::uuid, type.id, 'PORTFOLIO', name, name, ${each}::int
		from type, generate_series(1, ${collections}::int) n, format('collection-%s', lpad(n::text, 6, '0')) name`.execute(
		db,
	);
	// The place of a version is worked out of its number, so that no statement has to look anything up.
	await sql`create table many_version as
		select n, gen_random_uuid() as id, gen_random_uuid() as member_id, c.id as collection_id, v as version
		from (select id, row_number() over (order by name) - 1 as at from artifact_collection
			where project_id = ${projectId}::uuid and name like 'collection-%') c, generate_series(0, ${each - 1}::int) v,
			lateral (select c.at * ${each}::int + v as n) number`.execute(db);
	await sql`insert into artifact (id, project_id, collection_id, state, digest, size, metadata, created_at)
		select id, ${projectId}::uuid, collection_id, 'COMMITTED', md5(n::text), n,
			format('{"accuracy": %s, "epoch": %s, "run": "run-%s", "model": {"layers": %s}, "kind": "%s"}',
				(n % 1000) / 1000.0, n % 100, n, n % 7, (array['small', 'big'])[1 + n % 2])::json,
			now() - n * interval '1 second'
		from many_version`.execute(db);
	await sql`insert into artifact_member (id, collection_id, artifact_id, version_index, created_at)
		select member_id, collection_id, id, version, now() - n * interval '1 second' from many_version`.execute(db);
	await sql`insert into artifact_alias (collection_id, alias, id, member_id)
		select collection_id, alias, gen_random_uuid(), member_id from many_version,
			lateral (values ('latest', version = ${each - 1}::int), ('alias-' || n, n % 10 = 0), ('best', n % 1000 = 0)) given(alias, has)
		where has on conflict do nothing`.execute(db);
	await sql`insert into artifact_tag (artifact_id, name, id)
		select id, 'tag-' || n % 500, gen_random_uuid() from many_version where n % 100 = 0`.execute(db);
	await sql`drop table many_version`.execute(db);
	await sql`analyze`.execute(db);
}
