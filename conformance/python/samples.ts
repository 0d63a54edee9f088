import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const examples = resolve(import.meta.dirname, "../../examples");

/** What a reader writes in place of the sample's own words. */
export type Fills = Readonly<Record<string, string>>;

/** A document's sample as printed, with the reader's values filled in. */
export function printed(id: string, fills: Fills = {}): string {
	return fill(id, readExample(`${id}.py`), fills);
}

/** A sample after its smallest repair, which is shown in the test's output. */
export function repaired(id: string, fills: Fills = {}): string {
	const diff = readExample(join("repairs", `${id}.diff`));
	console.log(diff);
	return fill(id, applyDiff(readExample(`${id}.py`), diff), fills);
}

function readExample(name: string): string {
	return readFileSync(join(examples, name), "utf8");
}

function fill(id: string, source: string, fills: Fills): string {
	let filled = source;
	for (const [placeholder, value] of Object.entries(fills)) {
		if (!filled.includes(placeholder)) throw new Error(`${id} does not say ${placeholder}`);
		filled = filled.replaceAll(placeholder, value);
	}
	const left = /<[a-z_-]+>/.exec(filled);
	if (left !== null) throw new Error(`${id}: ${left[0]} is not filled in`);
	return filled;
}

/** Applies a unified diff of one file; throws where the text is not what the diff says. */
export function applyDiff(source: string, diff: string): string {
	const before = source.split("\n");
	const after: string[] = [];
	let next = 0;
	for (const line of diff.split("\n").slice(2)) {
		const hunk = /^@@ -(\d+)/.exec(line);
		if (hunk !== null) {
			const start = Number(hunk[1]) - 1;
			after.push(...before.slice(next, start));
			next = start;
			continue;
		}
		const text = line.slice(1);
		if (line.startsWith("+")) {
			after.push(text);
			continue;
		}
		if (line === "") continue;
		if (before[next] !== text)
			throw new Error(`the diff expects "${text}" at line ${next + 1}, found "${before[next]}"`);
		next += 1;
		if (line.startsWith(" ")) after.push(text);
	}
	return [...after, ...before.slice(next)].join("\n");
}
