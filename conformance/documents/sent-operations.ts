import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect } from "vitest";

/*
 * Which operations the real client sends in which test: recorded by a run of the tests, kept in the folder `sent`, one file
 * a test with a name a line, and read by `coverage.ts`. A run records nothing unless KEIFU_RECORD_OPERATIONS=true.
 */

const folder = join(import.meta.dirname, "sent");
const clientTests = "/conformance/python/";
/** Operations that the tests sent themselves, by address and name. */
const ownOperations = new Map<string, number>();

function isRecording(): boolean {
	return process.env.KEIFU_RECORD_OPERATIONS === "true" && expect.getState().testPath?.includes(clientTests) === true;
}

/** Remembers a document that a test sends itself, which is no proof of what the client does. */
export function noteOwnOperation(url: string, query: string): void {
	const name = /^\s*(?:query|mutation)\s+(\w+)/.exec(query)?.[1];
	if (name === undefined) return;
	const key = `${url} ${name}`;
	ownOperations.set(key, (ownOperations.get(key) ?? 0) + 1);
}

/** Writes down what the clients of this test have sent to the server; a test with several servers adds to the list. */
export async function recordOperations(url: string): Promise<void> {
	if (!isRecording()) return;
	const file = join(folder, `${basename(expect.getState().testPath ?? "", ".test.ts")}.txt`);
	const metrics = await (await fetch(`${url}/metrics`)).text();
	const counts = new Map<string, number>();
	for (const [, name = "", count] of metrics.matchAll(
		/^keifu_graphql_operations_total\{operation="(\w+)",status="200"\} (\d+)$/gm,
	)) {
		counts.set(name, Number(count) - (ownOperations.get(`${url} ${name}`) ?? 0));
	}
	const sent = [...counts].filter(([name, count]) => count > 0 && name !== "anonymous" && name !== "unknown");
	mkdirSync(folder, { recursive: true });
	const names = [...new Set([...readSent(file), ...sent.map(([name]) => name)])].sort();
	writeFileSync(file, names.map((name) => `${name}\n`).join(""));
}

function readSent(file: string): string[] {
	try {
		return readFileSync(file, "utf8").split("\n").filter(Boolean);
	} catch {
		return [];
	}
}
