import { type RawBuilder, sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

type Link = { readonly artifactId: string; readonly collectionId: string };

/**
 * Switches the TTL of a version off that has just been linked for the first time, for good: unlinking does not bring it
 * back. Not by a link into somebody else's project: whoever may only read a version does not decide how long it lives.
 */
export async function endTtl(db: Database, link: Link): Promise<void> {
	await named("artifact.endTtl", endingTtl(link, sql`true`)).execute(db);
}

/** As `endTtl`, as a part of a statement that makes the link, where `isLinked`. */
export function endingTtl(link: Link, isLinked: RawBuilder<unknown>): RawBuilder<unknown> {
	return sql`
		update artifact a set ttl_seconds = -2
		from artifact_collection c, project target, project own
		where a.id = ${link.artifactId} and a.ttl_seconds is distinct from -2
			and c.id = ${link.collectionId} and target.id = c.project_id and own.id = a.project_id
			and (target.entity_id = own.entity_id or exists (select from registry r where r.project_id = target.id))
			and not exists (
				select from artifact_member m join artifact_collection other on other.id = m.collection_id
				where m.artifact_id = a.id and other.kind = 'PORTFOLIO' and other.id <> c.id)
			and ${isLinked}`;
}
