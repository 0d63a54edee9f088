import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Account } from "../account.ts";
import { expectSuccess, newClient, reported, type ScriptOptions } from "./run-script.ts";

/** The source of a script of `steps/`. */
export function stepSource(name: string): string {
	return readFileSync(join(import.meta.dirname, "steps", name), "utf8");
}

export interface StepOptions extends ScriptOptions {
	/** Further files that the script finds in its folder. */
	readonly files?: Readonly<Record<string, string>>;
}

/** Runs a script of `steps/` with one version of the real client, on a fresh machine; gives what it reports. */
export async function runStep(
	account: Account,
	version: string,
	name: string,
	{ files = {}, ...options }: StepOptions = {},
): Promise<unknown> {
	const client = newClient(version, account);
	for (const [path, content] of Object.entries(files)) client.write(path, content);
	const result = await client.script(stepSource(name), options);
	expectSuccess(result);
	return reported(result);
}
