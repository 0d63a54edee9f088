import { ExplainNode, type KyselyPlugin, RawNode, type RootOperationNode, SelectQueryNode, sql } from "kysely";
import { z } from "zod";
import type { Ctx, Services } from "../context.ts";
import type { Database } from "../db/database.ts";
import type { ProjectRow } from "../project/index.ts";
import { makeRun, makeWorkplace } from "./artifact-factories.ts";

/** Of everything there is one to look up, and the person who may see it all. */
export type Crowd = {
	readonly ctx: Ctx;
	readonly project: ProjectRow;
	readonly collectionId: string;
	readonly artifactId: string;
	readonly runId: string;
};

/**
 * Twenty thousand versions in twenty collections with five files each, and twenty runs that used a thousand each:
 * enough for a wrong plan to be chosen.
 */
export async function makeCrowd(services: Services): Promise<Crowd> {
	const { db } = services;
	const { ann, project } = await makeWorkplace(services);
	let runId = "";
	for (let n = 0; n < 20; n++) runId = (await makeRun(ann, project)).id;
	const typeId = services.ids.uuid();
	await sql`insert into artifact_type (id, project_id, name) values (${typeId}, ${project.id}, 'dataset')`.execute(db);
	await sql`insert into artifact_collection (id, project_id, type_id, kind, name, name_key)
		select gen_random_uuid(), ${project.id}, ${typeId}, 'SEQUENCE', 'c' || n, 'c' || n from generate_series(1, 20) n`.execute(
		db,
	);
	await sql`insert into artifact (id, project_id, collection_id, state, digest)
		select gen_random_uuid(), ${project.id}, c.id, 'COMMITTED', md5(c.name || n)
		from artifact_collection c, generate_series(0, 999) n`.execute(db);
	await sql`insert into artifact_member (id, collection_id, artifact_id, version_index)
		select gen_random_uuid(), collection_id, id, row_number() over (partition by collection_id) - 1 from artifact`.execute(
		db,
	);
	await sql`insert into artifact_alias (collection_id, alias, id, member_id)
		select collection_id, 'alias-' || version_index, gen_random_uuid(), id from artifact_member`.execute(db);
	await sql`insert into manifest_entry (artifact_id, path, digest, size)
		select id, 'file-' || n, md5(id::text || n), 1 from artifact, generate_series(1, 5) n`.execute(db);
	await sql`insert into run_artifact (run_id, artifact_id, direction, collection_id)
		select r.id, a.id, 'USED', a.collection_id from run r, artifact a
		where abs(hashtext(r.id::text || a.id::text)) % 20 = 0`.execute(db);
	await sql`analyze`.execute(db);
	const { rows } = await sql<{ id: string; collectionId: string }>`
		select id, collection_id as "collectionId" from artifact limit 1`.execute(db);
	const [some] = rows;
	if (some === undefined) throw new Error("no version was made");
	return { ctx: await ann.ctx(), project, collectionId: some.collectionId, artifactId: some.id, runId };
}

const planShape = z.object({
	"Node Type": z.string(),
	"Relation Name": z.string().optional(),
	"Actual Rows": z.number().optional(),
	"Actual Loops": z.number().optional(),
	"Rows Removed by Filter": z.number().optional(),
	get Plans() {
		return z.array(planShape).optional();
	},
});
type Plan = z.infer<typeof planShape>;
const planRows = z.array(z.object({ "QUERY PLAN": z.array(z.object({ Plan: planShape })) }));

/** The tables that some work reads from end to end. Its queries are explained instead of run: they find nothing. */
export async function scannedBy(ctx: Ctx, work: (ctx: Ctx) => Promise<unknown>): Promise<string[]> {
	return (await plansOf(ctx.db, (db) => work({ ...ctx, db }), false)).flatMap(sequentialScans);
}

/** How many rows of each table some work reads, also through an index. Its queries are run, and find nothing. */
export async function rowsRead(
	db: Database,
	work: (db: Database) => Promise<unknown>,
): Promise<ReadonlyMap<string, number>> {
	const rows = new Map<string, number>();
	const count = (plan: Plan): void => {
		const table = plan["Node Type"].includes("Scan") ? plan["Relation Name"] : undefined;
		if (table !== undefined) {
			const each = (plan["Actual Rows"] ?? 0) + (plan["Rows Removed by Filter"] ?? 0);
			rows.set(table, (rows.get(table) ?? 0) + each * (plan["Actual Loops"] ?? 1));
		}
		plan.Plans?.forEach(count);
	};
	(await plansOf(db, work, true)).forEach(count);
	return rows;
}

async function plansOf(db: Database, work: (db: Database) => Promise<unknown>, analyze: boolean): Promise<Plan[]> {
	const plans: Plan[] = [];
	const explain: KyselyPlugin = {
		transformQuery: ({ node }) => explained(node, analyze),
		transformResult: async ({ result }) => {
			plans.push(...planRows.parse(result.rows).flatMap((row) => row["QUERY PLAN"].map(({ Plan }) => Plan)));
			return { rows: [] };
		},
	};
	await work(db.withPlugin(explain));
	if (plans.length === 0) throw new Error("no query was asked");
	return plans;
}

function explained(node: RootOperationNode, analyze: boolean): RootOperationNode {
	if (SelectQueryNode.is(node))
		return { ...node, explain: ExplainNode.create("json", analyze ? sql`analyze`.toOperationNode() : undefined) };
	if (!RawNode.is(node)) throw new Error(`a ${node.kind} is no read`);
	const [start = "", ...rest] = node.sqlFragments;
	return { ...node, sqlFragments: [`explain (${analyze ? "analyze, " : ""}format json) ${start}`, ...rest] };
}

function sequentialScans(plan: Plan): string[] {
	const below = (plan.Plans ?? []).flatMap(sequentialScans);
	return plan["Node Type"].includes("Seq Scan") ? [plan["Relation Name"] ?? "?", ...below] : below;
}
