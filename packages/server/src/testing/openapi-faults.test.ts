import { expect, test } from "vitest";
import { openapiFaults } from "./openapi-faults.ts";

const schemas = {
	Named: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
	Counted: {
		allOf: [
			{ $ref: "#/components/schemas/Named" },
			{
				type: "object",
				properties: {
					parts: { type: "array", items: { type: "integer", minimum: 0 }, maxItems: 2 },
					at: { type: ["string", "null"], format: "date-time" },
				},
				required: ["parts"],
			},
		],
	},
};
const faultsOf = (value: unknown) => openapiFaults(schemas, { $ref: "#/components/schemas/Counted" }, value);

test("what is wrong, missing or not described is a fault, each under its place", () => {
	expect(faultsOf({ name: "n", parts: [0, 1], at: "2026-01-01T00:00:00.000Z" })).toEqual([]);
	expect(faultsOf({ name: "n", parts: [], at: null })).toEqual([]);
	expect(faultsOf({ name: "n", parts: [], more: 1 })).toEqual(["$.more is not described"]);
	expect(faultsOf({ parts: [] })).toEqual(["$.name is missing"]);
	expect(faultsOf({ name: 1, parts: [0.5, -1] })).toEqual([
		...["$.name is 1, not string", "$.parts[0] is 0.5, not integer", "$.parts[1] is -1, not at least 0"],
	]);
	expect(faultsOf({ name: "n", parts: [1, 2, 3], at: "today" })).toEqual([
		...["$.parts is [1,2,3], not of 0 to 2 parts", '$.at is "today", not a date-time'],
	]);
	expect(faultsOf([])).toEqual([
		"$ is [], not object",
		"$.name is missing",
		"$ is [], not object",
		"$.parts is missing",
	]);
	expect(() => openapiFaults(schemas, { type: "string", pattern: "x" }, "x")).toThrow("pattern");
});
