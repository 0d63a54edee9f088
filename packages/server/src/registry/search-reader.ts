import { type RawBuilder, sql } from "kysely";
import type { Ctx } from "../context.ts";
import { escapeLike } from "../db/filter-sql.ts";
import { named } from "../db/query-name.ts";
import { projectTables, visibleTo } from "../project/index.ts";
import type { Found, FoundKind } from "./search-rows.ts";

/** So many of each kind and rank are looked at. */
const mostOfEach = 50;

type Source = {
	readonly kind: FoundKind;
	readonly id: RawBuilder<unknown>;
	readonly from: RawBuilder<unknown>;
	readonly name: RawBuilder<unknown>;
	readonly project: RawBuilder<unknown>;
	/** What keeps rows out that are not shown, and lets in the rows of a partial index. */
	readonly where: RawBuilder<unknown>;
};

const collection = {
	kind: "collection",
	id: sql`c.id`,
	from: sql`artifact_collection c`,
	project: sql`c.project_id`,
} as const;
const isListed = sql`c.name_key is not null and (c.kind = 'PORTFOLIO' or c.next_version_index > 0)`;
const place = { kind: "membership", id: sql`m.id`, project: sql`c.project_id` } as const;
const isAlive = sql`c.name_key is not null and a.state = 'COMMITTED'`;
const members = sql`artifact_member m join artifact_collection c on c.id = m.collection_id join artifact a on a.id = m.artifact_id`;
const project = { kind: "project", id: sql`p.id`, from: sql`project p`, project: sql`p.id`, where: sql`true` } as const;
const run = {
	kind: "run",
	id: sql`r.id`,
	from: sql`run r`,
	project: sql`r.project_id`,
	where: sql`r.deleted_at is null`,
} as const;

const sources: readonly Source[] = [
	{ ...project, name: sql`p.name` },
	{ ...project, name: sql`p.description` },
	{ ...collection, name: sql`c.name`, where: isListed },
	{ ...collection, name: sql`c.description`, where: isListed },
	{
		...place,
		from: sql`artifact_alias l join ${members} on m.id = l.member_id`,
		name: sql`l.alias`,
		where: sql`l.alias <> 'latest' and ${isAlive}`,
	},
	{ ...place, from: sql`artifact_tag g join ${members} on a.id = g.artifact_id`, name: sql`g.name`, where: isAlive },
	{ ...run, name: sql`r.display_name` },
	{ ...run, name: sql`r.name` },
];

/** Whatever has the text in a name and is in a project that the actor may see: best first, then shortest. */
export async function findByText(
	{ db, actor }: Pick<Ctx, "db" | "actor">,
	text: string,
	limit: number,
): Promise<Found[]> {
	const like = escapeLike(text);
	const patterns = [like, `${like}%`, `%${like}%`];
	const each = sources.flatMap((source) => patterns.map((pattern, rank) => found(source, pattern, rank)));
	const query = sql<Found>`
		with visible as materialized (select p.id from ${projectTables} where ${visibleTo(actor)})
		select kind, id, matched, rank from (
			select distinct on (kind, id) kind, id, matched, rank from (${sql.join(each, sql` union all `)}) hit
			order by kind, id, rank, length(matched), matched
		) hit order by rank, length(matched), matched, kind, id limit ${limit}`;
	return (await named("registry.search", query).execute(db)).rows;
}

function found(source: Source, pattern: string, rank: number): RawBuilder<unknown> {
	const { kind, id, name, from } = source;
	return sql`(select ${kind}::text as kind, ${id} as id, ${name} as matched, ${rank}::int as rank from ${from}
		where ${name} ilike ${pattern} and ${source.where} and ${source.project} in (select id from visible)
		limit ${mostOfEach})`;
}
