import { describe, expect, test } from "vitest";
import { parseOrder } from "../filter/field-rules.ts";
import { everything, isEverything } from "../filter/filter-rules.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { parseCollectionFilter, parseVersionFilter, versionOrders } from "./artifact-filter-rules.ts";

test.each([
	["+created_at", "created", "asc"],
	["createdAt", "created", "asc"],
	["-versionIndex", "version", "desc"],
	["-updated_at", "updated", "desc"],
	["-artifact_size", "size", "desc"],
	["+acm_created_at", "linked", "asc"],
])("the order %j", (text, by, direction) => {
	expect(parseOrder(text, versionOrders)).toEqual({ by, direction });
});

test("an order that nothing has is refused with those there are", () => {
	expect(() => parseOrder("-metadata.loss", versionOrders)).toThrow(/"-metadata.loss": use one of version/);
});

describe("a filter of versions", () => {
	test.each([null, "", "null", "{}", '{"state":"COMMITTED"}', '{"$and":[{"state":{"$eq":"COMMITTED"}}]}'])(
		"%j lists what there is",
		(text) => {
			expect(isEverything(parseVersionFilter(text))).toBe(true);
		},
	);

	test("by a state that no listed version has leaves none, and is not passed over", () => {
		expect(isEverything(parseVersionFilter('{"state":"PENDING"}'))).toBe(false);
		expect(parseVersionFilter('{"$not":{"state":"COMMITTED"}}')).not.toEqual(everything);
	});

	test("takes a number as the client shows it, and an id as it was given out", () => {
		const id = "01234567-89ab-cdef-0123-456789abcdef";
		for (const version of [3, "3", "v3"]) {
			expect(parseVersionFilter(JSON.stringify({ version }))).toMatchObject({ value: 3 });
		}
		expect(parseVersionFilter(JSON.stringify({ id: toNodeId("Artifact", id) }))).toMatchObject({ value: id });
		expect(parseVersionFilter(JSON.stringify({ id: toNodeId("Run", id) }))).toEqual({ kind: "any", of: [] });
	});
});

test("an unknown field is refused with those there are", () => {
	expect(() => parseCollectionFilter('{"colour": 1}')).toThrow(/Collections have no field "colour"; there are name, /);
	expect(() => parseVersionFilter('{"name": 1}')).toThrow(
		/Versions have no field "name"; there are version, .*metadata.KEY/,
	);
});
