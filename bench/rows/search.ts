import { attachEmbedded } from "../../packages/server/src/db/open-embedded.ts";
import { makeManyVersions } from "../../packages/server/src/testing/many-versions.ts";
import type { Bench, Group } from "../bench-context.ts";
import { listAt, textAt } from "../json.ts";
import { graphql, inParallel } from "../raw-http.ts";
import { makeProject } from "../raw-version.ts";
import type { Row } from "../row.ts";
import { median, percentile } from "../statistics.ts";
import { readRows } from "./reads.ts";

const project = "bench-many";
const readsEach = 20;

/** Readings among very many collections and versions: lists, filters, and the search for a part of a name. */
export const search: Group = {
	name: "search",
	measure: async (bench) => {
		await fill(bench);
		const { entity, scale } = bench;
		const among = `among ${scale.manyCollections.toLocaleString("en")} collections`;
		const listed = await readRows(bench, {
			work: `first page of 50 ${among}`,
			workload: "list-collections",
			parameters: (side) => ({ project, type: side === "keifu" ? "bench" : "dataset" }),
			operation: "ArtifactTypeArtifactCollections",
		});
		const middle = `collection-${String(Math.floor(scale.manyCollections / 2)).padStart(6, "0")}`;
		const fetched = await readRows(bench, {
			work: `fetch one by alias ${among}`,
			workload: "fetch-alias",
			parameters: (side) => ({ path: `${side === "keifu" ? entity : "floor-team"}/${project}/${middle}:latest` }),
			operation: "ArtifactMembershipByName",
		});
		const rows: Row[] = [];
		for (const question of questions(scale.manyCollections)) rows.push(...(await askRows(bench, question)));
		return [...listed, ...fetched, ...rows];
	},
};

async function fill({ keifu, keifuData, entity, scale }: Bench): Promise<void> {
	await makeProject(keifu.url, entity, project);
	const found = await graphql(
		keifu.url,
		"query ($entity: String!, $project: String!) { project(name: $project, entityName: $entity) { id } }",
		{
			entity,
			project,
		},
	);
	const [, projectId = ""] = Buffer.from(textAt(found, "project", "id"), "base64")
		.toString()
		.split(":");
	const database = await attachEmbedded(keifuData);
	if (database === null) throw new Error("the server's database was not found");
	try {
		await makeManyVersions(database.db, {
			projectId,
			collections: scale.manyCollections,
			versions: scale.manyVersions,
		});
	} finally {
		await database.close();
	}
}

/** What is asked of the server over bare HTTP, and what of the reply must hold something. */
type Question = {
	readonly what: string;
	readonly field: "collections" | "memberships" | "search";
	readonly filters?: object;
	readonly text?: string;
};

function questions(collections: number): readonly Question[] {
	const part = String(Math.floor(collections / 3))
		.padStart(6, "0")
		.slice(1);
	return [
		{ what: "search for a part of any name", field: "search", text: part },
		{ what: "collections by a part of the name", field: "collections", filters: { name: { $contains: part } } },
		{ what: "collections by a pattern", field: "collections", filters: { name: { $regex: `tion-.*${part}$` } } },
		{ what: "versions by an alias", field: "memberships", filters: { alias: "best" } },
		{ what: "versions by a tag", field: "memberships", filters: { tag: "tag-100" } },
		{ what: "versions by a value in metadata", field: "memberships", filters: { "metadata.run": "run-4242" } },
		{ what: "versions by a range in metadata", field: "memberships", filters: { "metadata.accuracy": { $gt: 0.9 } } },
	];
}

const lists = `query ($entity: String!, $project: JSONString, $filters: JSONString) {
	entity(name: $entity) {
		collections: artifactCollections(projectFilters: $project, filters: $filters, first: 50) { edges { node { id } } }
	}
}`;
const memberships = lists.replace("collections: artifactCollections", "memberships: artifactMemberships");
const searching = "query ($text: String!) { search(query: $text, first: 50) { matched } }";

async function ask({ keifu, entity }: Bench, { field, filters, text }: Question): Promise<void> {
	if (field === "search") {
		const found = listAt(await graphql(keifu.url, searching, { text }), "search");
		if (found.length === 0) throw new Error(`nothing was found for ${text}`);
		return;
	}
	const variables = {
		entity,
		project: JSON.stringify({ name: project }),
		filters: JSON.stringify(filters),
	};
	const reply = await graphql(keifu.url, field === "collections" ? lists : memberships, variables);
	if (listAt(reply, "entity", field, "edges").length === 0) throw new Error(`nothing has ${JSON.stringify(filters)}`);
}

async function askRows(bench: Bench, question: Question): Promise<Row[]> {
	await ask(bench, question);
	const one = await timeAll(bench, question, 1);
	const eight = await timeAll(bench, question, 8);
	const work = `${question.what}, ${bench.scale.manyVersions.toLocaleString("en")} versions`;
	const target = { of: "value", atMost: 200 } as const;
	return [
		{ work: `${work}, 1 caller, p50`, unit: "ms", value: median(one), beside: null, target },
		{ work: `${work}, 8 callers, p95`, unit: "ms", value: percentile(eight, 0.95), beside: null, target: null },
	];
}

async function timeAll(bench: Bench, question: Question, callers: number): Promise<number[]> {
	const times: number[] = [];
	await inParallel(Array.from({ length: readsEach * callers }), callers, async () => {
		const begin = performance.now();
		await ask(bench, question);
		times.push(performance.now() - begin);
	});
	return times;
}
