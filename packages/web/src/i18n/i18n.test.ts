import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { en } from "./en/en.ts";
import { ja } from "./ja/ja.ts";

function flatten(value: unknown, path = ""): [string, string][] {
	if (typeof value === "string") return [[path, value]];
	if (typeof value !== "object" || value === null) throw new Error(`${path} is no text`);
	return Object.entries(value).flatMap(([key, item]) => flatten(item, path === "" ? key : `${path}.${key}`));
}

function placeholders(text: string): string[] {
	return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name).sort();
}

const english = new Map(flatten(en));
const japanese = new Map(flatten(ja));

test("both languages have the same texts, in the same order", () => {
	expect([...japanese.keys()]).toEqual([...english.keys()]);
});

test.each([...english])("%s has the same placeholders in both languages, and is empty in neither", (key, text) => {
	const other = japanese.get(key) ?? "";
	expect(placeholders(other)).toEqual(placeholders(text));
	expect([text.trim(), other.trim()]).not.toContain("");
});

test("no two files of a language begin with the same word: the later one would hide the other's texts", () => {
	const files = globSync("en/*.json", { cwd: import.meta.dirname });
	const words = files.flatMap((file) => Object.keys(JSON.parse(readFileSync(join(import.meta.dirname, file), "utf8"))));
	expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
});
