import type { Ctx } from "../context.ts";
import { readSignedInUser, type SignedInUser } from "./identity-reader.ts";

/** Who is asking, as the web app wants to know it; null when nobody is signed in. */
export async function findSignedInUser(ctx: Ctx): Promise<SignedInUser | null> {
	return ctx.actor.kind === "user" ? await readSignedInUser(ctx.db, ctx.actor.userId) : null;
}
