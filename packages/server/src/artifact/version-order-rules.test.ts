import { describe, expect, test } from "vitest";
import { checkVersionFilter, parseVersionOrder } from "./version-order-rules.ts";

test.each([
	[null, "version", "desc"],
	[" ", "version", "desc"],
	["+created_at", "created", "asc"],
	["createdAt", "created", "asc"],
	["-versionIndex", "version", "desc"],
	["-updated_at", "updated", "desc"],
	["+size", "size", "asc"],
])("the order %j", (text, by, direction) => {
	expect(parseVersionOrder(text)).toEqual({ by, direction });
});

test("an order that nothing has is refused with those there are", () => {
	expect(() => parseVersionOrder("-metadata.loss")).toThrow(/"-metadata.loss": use version, created_at/);
});

describe("a filter", () => {
	test.each([null, "", "null", "{}", '{"state":"COMMITTED"}'])("%j lists what there is", (text) => {
		expect(() => checkVersionFilter(text)).not.toThrow();
	});

	test.each(['{"state":"PENDING"}', '{"alias":"best"}', '{"state":"COMMITTED","tag":"a"}', "[1]"])(
		"%j is refused, not passed over",
		(text) => {
			expect(() => checkVersionFilter(text)).toThrow(/filter by {"state": "COMMITTED"} or by nothing/);
		},
	);
});
