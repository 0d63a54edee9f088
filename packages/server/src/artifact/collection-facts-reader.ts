import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

// What lists of collections show of each, read for all of them at once. Ask no policy.

export type MemberCount = { readonly collectionId: string; readonly total: number };

/** Living members. Nearly all are alive: counting those that are not is much cheaper than looking at each. */
export async function countMembers(db: Database, collectionIds: readonly string[]): Promise<MemberCount[]> {
	const gone = sql`select count(*) from artifact_member m join artifact a on a.id = m.artifact_id
		where m.collection_id = c.id and a.state <> 'COMMITTED'`;
	const query = sql<MemberCount>`
		select c.id as "collectionId", ((select count(*) from artifact_member m where m.collection_id = c.id)
			- case c.kind when 'SEQUENCE' then (${gone} and a.collection_id = c.id) else (${gone}) end)::int as total
		from artifact_collection c where c.id = any(${[...collectionIds]}::uuid[])`;
	return (await named("artifact.countMembers", query).execute(db)).rows;
}

export type MakerRow = { readonly id: string; readonly userId: string | null };

/** Who made collections. */
export async function readCollectionMakers(db: Database, ids: readonly string[]): Promise<MakerRow[]> {
	const query = sql<MakerRow>`select id, created_by as "userId" from artifact_collection where id = any(${[...ids]}::uuid[])`;
	return (await named("artifact.collectionMakers", query).execute(db)).rows;
}

/** Who put versions into their places. */
export async function readMemberMakers(db: Database, ids: readonly string[]): Promise<MakerRow[]> {
	const query = sql<MakerRow>`select id, created_by as "userId" from artifact_member where id = any(${[...ids]}::uuid[])`;
	return (await named("artifact.memberMakers", query).execute(db)).rows;
}
