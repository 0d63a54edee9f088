import { expect, test } from "vitest";
import { splitVersion } from "./palette.queries.ts";
import { fits, grouped, markWords, type PaletteItem } from "./palette-items.ts";
import { collectionHref, placeHref, runHref } from "./places.ts";

const item = (group: PaletteItem["group"], href: string): PaletteItem => ({
	id: href,
	group,
	icon: "home",
	title: href,
	href,
});

test("what was typed is marked wherever it is, whatever the case", () => {
	const marked = (text: string, typed: string) =>
		markWords(text, typed)
			.map(({ text: piece, marked: is }) => (is ? `[${piece}]` : piece))
			.join("");
	expect(marked("Zoo-net zoo", "zoo")).toBe("[Zoo]-net [zoo]");
	expect(marked("net:v3", "net:v3")).toBe("[net]:[v3]");
	expect(marked("a.b (c)", ". (")).toBe("a[.]b [(]c)");
	expect(marked("zoo", "")).toBe("zoo");
});

test("every word must be there", () => {
	expect(fits({ title: "Registry", detail: "my-org" }, "org reg")).toBe(true);
	expect(fits({ title: "Registry" }, "reg x")).toBe(false);
});

test("groups stand in their order, an address once, and not too many", () => {
	const many = Array.from({ length: 9 }, (_, index) => item("runs", `/r${index}`));
	const result = grouped([...many, item("pages", "/"), item("recent", "/r1")]);
	expect(result.map(({ group, items }) => [group, items.length])).toEqual([
		["recent", 1],
		["runs", 6],
		["pages", 1],
	]);
});

test.each([
	["net", "net", undefined],
	["net:v3", "net", "v3"],
	["net:", "net:", undefined],
])("%s names %s and the version %s", (text, name, version) => {
	expect(splitVersion(text)).toEqual({ name, version });
});

test("addresses lead to projects, registries, and what is in them", () => {
	const project = { name: "zoo", entityName: "my-team", isRegistry: false, entity: { organization: null } };
	const registry = {
		name: "wandb-registry-model",
		entityName: "my-org",
		isRegistry: true,
		entity: { organization: { name: "My Org" } },
	};
	expect(placeHref(project)).toBe("/my-team/zoo");
	expect(placeHref(registry)).toBe("/orgs/My%20Org/registry/model");
	expect(runHref(project, "a b")).toBe("/my-team/zoo/runs/a%20b");
	expect(collectionHref(project, "model", "net", "v1")).toBe("/my-team/zoo/artifacts/model/net/v1");
	expect(collectionHref(registry, "model", "net", "v1")).toBe(
		"/orgs/My%20Org/registry/model?selectionPath=my-org%2Fwandb-registry-model%2Fnet&view=membership&version=v1",
	);
});
