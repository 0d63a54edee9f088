import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";

const packages = join(import.meta.dirname, "../..");
const schema = buildSchema(readFileSync(join(packages, "../schema.graphql"), "utf8"));

/** The document templates of a source file, with fragments of other files put in where they are named. */
function readDocuments(file: string, fragments: Map<string, string>): Map<string, string> {
	const source = readFileSync(join(packages, file), "utf8");
	const templates = source.matchAll(/const (\w+) = \/\* GraphQL \*\/ `([^`]*)`/g);
	return new Map(
		[...templates].map(([, name = "", text = ""]) => [
			name,
			text.replace(/\$\{(\w+)\}/g, (_, fragment: string) => fragments.get(fragment) ?? ""),
		]),
	);
}

const files = globSync("{web,sdk}/src/**/*.ts", { cwd: packages }).filter((file) => !file.endsWith(".test.ts"));
const fragments = new Map(
	files
		.flatMap((file) => [...readDocuments(file, new Map())])
		.filter(([, text]) => text.trimStart().startsWith("fragment")),
);
const documents = files.flatMap((file) => [...readDocuments(file, fragments)]).filter(([name]) => !fragments.has(name));

test("there are documents to check", () => {
	expect(documents.length).toBeGreaterThan(0);
});

test.each(documents)("%s is valid against the server's schema", (_, text) => {
	expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
});
