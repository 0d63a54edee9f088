import { beforeAll, describe, expect, test } from "vitest";
import { makeManyVersions } from "../testing/many-versions.ts";
import { scannedBy } from "../testing/query-plans.ts";
import { startWorkplace } from "../testing/test-app.ts";
import { listRegistries } from "./list-registries.ts";
import { searchEverything } from "./search-everything.ts";

// So many versions that some conditions leave few, which an index finds, and others many, which are read in order.

const { app, at } = await startWorkplace();
const versions = 8000;

beforeAll(async () => {
	const [registry] = await listRegistries(await at.ann.ctx(), at.org.id);
	if (registry === undefined) throw new Error("an organisation has registries");
	await makeManyVersions(app.services.db, { projectId: registry.id, collections: 400, versions });
});

const list = `query ($org: String!, $collection: JSONString, $filters: JSONString, $after: String) {
	organization(name: $org) { orgEntity { artifactMemberships(collectionFilters: $collection, filters: $filters, first: 700, after: $after) {
		totalCount edges { node { id } } pageInfo { endCursor hasNextPage } } } } }`;

async function count(filters: unknown, collection: unknown = {}): Promise<{ seen: number; total: number }> {
	const seen = new Set<string>();
	for (let after: string | null = null; ; ) {
		const variables = { filters: JSON.stringify(filters), collection: JSON.stringify(collection), after };
		const { data, errors } = await app.gql(at.ann, list, { org: at.org.name, ...variables });
		expect(errors).toEqual([]);
		const { edges, pageInfo, totalCount } = data.organization.orgEntity.artifactMemberships;
		for (const { node } of edges) {
			expect(seen).not.toContain(node.id);
			seen.add(node.id);
		}
		if (!pageInfo.hasNextPage) return { seen: seen.size, total: totalCount };
		after = pageInfo.endCursor;
	}
}

describe("page by page come all versions that a filter leaves:", () => {
	test.each<[string, unknown, unknown, number]>([
		["all", {}, {}, versions],
		["half of them, by metadata", { "metadata.kind": "big" }, {}, versions / 2],
		["few, by metadata", { "metadata.run": { $in: ["run-77", "run-78", "none"] } }, {}, 2],
		["few, by numbers", { "metadata.accuracy": 0.5 }, {}, versions / 1000],
		["one of each collection, by alias", { alias: "latest" }, {}, 400],
		["few, by a part of an alias", { alias: { $contains: "as-777" } }, {}, 1],
		["few, by a tag or an alias", { $or: [{ tag: "tag-100" }, { alias: "best" }] }, {}, 24],
		["of some collections", { alias: "latest" }, { name: { $regex: "00012\\d" } }, 10],
		["none", { alias: "latest", "metadata.kind": "medium" }, {}, 0],
	])("%s", async (_what, filters, collection, expected) => {
		expect(await count(filters, collection)).toEqual({ seen: expected, total: expected });
	});
});

test("no large table is read from end to end for a text", async () => {
	const large = ["artifact", "artifact_member", "artifact_alias", "artifact_collection"];
	const scanned = await scannedBy(await at.ann.ctx(), (ctx) => searchEverything(ctx, { text: "000123", first: 20 }));
	expect(scanned.filter((table) => large.includes(table))).toEqual([]);
});
