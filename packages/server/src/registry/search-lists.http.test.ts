import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { addUserToOrganization } from "../org/index.ts";
import { linkInto, linkTo, logVersion } from "../testing/artifact-factories.ts";
import { type MadeUser, makeUser } from "../testing/factories.ts";
import { startWorkplace } from "../testing/test-app.ts";

// Registries, their collections and versions, by the client's filters and orders: RegistryCollections and its like.

const { app, at } = await startWorkplace();
/** Of the organisation; does not see the restricted registry. */
let reader: MadeUser;

beforeAll(async () => {
	reader = await makeUser(app.services);
	const { username } = reader.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "member" });
	const make = `mutation ($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }`;
	const input = { name: "wandb-registry-secret", entityName: at.org.name, access: "RESTRICTED" };
	const open = {
		name: "wandb-registry-animals",
		entityName: at.org.name,
		access: "PRIVATE",
		description: "All of them",
	};
	for (const each of [input, open]) {
		const all = { ...each, allowAllArtifactTypesInRegistry: true };
		expect((await app.gql(at.ann, make, { input: all })).errors).toEqual([]);
	}
	const lions = [
		{
			metadata: { legs: 4, nested: { depth: 1 }, labels: ["wild", "big"], note: null },
			aliases: ["best"],
			tags: ["eu"],
		},
		{ metadata: { legs: 3, name: "Leo" }, aliases: [], tags: ["eu", "hurt"] },
		{ metadata: null, aliases: ["prod"], tags: [] },
	];
	for (const [n, { metadata, aliases, tags }] of lions.entries()) {
		const artifact = await logVersion({
			by: at.ann,
			project: at.project,
			collectionName: "lion",
			files: { a: "x".repeat(n + 1) },
			metadata: metadata === null ? null : JSON.stringify(metadata),
			tags,
		});
		for (const [projectName, collectionName] of [
			["wandb-registry-animals", "Lions"],
			["wandb-registry-secret", "hidden-lions"],
		] as const) {
			await linkInto(at.ann, linkTo(artifact, { entityName: at.org.name, projectName, collectionName }, aliases));
		}
	}
	const zebra = await logVersion({ by: at.ann, project: at.project, collectionName: "zebra", files: { z: "z" } });
	for (const projectName of ["wandb-registry-animals", "wandb-registry-dataset"]) {
		const target = { entityName: at.org.name, projectName, collectionName: "zebras" };
		await linkInto(at.ann, linkTo(zebra, target, ["best"]));
	}
	await sql`insert into artifact_collection_tag (collection_id, name, id)
		select id, 'savanna', gen_random_uuid() from artifact_collection where name = 'Lions'`.execute(app.services.db);
});

const lists = {
	registries: `query ($org: String!, $filters: JSONString, $order: String, $first: Int, $after: String) {
		organization(name: $org) { orgEntity { list: projects(filters: $filters, order: $order, first: $first, after: $after) {
			edges { cursor node { name } } pageInfo { endCursor hasNextPage } } } } }`,
	collections: `query ($org: String!, $registry: JSONString, $filters: JSONString, $order: String, $first: Int, $after: String) {
		organization(name: $org) { orgEntity { list: artifactCollections(projectFilters: $registry, filters: $filters,
			collectionTypes: [PORTFOLIO], order: $order, first: $first, after: $after) {
			totalCount edges { cursor node { name project { name } } } pageInfo { endCursor hasNextPage } } } } }`,
	versions: `query ($org: String!, $registry: JSONString, $collection: JSONString, $filters: JSONString, $order: String,
		$first: Int, $after: String) {
		organization(name: $org) { orgEntity { list: artifactMemberships(projectFilters: $registry,
			collectionFilters: $collection, filters: $filters, order: $order, first: $first, after: $after) {
			totalCount edges { cursor node { versionIndex artifactCollection { name project { name } } } }
			pageInfo { endCursor hasNextPage } } } } }`,
};
type Edge = {
	readonly cursor: string;
	readonly node: {
		readonly name: string;
		readonly versionIndex: number;
		readonly project: { readonly name: string };
		readonly artifactCollection: { readonly name: string; readonly project: { readonly name: string } };
	};
};
type Wanted = Readonly<Record<string, unknown>>;

async function ask(what: keyof typeof lists, wanted: Wanted = {}, user: MadeUser = at.ann) {
	const asJson = (value: unknown) => (typeof value === "object" && value !== null ? JSON.stringify(value) : value);
	const variables = Object.fromEntries(Object.entries(wanted).map(([key, value]) => [key, asJson(value)]));
	const { data, errors } = await app.gql(user, lists[what], { org: at.org.name, ...variables });
	if (errors.length > 0) return errors.map(({ message }) => message);
	const { list } = data.organization.orgEntity;
	const name = ({ node }: Edge) => {
		if (what === "registries") return node.name.slice("wandb-registry-".length);
		const collection = what === "versions" ? node.artifactCollection : node;
		const place = `${collection.project.name.slice("wandb-registry-".length)}/${collection.name}`;
		return what === "versions" ? `${place}:v${node.versionIndex}` : place;
	};
	const edges: readonly Edge[] = list.edges;
	return {
		names: edges.map(name),
		total: list.totalCount,
		...list.pageInfo,
		cursors: edges.map(({ cursor }) => cursor),
	};
}

async function names(what: keyof typeof lists, wanted: Wanted = {}, user?: MadeUser): Promise<unknown> {
	const found = await ask(what, wanted, user);
	return Array.isArray(found) ? found : found.names;
}

describe("registries", () => {
	test.each<[Wanted, string[]]>([
		[{ order: "+name" }, ["animals", "dataset", "model", "secret"]],
		[{ order: "-name" }, ["secret", "model", "dataset", "animals"]],
		[{ filters: { name: "wandb-registry-animals" } }, ["animals"]],
		[{ filters: { name: { $regex: "nim" } } }, ["animals"]],
		[{ filters: { name: { $contains: "registry-s" } } }, ["secret"]],
		[{ filters: { description: { $exists: true } } }, ["animals"]],
		[{ filters: { name: "other" } }, []],
	])("%j", async (wanted, expected) => {
		expect(await names("registries", wanted)).toEqual(expected);
	});

	test("are those that the viewer may see", async () => {
		expect(await names("registries", { order: "+name" }, reader)).toEqual(["animals", "dataset", "model"]);
		expect(await names("registries", { filters: { name: "wandb-registry-secret" } }, reader)).toEqual([]);
	});
});

describe("collections of registries", () => {
	test.each<[Wanted, string[]]>([
		[{}, ["secret/hidden-lions", "animals/Lions", "animals/zebras", "dataset/zebras"]],
		[{ registry: { name: "wandb-registry-animals" }, order: "-name" }, ["animals/zebras", "animals/Lions"]],
		[{ filters: { name: { $regex: "lion" } } }, ["secret/hidden-lions"]],
		[{ filters: { name: { $regex: "(?i)^LIONS$" } } }, ["animals/Lions"]],
		[{ filters: { tag: "savanna" } }, ["animals/Lions"]],
		[{ filters: { $and: [{ name: "Lions" }, { tag: { $ne: "savanna" } }] } }, []],
		[{ filters: { type: "dataset", creator: "nobody" } }, []],
	])("%j", async (wanted, expected) => {
		const found = await names("collections", wanted);
		expect(Array.isArray(found) ? [...found].sort() : found).toEqual([...expected].sort());
	});

	test("are those that the viewer may see, and no others are counted", async () => {
		const seen = await ask("collections", { order: "+created_at" }, reader);
		expect(seen).toMatchObject({ names: ["animals/Lions", "animals/zebras", "dataset/zebras"], total: 3 });
		expect(await ask("collections", { filters: { name: { $contains: "hidden" } } }, reader)).toMatchObject({
			names: [],
			total: 0,
		});
	});

	test("are asked for with as many queries whatever there is that the viewer may not see", async () => {
		const queries = async (name: string) =>
			await app.queriesOf(() => ask("collections", { filters: { name: { $regex: name } } }, reader));
		await queries("warm");
		expect(await queries("hidden-lions")).toEqual(await queries("never-was"));
	});
});

describe("versions in registries", () => {
	const animals = { registry: { name: "wandb-registry-animals" } };
	const lion = (n: number) => `animals/Lions:v${n}`;
	test.each<[Wanted, string[]]>([
		[{ ...animals, collection: { name: "Lions" } }, [lion(2), lion(1), lion(0)]],
		[{ filters: { alias: "best" } }, ["dataset/zebras:v0", "animals/zebras:v0", "secret/hidden-lions:v0", lion(0)]],
		[{ ...animals, filters: { $or: [{ alias: "prod" }, { tag: "hurt" }] } }, [lion(2), lion(1)]],
		[{ ...animals, filters: { tag: { $all: ["eu", "hurt"] } } }, [lion(1)]],
		[{ ...animals, filters: { tag: { $size: 2 } } }, [lion(1)]],
		[{ ...animals, filters: { "metadata.legs": 4 } }, [lion(0)]],
		[{ ...animals, filters: { "metadata.legs": { $gte: 3 } } }, [lion(1), lion(0)]],
		[{ ...animals, filters: { "metadata.legs": { $in: [3, "x"] } } }, [lion(1)]],
		[{ ...animals, filters: { "metadata.nested.depth": { $exists: true } } }, [lion(0)]],
		[{ ...animals, filters: { "metadata.labels": "wild" } }, [lion(0)]],
		[{ ...animals, filters: { "metadata.labels": { $size: 2 } } }, [lion(0)]],
		[{ ...animals, filters: { "metadata.name": { $regex: "^L" } } }, [lion(1)]],
		[{ ...animals, filters: { version: "v1" } }, [lion(1)]],
		[{ ...animals, filters: { version: { $lt: 1 } } }, ["animals/zebras:v0", lion(0)]],
		[{ ...animals, collection: { tag: "savanna" }, filters: { alias: { $nin: ["latest"] } } }, [lion(1), lion(0)]],
		[{ ...animals, filters: { created_at: { $gt: "2999-01-01" } } }, []],
		[{ ...animals, order: "+size", collection: { name: "Lions" } }, [lion(0), lion(1), lion(2)]],
		[{ ...animals, order: "-linked_at" }, ["animals/zebras:v0", lion(2), lion(1), lion(0)]],
	])("%j", async (wanted, expected) => {
		expect(await names("versions", wanted)).toEqual(expected);
	});

	test("are those in registries that the viewer may see", async () => {
		const best = await ask("versions", { filters: { alias: "best" } }, reader);
		expect(best).toMatchObject({ names: ["dataset/zebras:v0", "animals/zebras:v0", lion(0)], total: 3 });
	});

	test("are found by the registry's number", async () => {
		const number = `query ($org: String!) { organization(name: $org) { registry(name: "animals") { internalId } } }`;
		const { data } = await app.gql(at.ann, number, { org: at.org.name });
		const inner = Buffer.from(data.organization.registry.internalId, "base64").toString().split(":")[1];
		expect(await names("versions", { registry: { id: Number(inner) } })).toHaveLength(4);
		expect(await names("versions", { registry: { id: 999_999 } })).toEqual([]);
	});

	test.each([null, "+created_at", "-size"])("in the order %j are listed page by page", async (order) => {
		const whole = await names("versions", { order });
		const paged: unknown[] = [];
		for (let after: string | null = null; ; ) {
			const page = await ask("versions", { order, first: 2, after });
			if (Array.isArray(page)) throw new Error(page.join());
			paged.push(...page.names);
			expect(page.cursors.at(-1)).toBe(page.endCursor);
			if (!page.hasNextPage) break;
			after = page.endCursor;
		}
		expect(paged).toEqual(whole);
		expect(paged).toHaveLength(8);
	});
});

test.each<[keyof typeof lists, Wanted, string]>([
	["registries", { filters: { color: 1 } }, 'Projects and registries have no field "color"; there are name,'],
	["collections", { filters: { color: 1 } }, 'Collections have no field "color"; there are name,'],
	["collections", { order: "-size" }, 'collections cannot be ordered by "-size": use one of name,'],
	["versions", { filters: { name: 1 } }, 'Versions have no field "name"; there are version,'],
	["versions", { filters: { alias: { $regex: "(" } } }, "not a valid regular expression"],
	[
		"versions",
		{ filters: { "metadata.a": { $where: "x" } } },
		'The filter has no operator "$where"; the operators are',
	],
	["versions", { after: "nonsense" }, "The page cursor is not one this server gave out"],
	["versions", { order: "+created_at", after: Buffer.from('["x","y"]').toString("base64url") }, "The page cursor"],
])("%s with %j are refused in a sentence", async (what, wanted, text) => {
	const found = await ask(what, wanted);
	expect(Array.isArray(found) ? found.join() : found).toContain(text);
});

test("a pattern is refused whether there is something to try it on or not", async () => {
	const stranger = await makeUser(app.services);
	const list = `query ($id: String!, $filters: JSONString) { entity(name: $id) { artifactMemberships(filters: $filters) { totalCount } } }`;
	const filters = JSON.stringify({ "metadata.a": { $regex: "a{2000}" } });
	const refused = await app.gql(stranger, list, { id: stranger.user.username, filters });
	expect(refused).toMatchObject({ status: 200, errors: [{ message: expect.stringContaining("not a valid regular") }] });
});

describe("a search by a part of a name", () => {
	const search = `query ($query: String!, $first: Int) { search(query: $query, first: $first) { rank matched
		project { name } collection { name project { name } } membership { versionIndex artifactCollection { name } } run { name } } }`;
	async function find(query: string, user: MadeUser = at.ann, first?: number) {
		const { data, errors } = await app.gql(user, search, { query, first });
		expect(errors).toEqual([]);
		return data.search;
	}

	test("finds what is called so first, then what begins so, then what holds it", async () => {
		expect(await find("LION")).toMatchObject([
			{ rank: "exact", collection: { name: "lion" } },
			{ rank: "prefix", collection: { name: "Lions" }, run: null },
			{ rank: "substring", collection: { name: "hidden-lions" } },
		]);
		expect(await find("lion", at.ann, 1)).toHaveLength(1);
	});

	test("looks into descriptions, aliases and tags", async () => {
		expect(await find("all of")).toMatchObject([{ rank: "prefix", project: { name: "wandb-registry-animals" } }]);
		expect(await find("hurt")).toMatchObject(
			["lion", "Lions", "hidden-lions"].map(() => ({ membership: { versionIndex: 1 }, matched: "hurt" })),
		);
		expect(await find("prod")).toMatchObject(["Lions", "hidden-lions"].map(() => ({ matched: "prod", rank: "exact" })));
	});

	test("finds nothing that the viewer may not see, by the same queries", async () => {
		expect(await find("hidden", reader)).toEqual([]);
		expect(await find("lion", reader)).toMatchObject([{ collection: { name: "Lions" } }]);
		expect(await find("secret", reader)).toEqual([]);
		const queries = async (text: string) => await app.queriesOf(() => find(text, reader));
		await queries("warm");
		expect(await queries("hidden")).toEqual(await queries("never was"));
	});

	test("takes letters that mean something in a pattern as they are", async () => {
		for (const text of ["%", "_", "\\", "", "  ", "a\u0000%b"]) expect(await find(text)).toEqual([]);
	});

	test("answers without the extension for it, too", async () => {
		const { rows } = await sql<{
			name: string;
		}>`select indexname as name from pg_indexes where indexname like '%_trgm'`.execute(app.services.db);
		expect(rows).toHaveLength(5);
		await sql`drop extension pg_trgm cascade`.execute(app.services.db);
		expect(await find("lion")).toHaveLength(3);
		expect(await names("collections", { filters: { name: { $regex: "lion" } } })).toEqual(["secret/hidden-lions"]);
	});
});
