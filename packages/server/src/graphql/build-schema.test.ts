import { execute, parse, validateSchema } from "graphql";
import { expect, it } from "vitest";
import { buildSchema, readSdl, rootFieldsWithoutResolver } from "./build-schema.ts";
import { createServerInfoResolvers } from "./server-info-resolvers.ts";

const sdl = `
	type Query { animal: Animal }
	interface Animal { name: String }
	type Cat implements Animal { name: String }
	extend type Query { kind: Kind, other: Int }
	enum Kind { PENDING COMMITTED }`;

it("merges extensions and attaches resolvers", async () => {
	const schema = buildSchema({
		sdl,
		resolvers: [
			{ Query: { animal: () => ({ name: "Tama" }) }, Animal: { __resolveType: () => "Cat" } },
			{ Query: { kind: () => "COMMITTED" } },
		],
	});
	const result = await execute({ schema, document: parse("{ animal { __typename name } kind }") });
	expect(JSON.parse(JSON.stringify(result))).toEqual({
		data: { animal: { __typename: "Cat", name: "Tama" }, kind: "COMMITTED" },
	});
	expect(rootFieldsWithoutResolver(schema)).toEqual(["Query.other"]);
});

it.each([
	[{ Query: { nonsense: () => 1 } }, "Query.nonsense"],
	[{ Nonsense: { name: () => 1 } }, "Nonsense"],
	[{ Query: { kind: 5 } }, "Query.kind"],
	[{ Query: { __resolveType: () => "Cat" } }, "Query.__resolveType"],
])("refuses a resolver that belongs nowhere: %o", (map, text) => {
	expect(() => buildSchema({ sdl, resolvers: [map] })).toThrow(text);
});

it("refuses a scalar without implementation", () => {
	expect(() => buildSchema({ sdl: "type Query { a: Colour } scalar Colour", resolvers: [] })).toThrow("Colour");
});

it("builds the whole SDL of the server, and says what the server can do", async () => {
	const schema = buildSchema({ sdl: readSdl(), resolvers: [createServerInfoResolvers("1.2.3")] });
	expect(validateSchema(schema)).toEqual([]);
	const document = parse(
		"{ serverInfo { features { name isEnabled } cliVersionInfo latestLocalVersionInfo { outOfDate } } }",
	);
	const { data } = await execute({ schema, document });
	const info = JSON.parse(JSON.stringify(data)).serverInfo;
	expect(info.features).toContainEqual({ name: "LARGE_FILENAMES", isEnabled: true });
	expect(info.features).toContainEqual({ name: "EVAL_TABLES_CES", isEnabled: false });
	expect(info.cliVersionInfo).toEqual({ max_cli_version: "99.0.0", min_cli_version: "0.10.0" });
	expect(info.latestLocalVersionInfo).toEqual({ outOfDate: false });
});
