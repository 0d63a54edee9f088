import { sql } from "kysely";
import type { Ctx } from "../context.ts";
import { named } from "../db/query-name.ts";
import { entityIdNamed } from "../org/index.ts";
import { visibleTo } from "../project/index.ts";

const holdersAtMost = 100;

/**
 * Committed versions in an entity's projects, linked ones too, that hold the bytes, as far as the actor may see them.
 * The bytes are looked for in the projects of the whole organisation: those of a linked version are in its source's.
 */
export async function findHoldersInEntity(ctx: Ctx, entityName: string, digestHex: string): Promise<string[]> {
	if (entityName.includes("\u0000")) return [];
	const query = sql<{ id: string }>`
		with owner as (select id, organization_id from entity where id = ${entityIdNamed(entityName)}),
		bytes as (
			select distinct b.sha256 from owner
			join entity e on e.id = owner.id or e.organization_id = owner.organization_id
			join project p on p.entity_id = e.id
			join lateral (
				select sha256 from project_blob where project_id = p.id and md5 = ${digestHex} union all
				select sha256 from project_blob_xxh128 where project_id = p.id and xxh128 = ${digestHex}
			) b on true
		)
		select distinct a.id from bytes
		join manifest_entry held on held.sha256 = bytes.sha256
		join artifact a on a.id = held.artifact_id and a.state = 'COMMITTED'
		join artifact_member m on m.artifact_id = a.id
		join artifact_collection c on c.id = m.collection_id
		join project p on p.id = c.project_id
		join entity e on e.id = p.entity_id
		where e.id in (select id from owner) and ${visibleTo(ctx.actor)}
		limit ${holdersAtMost}`;
	return (await named("artifact.holdersInEntity", query).execute(ctx.db)).rows.map(({ id }) => id);
}
