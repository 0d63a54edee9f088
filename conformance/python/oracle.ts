import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Door } from "../server.ts";
import { expectSuccess, newClient, reported } from "./run-script.ts";

const script = readFileSync(join(import.meta.dirname, "oracle", "ask.py"), "utf8");

/** `["artifact", name]`, `["files", name]`, `["run", path]`, `["history", path]`, `["runs", project]` or `["versions", type, collection]`. */
export type Question = readonly ["artifact" | "files" | "history" | "run" | "runs" | "versions", string, ...string[]];

/** Asks the server through the newest client's public API, in a process and a cache of its own; answers in order. */
export async function ask(door: Door, ...questions: Question[]): Promise<unknown[]> {
	const result = await newClient("0.31.0", door).script(script, { env: { QUESTIONS: JSON.stringify(questions) } });
	expectSuccess(result);
	const answers = reported(result);
	if (!Array.isArray(answers)) throw new Error(result.output);
	return answers;
}

export function sha256(content: string | Uint8Array): string {
	return createHash("sha256").update(content).digest("hex");
}
