import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { logVersion } from "../testing/artifact-factories.ts";
import { startWorkplace } from "../testing/test-app.ts";

// What the client pages through, in its words and its pages. Nothing is timed.

const many = 10_000;
const numbered = Array.from({ length: many }, (_, number) => `v${number}`);
const { app, at } = await startWorkplace();

beforeAll(async () => {
	const { id, collectionId, projectId } = await logVersion({ by: at.ann, project: at.project, collectionName: "many" });
	const { db } = app.services;
	await sql`
		with made as (
			insert into artifact (id, project_id, collection_id, state, digest, metadata)
			select gen_random_uuid(), ${projectId}, ${collectionId}, 'COMMITTED', md5(random()::text), '{"n":1}'
			from generate_series(2, ${many}::int) returning id
		), numbered as (select id, row_number() over () as number from made
		), placed as (
			insert into artifact_member (id, collection_id, artifact_id, version_index)
			select gen_random_uuid(), ${collectionId}, id, number from numbered returning id, artifact_id, version_index
		), tagged as (
			insert into artifact_tag (artifact_id, name, id) select id, 'tag', gen_random_uuid() from made
		)
		insert into artifact_alias (collection_id, alias, id, member_id)
		select ${collectionId}, 'alias-' || version_index, gen_random_uuid(), id from placed`.execute(db);
	await sql`update artifact_collection set next_version_index = ${many} where id = ${collectionId}`.execute(db);
	await sql`
		insert into manifest_entry (artifact_id, path, digest, size, sha256)
		select artifact_id, 'file-' || lpad(n::text, 5, '0'), digest, size, sha256
		from manifest_entry, generate_series(2, ${many}::int) n where artifact_id = ${id}`.execute(db);
	await sql`update artifact set file_count = ${many} where id = ${id}`.execute(db);
});

const versions = `query ProjectArtifacts($entity: String!, $project: String!, $type: String!, $collection: String!,
		$cursor: String, $perPage: Int = 50, $order: String, $filters: JSONString, $includeAliases: Boolean = true) {
	project(entityName: $entity, name: $project) { artifactType(name: $type) { artifactCollection(name: $collection) {
		__typename
		artifacts(after: $cursor, first: $perPage, order: $order, filters: $filters) {
			totalCount pageInfo { __typename endCursor hasNextPage } edges { version node { ...Version } } } } } } }
	fragment Version on Artifact {
		__typename id artifactSequence { __typename name project { ...Info } } versionIndex artifactType { name }
		description metadata ttlDurationSeconds ttlIsInherited tags { __typename id name } historyStep state size digest
		commitHash fileCount createdAt updatedAt
		aliases @include(if: $includeAliases) { artifactCollection { __typename name project { ...Info } } __typename id alias } }
	fragment Info on Project { id internalId name entity { name } }`;
const files = `query ($entity: String!, $project: String!, $collection: String!, $cursor: String, $perPage: Int) {
	project(name: $project, entityName: $entity) { artifactCollection(name: $collection) {
		artifactMembership(aliasName: "v0") { files(first: $perPage, after: $cursor) {
			totalCount pageInfo { endCursor hasNextPage } edges { node { name directUrl } } } } } } }`;

const connection = z.object({
	totalCount: z.number(),
	pageInfo: z.object({ endCursor: z.string(), hasNextPage: z.boolean() }),
	edges: z.array(z.object({ version: z.string().optional(), node: z.object({ name: z.string().optional() }) })),
});

/** Every edge of the list at this place of the answer, page by page, and the totals that the pages gave. */
async function listAll(query: string, more: object, place: readonly string[]) {
	const edges: z.infer<typeof connection>["edges"] = [];
	const totals = new Set<number>();
	for (let cursor: string | null = null; ; ) {
		const address = { entity: at.project.entityName, project: at.project.name, collection: "many" };
		const { data, errors } = await app.gql(at.ann, query, { ...address, ...more, cursor });
		expect(errors).toEqual([]);
		const page = connection.parse(place.reduce((value, key) => value[key], data.project));
		edges.push(...page.edges);
		totals.add(page.totalCount);
		if (!page.pageInfo.hasNextPage) return { edges, totals: [...totals] };
		cursor = page.pageInfo.endCursor;
	}
}

test.each([
	["newest first, in the client's pages", null, 50],
	["oldest first", "+created_at", 500],
])("10,000 versions, %s", async (_how, order, perPage) => {
	const more = { type: "dataset", order, perPage, filters: '{"state":"COMMITTED"}' };
	const { edges, totals } = await listAll(versions, more, ["artifactType", "artifactCollection", "artifacts"]);
	expect(totals).toEqual([many]);
	expect(edges).toHaveLength(many);
	expect(new Set(edges.map(({ version }) => version)).size).toBe(many);
	if (order === null) expect(edges.map(({ version }) => version)).toEqual(numbered.toReversed());
});

test.each([50, 5000])("10,000 files in pages of %i", async (perPage) => {
	const { edges, totals } = await listAll(files, { perPage }, ["artifactCollection", "artifactMembership", "files"]);
	expect(totals).toEqual([many]);
	expect(edges).toHaveLength(many);
	expect(new Set(edges.map(({ node }) => node.name)).size).toBe(many);
});
