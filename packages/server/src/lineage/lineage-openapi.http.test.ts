import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { logVersion, makeRun, nodeIdOf } from "../testing/artifact-factories.ts";
import type { MadeUser } from "../testing/factories.ts";
import { openapiFaults, type Schema } from "../testing/openapi-faults.ts";
import { startWorkplace } from "../testing/test-app.ts";
import { loadGraph } from "./load-graph.ts";

// Every answer and every error is what the served description says, and nothing more.

const { app, at } = await startWorkplace();
const ids = { data: "", other: "", run: "", key: "" };

const schema = z.custom<Schema>((value) => typeof value === "object" && value !== null);
const reply = z.object({ content: z.record(z.string(), z.object({ schema: schema.optional() })).default({}) });
const route = z.object({
	parameters: z.array(z.object({ name: z.string(), in: z.string(), required: z.boolean() })),
	responses: z.record(z.string(), reply),
});
const description = z.object({
	openapi: z.literal("3.1.0"),
	paths: z.record(z.string(), z.object({ get: route })),
	components: z.object({ schemas: z.record(z.string(), schema) }),
});
let api: z.infer<typeof description>;

beforeAll(async () => {
	api = description.parse(await (await app.send(null, "/api/lineage/openapi.json")).json());
	const log = async (collectionName: string, runName: string, content: string) => {
		const run = await makeRun(at.ann, at.project, runName);
		const metadata = JSON.stringify({ accuracy: 0.5 });
		const wanted = {
			by: at.ann,
			project: at.project,
			collectionName,
			files: { content },
			aliases: ["best"],
		};
		return { run, version: await logVersion({ ...wanted, run, metadata }) };
	};
	const { run, version } = await log("data", "maker", "data");
	for (let n = 0; n < 6; n++) await log("more", "maker", `more ${n}`);
	const { version: other } = await log("other", "another", "data");
	Object.assign(ids, { data: nodeIdOf(version), other: nodeIdOf(other), run: run.id });
	// Loaded meanwhile, a graph would answer the second of two questions from elsewhere.
	await loadGraph(await at.ann.ctx(), at.org.id);
	const around = await app.send(at.ann, `/api/lineage/run/${run.id}?group=sweep`);
	const [group] = z.object({ groups: z.array(z.object({ key: z.string() })) }).parse(await around.json()).groups;
	ids.key = group?.key ?? "";
});

/** Addresses of each route, with every parameter that it has. */
const asked: ReadonlyArray<readonly [string, () => readonly string[]]> = [
	[
		"/api/lineage/{kind}/{id}",
		() => [
			`artifact/${encodeURIComponent(ids.data)}`,
			`run/${ids.run}?up=all&down=2&cap=50&capUp=3&capDown=4&group=sweep&budget=5&open=${"0".repeat(16)}`,
			`run/${ids.run}?scope=component&extra=artifact:${ids.data}&detail=ids`,
		],
	],
	[
		"/api/lineage/{kind}/{id}/impact",
		() => [`run/${ids.run}/impact?hops=all&kind=artifact&first=2`, `run/${ids.run}/impact`],
	],
	[
		"/api/lineage/groups/{key}/members",
		() => [
			`groups/${ids.key}/members?q=more&sort=metric&metric=accuracy&order=asc&first=2`,
			`groups/${ids.key}/members`,
		],
	],
	["/api/lineage/search", () => [`search?of=run:${ids.run}&q=best&scope=descendants&first=3`]],
	[
		"/api/lineage/path",
		() => [
			`path?from=run:${ids.run}&to=artifact:${ids.data}&cap=9`,
			`path?to=run:${ids.run}&from=artifact:${ids.data}`,
		],
	],
	["/api/lineage/compare", () => [`compare?a=artifact:${ids.data}&b=artifact:${ids.other}&cap=9`]],
	[
		"/api/lineage/export",
		() => ["ndjson", "csv", "dot"].map((format) => `export?of=run:${ids.run}&scope=component&format=${format}`),
	],
];

/** Asks, and holds the answer to what the route's description says of one with this status. */
async function askDescribed(path: string, address: string, { user = at.ann, headers = {} }: Asking = {}) {
	const response = await app.send(user, `/api/lineage/${address}`, { headers });
	const body = await response.text();
	const { parameters = [], responses = {} } = api.paths[path]?.get ?? {};
	const given = [...new URL(address, app.baseUrl).searchParams.keys()];
	expect(parameters.filter((each) => each.in === "query").map(({ name }) => name)).toEqual(
		expect.arrayContaining(given),
	);
	const described = responses[response.status];
	if (described === undefined) throw new Error(`${path}: ${response.status} is not described`);
	const [type = ""] = (response.headers.get("content-type") ?? "").split(";");
	expect(Object.keys(described.content)).toEqual(type === "" ? [] : expect.arrayContaining([type]));
	const wanted = described.content[type]?.schema;
	if (wanted !== undefined) expect(openapiFaults(api.components.schemas, wanted, JSON.parse(body))).toEqual([]);
	else if (type === "") expect(body).toBe("");
	return { status: response.status, body, etag: response.headers.get("etag") };
}
type Asking = { readonly user?: MadeUser | null; readonly headers?: Record<string, string> };

test("every route is asked, with each of its parameters", () => {
	expect(Object.keys(api.paths).toSorted()).toEqual(asked.map(([path]) => path).toSorted());
	for (const [path, addresses] of asked) {
		const given = addresses().flatMap((address) => [...new URL(address, app.baseUrl).searchParams.keys()]);
		const inQuery = (api.paths[path]?.get.parameters ?? []).filter((each) => each.in === "query");
		expect(given).toEqual(expect.arrayContaining(inQuery.map(({ name }) => name).filter((name) => name !== "after")));
	}
});

describe.each(asked)("%s", (path, addresses) => {
	test("answers as it is described", async () => {
		for (const address of addresses()) {
			const { status, body, etag } = await askDescribed(path, address);
			expect(status, address).toBe(200);
			if (etag !== null) {
				const again = await askDescribed(path, address, { headers: { "if-none-match": etag } });
				expect(again.status).toBe(304);
			}
			const cursor = /"endCursor":"([^"]+)"/.exec(body)?.[1];
			if (cursor !== undefined) expect((await askDescribed(path, `${address}&after=${cursor}`)).status).toBe(200);
		}
	});

	test("refuses as it is described", async () => {
		const [address = ""] = addresses();
		expect((await askDescribed(path, address, { user: null })).status).toBe(401);
		const never = app.services.ids.uuid();
		const unknown = address
			.replace(encodeURIComponent(ids.data), never)
			.replaceAll(ids.data, never)
			.replace(ids.run, never);
		const wrong = address.includes("?") ? address.replace(/=[^&]*/, "=nonsense") : `${address}?up=nonsense`;
		if (path.includes("{key}")) {
			expect((await askDescribed(path, "groups/nonsense/members")).status).toBe(400);
			return;
		}
		expect((await askDescribed(path, unknown)).status).toBe(404);
		expect((await askDescribed(path, wrong)).status).toBe(400);
	});
});

test("an export's lines hold nodes as they are described", async () => {
	const { body } = await askDescribed("/api/lineage/export", `export?of=run:${ids.run}`);
	const nodes = body
		.split("\n")
		.flatMap((line) => (line.startsWith('{"node"') ? [z.record(z.string(), z.unknown()).parse(JSON.parse(line))] : []));
	const described = { $ref: "#/components/schemas/Node" };
	expect(nodes.flatMap(({ node, ...rest }) => openapiFaults(api.components.schemas, described, rest))).toEqual([]);
	expect(nodes).toHaveLength(8);
});
