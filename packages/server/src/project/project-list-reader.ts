import { type RawBuilder, sql } from "kysely";
import type { Ctx } from "../context.ts";
import { type FieldsSql, filterSql } from "../db/filter-sql.ts";
import { columnsAs } from "../db/nested-row.ts";
import { named } from "../db/query-name.ts";
import { type SortedRow, type SortKey, sortedBy } from "../db/sorted-page.ts";
import type { ListOrder } from "../filter/field-rules.ts";
import type { ProjectColumn, ProjectFilter, ProjectOrderKey } from "./project-filter-rules.ts";
import { type ProjectRow, projectColumns, projectTables, visibleTo } from "./project-reader.ts";

const columns = columnsAs(projectColumns);
const columnSql: Readonly<Record<ProjectColumn, RawBuilder<unknown>>> = {
	name: sql`p.name`,
	number: sql`p.number`,
	entity: sql`p.entity_id`,
	description: sql`p.description`,
	access: sql`p.access`,
	created: sql`p.created_at`,
	updated: sql`p.updated_at`,
	creator: sql`(select username from user_account maker where maker.id = p.created_by)`,
};
const fields: FieldsSql<ProjectColumn> = {
	column: (column) => columnSql[column],
	elements: (column) => columnSql[column],
	document: (column) => columnSql[column],
};
const id = sql`p.id`;
const sortKeys: Readonly<Record<ProjectOrderKey, SortKey>> = {
	name: { kind: "text", value: sql`p.name_key`, id },
	created: { kind: "time", value: sql`p.created_at`, id },
	updated: { kind: "time", value: sql`p.updated_at`, id },
};

export type ProjectSearch = {
	readonly entityId: string;
	readonly filter: ProjectFilter;
	readonly order: ListOrder<ProjectOrderKey>;
	readonly after: string | null;
	/** Null for all. */
	readonly limit: number | null;
};

/** Projects of an entity that a filter leaves and the actor may see. */
export async function searchProjects(
	{ db, actor }: Pick<Ctx, "db" | "actor">,
	search: ProjectSearch,
): Promise<Array<ProjectRow & SortedRow>> {
	const sorted = sortedBy(sortKeys[search.order.by], { direction: search.order.direction, after: search.after });
	const query = sql<ProjectRow & SortedRow>`
		select ${columns}, ${sorted.column} from ${projectTables}
		where p.entity_id = ${search.entityId} and ${visibleTo(actor)}
			and ${filterSql(search.filter, fields)} and ${sorted.beyond}
		order by ${sorted.orderBy} limit ${search.limit}`;
	return (await named("project.search", query).execute(db)).rows;
}
