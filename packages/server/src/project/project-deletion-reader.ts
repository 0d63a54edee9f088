import { type RawBuilder, sql } from "kysely";
import type { Ctx } from "../context.ts";
import { named } from "../db/query-name.ts";
import { visibleTo } from "./project-reader.ts";

/** What is in a project, counted. */
export type ProjectContents = {
	readonly runs: number;
	readonly sweeps: number;
	readonly collections: number;
	readonly versions: number;
	/** Places in its collections of versions from elsewhere. */
	readonly linksHere: number;
};

export async function countContents({ db }: Pick<Ctx, "db">, projectId: string): Promise<ProjectContents> {
	const query = sql<ProjectContents>`select
		(select count(*) from run where project_id = ${projectId} and deleted_at is null)::int as runs,
		(select count(*) from sweep where project_id = ${projectId})::int as sweeps,
		(select count(*) from artifact_collection where project_id = ${projectId} and name_key is not null)::int as collections,
		(select count(*) from artifact where project_id = ${projectId} and state = 'COMMITTED')::int as versions,
		(select count(*) from artifact_collection c join artifact_member m on m.collection_id = c.id
			join artifact a on a.id = m.artifact_id
			where c.project_id = ${projectId} and a.project_id <> ${projectId} and a.state = 'COMMITTED')::int as "linksHere"`;
	const [row] = (await named("project.countContents", query).execute(db)).rows;
	if (row === undefined) throw new Error("counts came without a row");
	return row;
}

/** Bytes that a project's living versions and runs hold: each content once. */
export type ProjectBytes = {
	/** Nothing outside the project holds them. */
	readonly own: number;
	/** Living versions and runs of other projects hold them as well. */
	readonly shared: number;
};

export async function countBytes({ db }: Pick<Ctx, "db">, projectId: string): Promise<ProjectBytes> {
	const holders = (isThere: RawBuilder<unknown>, isThat: RawBuilder<unknown>) => [
		sql`select e.sha256 from manifest_entry e join artifact a on a.id = e.artifact_id
			where ${isThat} and e.sha256 ${isThere} and a.state = 'COMMITTED'`,
		sql`select a.manifest_sha256 from artifact a where ${isThat} and a.manifest_sha256 ${isThere} and a.state = 'COMMITTED'`,
	];
	const files = (isThere: RawBuilder<unknown>, isThat: RawBuilder<unknown>) =>
		sql`select f.sha256 from run_file f join run a on a.id = f.run_id
			where ${isThat} and f.sha256 ${isThere} and a.deleted_at is null`;
	const here = [sql`is not null`, sql`a.project_id = ${projectId}`] as const;
	const elsewhere = [sql`= held.sha256`, sql`a.project_id <> ${projectId}`] as const;
	const isShared = sql.join(
		[...holders(...elsewhere), files(...elsewhere)].map((rows) => sql`exists (${rows})`),
		sql` or `,
	);
	const query = sql<ProjectBytes>`
		with held as (${sql.join([...holders(...here), files(...here)], sql` union `)}),
		told as (select b.size, ${isShared} as shared from held join blob b on b.sha256 = held.sha256)
		select coalesce(sum(size) filter (where not shared), 0)::float8 as own,
			coalesce(sum(size) filter (where shared), 0)::float8 as shared from told`;
	const [row] = (await named("project.countBytes", query).execute(db)).rows;
	return row ?? { own: 0, shared: 0 };
}

/** A collection of another project that a project's versions are linked to. */
export type CollectionLinked = { readonly projectId: string; readonly name: string; readonly links: number };
/** Another project, runs of which used a project's versions. */
export type ProjectUsing = { readonly projectId: string; readonly runs: number };
/** The first of a list that the actor may see, and how much there is in all. */
export type Told<R> = { readonly rows: readonly R[]; readonly total: number };

const mostTold = 100;

/** Where else the living versions of a project are, the most links first. */
export async function findLinksElsewhere(ctx: Ctx, projectId: string): Promise<Told<CollectionLinked>> {
	const query = sql<CollectionLinked & Counted>`
		select c.project_id as "projectId", c.name, count(*)::int as links,
			${visibleTo(ctx.actor)} as seen, (sum(count(*)) over ())::int as total
		from artifact a join artifact_member m on m.artifact_id = a.id
		join artifact_collection c on c.id = m.collection_id
		join project p on p.id = c.project_id join entity e on e.id = p.entity_id
		where a.project_id = ${projectId} and a.state = 'COMMITTED' and c.project_id <> ${projectId}
		group by c.id, p.id, e.id order by seen desc, links desc, c.name limit ${mostTold}`;
	return told((await named("project.linksElsewhere", query).execute(ctx.db)).rows);
}

/** Which other projects' runs used the living versions of a project, the most first. */
export async function findUsersElsewhere(ctx: Ctx, projectId: string): Promise<Told<ProjectUsing>> {
	const query = sql<ProjectUsing & Counted>`
		select r.project_id as "projectId", count(distinct r.id)::int as runs,
			${visibleTo(ctx.actor)} as seen, (sum(count(distinct r.id)) over ())::int as total
		from artifact a join run_artifact ra on ra.artifact_id = a.id and ra.direction = 'USED'
		join run r on r.id = ra.run_id and r.deleted_at is null
		join project p on p.id = r.project_id join entity e on e.id = p.entity_id
		where a.project_id = ${projectId} and a.state = 'COMMITTED' and r.project_id <> ${projectId}
		group by r.project_id, p.id, e.id order by seen desc, runs desc, r.project_id limit ${mostTold}`;
	return told((await named("project.usersElsewhere", query).execute(ctx.db)).rows);
}

type Counted = { readonly seen: boolean; readonly total: number };

function told<R extends Counted>(rows: readonly R[]): Told<R> {
	return { rows: rows.filter(({ seen }) => seen), total: rows[0]?.total ?? 0 };
}
