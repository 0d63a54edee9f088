import { sql } from "kysely";
import { expect, test } from "vitest";
import { createGraphShelf } from "../adjacency/graph-shelf.ts";
import type { Ctx } from "../context.ts";
import { packColumns, unpack } from "../db/packed-columns.ts";
import type { WrittenAnswer } from "../http/send-answer.ts";
import { addUserToOrganization } from "../org/index.ts";
import { linkInto, linkTo, logVersion, makeRun, nodeIdOf, openWorkplace } from "../testing/artifact-factories.ts";
import { makeUser } from "../testing/factories.ts";
import { loadGraph } from "./load-graph.ts";
import { type NeighbourhoodAsked, readNeighbourhood, readNeighbourhoodAsJson } from "./read-neighbourhood.ts";

const { stores, at } = await openWorkplace();

const hard = ['"quoted" \\ and\nbroken', "医療画像 🐘", "parted\x1fby\x1esigns", "", "\x1e0", "a\x1f", "\u007f\u0080"];

test("packed values come back as they were, nulls among them", async () => {
	const values = [...hard, null];
	const { rows } = await sql<{ values: string; numbers: string; none: string | null }>`
		select ${packColumns({ values: { text: "value" }, numbers: { plain: "nullif(length(value), 0)" } })},
			(select ${packColumns({ none: { text: "value" } })} from unnest('{}'::text[]) value) as none
		from unnest(${values}::text[]) value`.execute(stores.services.db);
	expect(unpack(rows[0]?.values)).toEqual(values);
	const length = (text: string) => [...text].length;
	expect(unpack(rows[0]?.numbers)).toEqual(values.map((value) => (value ? String(length(value)) : null)));
	expect(unpack(rows[0]?.none)).toEqual([]);
});

async function written(ctx: Ctx, asked: NeighbourhoodAsked): Promise<unknown> {
	const answer: WrittenAnswer | object = await readNeighbourhoodAsJson(ctx, asked);
	if (!("written" in answer) || answer.written === undefined) throw new Error("it was not written");
	return JSON.parse(`${answer.written.bytes.toString()}}`);
}

test("what is written is what would be told: names of all kinds, links, aliases, stubs", async () => {
	const runs = [];
	for (const [index, name] of hard.entries()) {
		const run = await makeRun(at.ann, at.project, `run-${index}`);
		await sql`update run set display_name = ${name}, job_type = ${index % 2 ? name : null}, group_name = ${name},
			created_at = '2026-01-02T03:04:05.678901Z' where id = ${run.id}`.execute(stores.services.db);
		runs.push(run);
	}
	const [producer, ...users] = runs;
	if (producer === undefined) throw new Error("there are runs");
	const version = await logVersion({ by: at.ann, project: at.project, collectionName: "written", run: producer });
	await linkInto(
		at.ann,
		linkTo(version, { entityName: at.org.name, projectName: "wandb-registry-dataset" }, ["best", "a-first"]),
	);
	for (const run of users) {
		await sql`insert into run_artifact (run_id, artifact_id, direction, collection_id)
			select ${run.id}, id, 'USED', collection_id from artifact where id = ${version.id}`.execute(stores.services.db);
	}
	const colleague = await makeUser(stores.services);
	const { username } = colleague.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "member" });
	const graphs = createGraphShelf(1e9);
	await loadGraph({ ...(await at.ann.ctx()), graphs }, at.org.id);
	const span = { hops: Number.POSITIVE_INFINITY, cap: 100 };
	const focus = { kind: "artifact", id: nodeIdOf(version) } as const;
	const rest = { focus, up: span, down: span, group: "none", budget: 600, open: [], extra: [] } as const;
	for (const who of [at.ann, colleague]) {
		const ctx = { ...(await who.ctx()), graphs };
		for (const scope of ["lines", "component"] as const) {
			for (const isDescribed of [true, false]) {
				const { asOf, ...told } = await readNeighbourhood(ctx, { ...rest, scope, isDescribed });
				expect(told.nodes).toHaveLength(hard.length + 1);
				expect(await written(ctx, { ...rest, scope, isDescribed })).toEqual(JSON.parse(JSON.stringify(told)));
			}
		}
	}
	const { nodes } = await readNeighbourhood(
		{ ...(await at.ann.ctx()), graphs },
		{ ...rest, scope: "lines", isDescribed: true },
	);
	const runNodes = nodes.filter(({ kind }) => kind === "run");
	expect(runNodes.map(({ name }) => name).toSorted()).toEqual(hard.toSorted());
	expect(runNodes.map(({ createdAt }) => createdAt?.toISOString())).toEqual(hard.map(() => "2026-01-02T03:04:05.678Z"));
});
