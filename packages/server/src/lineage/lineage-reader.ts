import { type RawBuilder, sql } from "kysely";
import type { Ctx } from "../context.ts";
import { afterKey } from "../db/page.ts";
import { named } from "../db/query-name.ts";
import { visibleTo } from "../project/index.ts";

export type EdgeDirection = "USED" | "PRODUCED";

/** One end of an edge, when the edge was made, and what the run said that it uses the version as. */
export type EdgeEnd = { readonly id: string; readonly at: Date; readonly usedAs: string | null };

export type EdgePage = { readonly limit: number; readonly after: readonly [Date, string] | null };

type Counted = { readonly rows: EdgeEnd[]; readonly total: number };

/** Runs that used or produced a version, in the order in which they did, as far as the actor may see them. */
export async function pageRunsOfArtifact(
	ctx: Ctx,
	edge: { readonly artifactId: string; readonly direction: EdgeDirection },
	page: EdgePage,
): Promise<Counted> {
	const from = sql`
		from run_artifact ra
		join run r on r.id = ra.run_id
		join project p on p.id = r.project_id
		join entity e on e.id = p.entity_id
		where ra.artifact_id = ${edge.artifactId} and ra.direction = ${edge.direction} and r.deleted_at is null
			and ${visibleTo(ctx.actor)}`;
	return await pageAndCount(ctx, { from, id: "ra.run_id", name: "lineage.runsOfArtifact" }, page);
}

/** Versions that a run used or produced, in that order, as far as the actor may see them through any collection. */
export async function pageArtifactsOfRun(
	ctx: Ctx,
	edge: { readonly runId: string; readonly direction: EdgeDirection },
	page: EdgePage,
): Promise<Counted> {
	const from = sql`
		from run_artifact ra
		join artifact a on a.id = ra.artifact_id and a.state = 'COMMITTED'
		where ra.run_id = ${edge.runId} and ra.direction = ${edge.direction} and exists (
			select from artifact_member m
			join artifact_collection c on c.id = m.collection_id
			join project p on p.id = c.project_id
			join entity e on e.id = p.entity_id
			where m.artifact_id = a.id and ${visibleTo(ctx.actor)})`;
	return await pageAndCount(ctx, { from, id: "ra.artifact_id", name: "lineage.artifactsOfRun" }, page);
}

async function pageAndCount(
	ctx: Ctx,
	what: { readonly from: RawBuilder<unknown>; readonly id: string; readonly name: string },
	page: EdgePage,
): Promise<Counted> {
	const further = page.after === null ? sql`true` : afterKey(["ra.at", what.id], page.after);
	const listed = sql<EdgeEnd>`
		select ${sql.ref(what.id)} as id, ra.at, ra.used_as as "usedAs" ${what.from} and ${further}
		order by ra.at, ${sql.ref(what.id)} limit ${page.limit}`;
	const counted = sql<{ total: number }>`select count(*)::int as total ${what.from}`;
	const [rows, count] = await Promise.all([
		named(what.name, listed).execute(ctx.db),
		named(`${what.name}.count`, counted).execute(ctx.db),
	]);
	return { rows: rows.rows, total: count.rows[0]?.total ?? 0 };
}
