import { buildSchema } from "graphql";
import { expect, it } from "vitest";
import { createDocumentCache } from "./document-cache.ts";
import { defaultGraphqlLimits } from "./graphql-limits.ts";

const schema = buildSchema("type Query { a: Int }");

function open(bounds: { entries: number; characters: number }) {
	return createDocumentCache(schema, defaultGraphqlLimits, bounds);
}

it("gives the same document for the same text", () => {
	const cache = open({ entries: 10, characters: 1000 });
	expect(cache.prepare("{ a }").document).toBe(cache.prepare("{ a }").document);
	expect(cache.size).toBe(1);
});

it("drops what was used longest ago", () => {
	const cache = open({ entries: 2, characters: 1000 });
	const first = cache.prepare("query A { a }");
	cache.prepare("query B { a }");
	cache.prepare("query A { a }");
	cache.prepare("query C { a }");
	expect(cache.size).toBe(2);
	expect(cache.prepare("query A { a }")).toBe(first);
});

it("is bounded by the length of the texts", () => {
	const cache = open({ entries: 100, characters: 100 });
	for (let index = 0; index < 50; index++) cache.prepare(`query Name${index} { a }`);
	expect(cache.size).toBeLessThan(7);
	expect(cache.size).toBeGreaterThan(3);
});

it("keeps nothing that was refused", () => {
	const cache = open({ entries: 10, characters: 1000 });
	expect(cache.prepare("{ b }").errors?.[0]?.message).toContain('Cannot query field "b"');
	expect(() => cache.prepare("{")).toThrow("cannot be read");
	expect(cache.size).toBe(0);
});
