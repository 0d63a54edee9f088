import fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DomainError, type ErrorCode } from "../errors.ts";
import { buildSchema } from "../graphql/build-schema.ts";
import { assertSameOrigin } from "./base-url.ts";
import { addBodyParsers } from "./body-parsers.ts";
import { sendError } from "./error-reply.ts";
import { graphqlRoute } from "./graphql-route.ts";

const sdl = `
	scalar JSON
	type Query { hello(name: String): String, refused(code: String): String, bug: String, node: Node, list(specs: [String!]!): Int, info: ServerInfo }
	type Node { id: Int, node: Node, child: Node, secret: String, missing: String, needed: String! }
	type ServerInfo { a: Int }
	type Mutation { set(value: JSON): JSON }`;

const codes: readonly ErrorCode[] = [
	"UNAUTHENTICATED",
	"FORBIDDEN",
	"NOT_FOUND",
	"GONE",
	"CONFLICT",
	"TOO_LARGE",
	"NOT_IMPLEMENTED",
	"UNAVAILABLE",
];

function refuse(_parent: unknown, { code }: { code: string }): never {
	throw new DomainError(codes.find((known) => known === code) ?? "INVALID_INPUT", `refused: ${code}`);
}

const schema = buildSchema({
	sdl,
	resolvers: [
		{
			Query: {
				hello: (_parent: unknown, { name }: { name?: string }) => `hello ${name ?? "you"}`,
				refused: refuse,
				bug: () => {
					throw new TypeError("x is not a function");
				},
				node: () => ({ id: 1 }),
				list: (_parent: unknown, { specs }: { specs: string[] }) => specs.length,
			},
			Mutation: { set: (_parent: unknown, { value }: { value: unknown }) => value },
			Node: {
				child: () => ({ id: 2 }),
				secret: () => {
					throw new DomainError("FORBIDDEN", "not yours");
				},
				missing: () => {
					throw new DomainError("NOT_FOUND", "not there");
				},
				needed: () => null,
			},
		},
	],
});

let app: FastifyInstance;
let operations: Array<{ name: string; status: number }>;

beforeEach(() => {
	operations = [];
	app = fastify();
	app.setErrorHandler((error, request, reply) => sendError(error, request, reply));
	addBodyParsers(app);
	graphqlRoute(app, {
		schema,
		makeContext: async (request) => {
			if (request.headers.authorization === "Basic wrong") throw new DomainError("UNAUTHENTICATED", "no such key");
			if (request.headers.cookie !== undefined) assertSameOrigin(request, "http://keifu.test");
			return {};
		},
		onOperation: ({ name, status }) => operations.push({ name, status }),
	});
});

afterEach(async () => {
	await app.close();
});

async function post(payload: object | string, headers: Record<string, string> = {}) {
	const response = await app.inject({
		method: "POST",
		url: "/graphql",
		headers: { "content-type": "application/json", ...headers },
		payload,
	});
	return { status: response.statusCode, body: response.json(), headers: response.headers };
}

describe("what is answered", () => {
	it("answers a query, with null for no variables", async () => {
		const { status, body, headers } = await post({ query: "query Q { hello }", variables: null, operationName: "Q" });
		expect({ status, body }).toEqual({ status: 200, body: { data: { hello: "hello you" } } });
		expect(headers["content-length"]).toBe(String(JSON.stringify(body).length));
		expect(operations).toEqual([{ name: "Q", status: 200 }]);
	});

	it("ignores variables that the document does not declare, and an empty operation name", async () => {
		const query = "query ($name: String) { hello(name: $name) }";
		const { body } = await post({ query, variables: { name: "Ada", other: 1 }, operationName: "" });
		expect(body).toEqual({ data: { hello: "hello Ada" } });
	});

	it("takes one value where a list is declared", async () => {
		const query = "query ($specs: [String!]!) { list(specs: $specs) }";
		expect((await post({ query, variables: { specs: "{}" } })).body).toEqual({ data: { list: 1 } });
	});

	it("takes bare NaN in variables", async () => {
		const payload = '{"query": "mutation ($v: JSON) { set(value: $v) }", "variables": {"v": {"loss": NaN}}}';
		expect((await post(payload)).body).toEqual({ data: { set: { loss: "NaN" } } });
	});

	it("answers introspection, which old clients probe with", async () => {
		const { body } = await post({ query: '{ t: __type(name: "Node") { fields { name } } }' });
		expect(body.data.t.fields).toContainEqual({ name: "secret" });
	});

	it("runs the same text again from the cache, also with other variables", async () => {
		const query = "query ($name: String) { hello(name: $name) }";
		await post({ query, variables: { name: "a" } });
		expect((await post({ query, variables: { name: "b" } })).body).toEqual({ data: { hello: "hello b" } });
	});
});

describe("which status a refusal has", () => {
	it("answers 200 to a document that does not fit the schema", async () => {
		const { status, body } = await post({ query: "{ info { features } }" });
		expect(status).toBe(200);
		expect(body.errors[0].message).toContain('Cannot query field "features" on type "ServerInfo".');
		expect(body).not.toHaveProperty("data");
	});

	it("answers 200 to variables that do not fit the document", async () => {
		const { status, body } = await post({
			query: "query ($specs: [String!]!) { list(specs: $specs) }",
			variables: { specs: [5] },
		});
		expect(status).toBe(200);
		expect(body.errors[0].message).toContain("$specs");
	});

	it.each([
		["UNAUTHENTICATED", 401],
		["FORBIDDEN", 403],
		["NOT_FOUND", 404],
		["GONE", 200],
		["CONFLICT", 200],
		["TOO_LARGE", 200],
		["NOT_IMPLEMENTED", 200],
		["UNAVAILABLE", 503],
	])("answers %s with %d when nothing else was found", async (code, expected) => {
		const { status, body, headers } = await post({ query: `{ refused(code: "${code}") }` });
		expect(status).toBe(expected);
		expect(body).toMatchObject({
			data: { refused: null },
			errors: [{ message: `refused: ${code}`, path: ["refused"], extensions: { code } }],
		});
		expect(headers["retry-after"] === undefined).toBe(expected !== 503);
	});

	it("answers 200 when part of the data was found", async () => {
		const both = await post({ query: '{ hello refused(code: "NOT_FOUND") }' });
		expect(both).toMatchObject({ status: 200, body: { data: { hello: "hello you", refused: null } } });
		const nested = await post({ query: "{ node { id secret } }" });
		expect(nested).toMatchObject({ status: 200, body: { data: { node: { id: 1, secret: null } } } });
		expect(nested.body.errors[0]).toMatchObject({ path: ["node", "secret"], extensions: { code: "FORBIDDEN" } });
	});

	it("answers with the status of a refusal that leaves nothing of what was found", async () => {
		const missing = await post({ query: "{ node { missing } }" });
		expect(missing).toMatchObject({ status: 404, body: { data: { node: { missing: null } } } });
		expect((await post({ query: "{ node { secret } }" })).status).toBe(403);
		expect((await post({ query: "{ node { id missing } }" })).status).toBe(200);
	});

	it("shows of a fault of ours nothing but an id", async () => {
		const { status, body } = await post({ query: "{ bug }" });
		expect(status).toBe(500);
		expect(body.errors[0].message).toMatch(/^internal error, id \S+:/);
		expect(JSON.stringify(body)).not.toContain("not a function");
		expect((await post({ query: "{ node { needed } }" })).status).toBe(500);
	});

	it("refuses a caller that makeContext does not let in", async () => {
		const { status, body } = await post({ query: "{ hello }" }, { authorization: "Basic wrong" });
		expect(status).toBe(401);
		expect(body).toEqual({ errors: [{ message: "no such key", extensions: { code: "UNAUTHENTICATED" } }] });
	});

	it.each([
		["{ hello", "cannot be read"],
		["", "expected a JSON object"],
		["query A { hello } fragment A on Query { ...A }", "contains itself"],
	])("answers 400 to the query %j", async (query, text) => {
		const { status, body } = await post({ query });
		expect(status).toBe(400);
		expect(body.errors[0].message).toContain(text);
	});

	it("answers 400 to what is no JSON, or no JSON of the right shape", async () => {
		for (const payload of ["{no", "[]", "5", '{"query": 5}', '{"query": "{hello}", "variables": []}']) {
			const { status, body } = await post(payload);
			expect([payload, status, typeof body.errors[0].message]).toEqual([payload, 400, "string"]);
		}
	});

	it("answers 400 to another content type, so that no form of another site gets in", async () => {
		const payload = '{"query": "{ hello }"}';
		expect((await post(payload, { "content-type": "text/plain" })).status).toBe(400);
	});
});

describe("limits", () => {
	const nested = (levels: number) => `{ node ${"{ child ".repeat(levels)} { id } ${"}".repeat(levels)} }`;
	const fragmentBomb = [
		"{ ...F0 }",
		...Array.from({ length: 20 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} x${i}: node { id } ...F${i + 1} }`),
		"fragment F20 on Query { hello }",
	].join("\n");

	it.each([
		["depth", nested(40), "levels"],
		["depth beyond the stack", nested(9_000), "400"],
		["aliases", `{ ${Array.from({ length: 150 }, (_, i) => `a${i}: node { b: id }`).join(" ")} }`, "aliases"],
		["root fields", `{ ${"hello ".repeat(5_000)} }`, "side by side"],
		["fields of one name", `{ ${`node { ${"node { id } ".repeat(190)} } `.repeat(20)} }`, "too often"],
		["fragments that multiply", fragmentBomb, "aliases"],
		["tokens", `{ list(specs: [${'"a" '.repeat(30_000)}]) }`, "tokens"],
		["length", `{ hello(name: "${"x".repeat(1_100_000)}") }`, "longer than"],
	])("refuses too many/much: %s", async (_what, query, text) => {
		const { status, body } = await post({ query });
		expect(status).toBe(400);
		if (text !== "400") expect(body.errors[0].message).toContain(text);
	});

	it("lets through what a client sends", async () => {
		expect((await post({ query: nested(20) })).status).toBe(200);
		const fields = Array.from({ length: 150 }, (_, i) => `a${i}: hello`).join(" ");
		expect((await post({ query: `{ ${fields} }` })).status).toBe(200);
	});
});

describe("a caller known by a cookie", () => {
	it.each([
		[{ origin: "http://keifu.test" }, 200],
		[{ "sec-fetch-site": "same-origin" }, 200],
		[{ origin: "http://evil.test" }, 403],
		[{ "sec-fetch-site": "cross-site" }, 403],
		[{ "sec-fetch-site": "same-site", origin: "http://keifu.test" }, 403],
		[{ origin: "null" }, 403],
		[{}, 403],
	])("with %o gets %d", async (headers, expected) => {
		expect((await post({ query: "{ hello }" }, { cookie: "session=1", ...headers })).status).toBe(expected);
	});
});
