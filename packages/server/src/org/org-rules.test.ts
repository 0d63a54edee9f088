import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	checkEmail,
	checkName,
	isUsableName,
	localPart,
	orgEntityNames,
	parseOrgRole,
	usernameCandidates,
} from "./org-rules.ts";

describe("names", () => {
	test.each(["a", "Ada_Lovelace-2", "x".repeat(64)])("%s can be used", (name) => {
		expect(() => checkName(name, "user")).not.toThrow();
	});

	test.each(["", "a b", "a/b", "é", "a.b", "x".repeat(65), "a\n"])("%j cannot", (name) => {
		expect(() => checkName(name, "team")).toThrow(/letters, digits/);
	});

	test.each(["api", "API", "artifactsV2", "registry", "Settings"])("%s is reserved", (name) => {
		expect(() => checkName(name, "organisation")).toThrow(/reserved/);
	});
});

describe("usernameCandidates", () => {
	const some = (email: string) => usernameCandidates(localPart(email), { first: 1, count: 3 });

	test("are the local part, then numbered from 2", () => {
		expect(some("ada@example.org")).toEqual(["ada", "ada-2", "ada-3"]);
		expect(some("ada.lovelace+x@example.org")[0]).toBe("ada-lovelace-x");
		expect(some("é@example.org")[0]).toBe("user");
		expect(usernameCandidates("ada", { first: 4, count: 1 })).toEqual(["ada-4"]);
	});

	test("leave out reserved names", () => {
		expect(some("api@example.org")).toEqual(["api-2", "api-3"]);
	});

	test("can all be used, whatever the text", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 100_000 }), (local, first) => {
				const names = usernameCandidates(local, { first, count: 2 });
				expect(names.length).toBeGreaterThan(0);
				expect(names.every(isUsableName)).toBe(true);
			}),
		);
	});
});

test("an org entity is named after its organisation, or that with -org", () => {
	expect(orgEntityNames("acme")).toEqual(["acme", "acme-org"]);
	expect(orgEntityNames("x".repeat(62))).toEqual(["x".repeat(62)]);
});

test("addresses have something on both sides of one @", () => {
	expect(() => checkEmail("ada@localhost")).not.toThrow();
	for (const email of ["", "ada", "@x", "ada@", "a b@x", "a@b@c", "a\u0000@x", `${"x".repeat(320)}@y`]) {
		expect(() => checkEmail(email)).toThrow(/no e-mail address/);
	}
});

test("roles are admin, member and viewer", () => {
	expect(parseOrgRole("Admin")).toBe("admin");
	expect(() => parseOrgRole("owner")).toThrow(/admin, member or viewer/);
});
