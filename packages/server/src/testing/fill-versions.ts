import { sql } from "kysely";
import type { Database } from "../db/database.ts";

const perCollection = 1_000;

/**
 * Writes the rows of so many committed versions of one packed file each, a thousand to a collection, beside the version
 * `like`, whose project and type they share. Their bytes are nowhere: for measuring what others cost among many.
 */
export async function fillVersions(db: Database, like: string, count: number): Promise<void> {
	const pack = crypto.randomUUID();
	for (let done = 0; done < count; done += perCollection) {
		const collectionId = crypto.randomUUID();
		await sql`
			with made as (
				select n, gen_random_uuid() as id, encode(sha256((${collectionId}::text || n)::bytea), 'hex') as sha256,
					md5(${collectionId}::text || n) as md5 from generate_series(0, ${Math.min(perCollection, count - done) - 1}::int) n
			), place as (
				select c.project_id, c.type_id from artifact a join artifact_collection c on c.id = a.collection_id
				where a.id = ${like}
			), collection as (
				insert into artifact_collection (id, project_id, type_id, kind, name, name_key, next_version_index)
				select ${collectionId}::uuid, project_id, type_id, 'SEQUENCE', ${collectionId}, ${collectionId}, ${perCollection}
				from place
			), bytes as (
				insert into blob (sha256, md5, size) select sha256, md5, 1024 from made
			), places as (
				insert into packed_blob (sha256, pack, start, size) select sha256, ${pack}::uuid, n * 1064, 1024 from made
			), possessed as (
				insert into project_blob (project_id, md5, sha256, size) select project_id, md5, sha256, 1024 from made, place
			), version as (
				insert into artifact (id, project_id, collection_id, state, digest, size, file_count, committed_at)
				select id, project_id, ${collectionId}::uuid, 'COMMITTED', md5, 1024, 1, now() from made, place
			), member as (
				insert into artifact_member (id, collection_id, artifact_id, version_index)
				select gen_random_uuid(), ${collectionId}::uuid, id, n from made returning id, version_index
			), latest as (
				insert into artifact_alias (collection_id, alias, id, member_id)
				select ${collectionId}::uuid, 'latest', gen_random_uuid(), id from member order by version_index desc limit 1
			)
			insert into manifest_entry (artifact_id, path, digest, size, sha256)
			select id, 'row.txt', encode(decode(md5, 'hex'), 'base64'), 1024, sha256 from made`.execute(db);
	}
	await sql`analyze`.execute(db);
}
