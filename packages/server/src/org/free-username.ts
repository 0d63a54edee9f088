import type { Ctx } from "../context.ts";
import { readTakenKeys } from "./org-reader.ts";
import { nameKey, usernameCandidates } from "./org-rules.ts";

const candidatesAtOnce = 20;

/** A user name made of this text that nobody has, with a number where the plain one is taken. */
export async function freeUsername(ctx: Ctx, text: string): Promise<string> {
	for (let first = 1; ; first += candidatesAtOnce) {
		const candidates = usernameCandidates(text, { first, count: candidatesAtOnce });
		const taken = await readTakenKeys(ctx.db, candidates.map(nameKey));
		const free = candidates.find((name) => !taken.has(nameKey(name)));
		if (free !== undefined) return free;
	}
}
