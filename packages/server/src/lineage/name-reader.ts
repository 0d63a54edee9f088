import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

export type NameSearch = {
	readonly runIds: readonly string[];
	readonly artifactIds: readonly string[];
	readonly part: string;
};

/** Where a name was found: the node, and the number of the project that the name is in; null where all who see the node know it. */
export type NameFound = { readonly id: string; readonly place: number | null };

/** Those of the nodes that have a text in their name, in an alias, or in the name or an alias of a link. Asks no policy. */
export async function readNamesIn(db: Database, { runIds, artifactIds, part }: NameSearch): Promise<NameFound[]> {
	const like = `%${part.replace(/[\\%_]/g, "\\$&")}%`;
	const query = sql<NameFound>`
		select r.id, p.number as place from run r join project p on p.id = r.project_id
		where r.id = any(${[...runIds]}::uuid[]) and (r.display_name ilike ${like} or r.name ilike ${like})
		union select m.artifact_id,
			case when c.kind = 'SEQUENCE' and c.name || ':v' || m.version_index ilike ${like} then null else p.number end
		from artifact_member m
		join artifact_collection c on c.id = m.collection_id join project p on p.id = c.project_id
		where m.artifact_id = any(${[...artifactIds]}::uuid[])
			and (c.name || ':v' || m.version_index ilike ${like} or exists (
				select from artifact_alias l where l.member_id = m.id and l.alias ilike ${like}))`;
	return (await named("lineage.namesIn", query).execute(db)).rows;
}
