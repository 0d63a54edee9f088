import { ensureVenvs } from "./setup.mjs";

/** Called by vitest once before the first test of this project. */
export async function setup(): Promise<void> {
	await ensureVenvs((line) => console.log(line));
}
