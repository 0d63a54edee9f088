import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const assets = resolve(import.meta.dirname, "../../../dist/assets");
const files = readdirSync(assets);

function fileOf(name: string): string {
	const found = files.find((file) => file.startsWith(`${name}-`) && file.endsWith(".js"));
	if (found === undefined) throw new Error(`there is no ${name} in ${assets}: build the app`);
	return found;
}

/** A file and all that it cannot run without. */
function closureOf(...starts: string[]): Set<string> {
	const met = new Set(starts);
	for (const file of met) {
		const code = readFileSync(join(assets, file), "utf8");
		for (const [, imported = ""] of code.matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g)) met.add(imported);
	}
	return met;
}

const packed = (file: string) => gzipSync(readFileSync(join(assets, file))).length;

test("the lineage graph fetches 20 kB at most beside what its page has, and its worker 6 kB", () => {
	const there = closureOf(fileOf("index"), fileOf("VersionView"));
	const own = [...closureOf(fileOf("LineageView"))].filter((file) => !there.has(file));
	expect(own.reduce((sum, file) => sum + packed(file), 0)).toBeLessThanOrEqual(20_000);
	expect(packed(fileOf("layout.worker"))).toBeLessThanOrEqual(6_000);
});

test("what only some readers open is not in it", () => {
	const own = closureOf(fileOf("LineageView"));
	for (const part of ["SidePanel", "LineageList", "ImpactList", "ComparisonPanel", "export-picture"])
		expect(own).not.toContain(fileOf(part));
});
