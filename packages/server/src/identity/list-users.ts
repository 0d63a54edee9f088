import { z } from "zod";
import type { Ctx } from "../context.ts";
import { onlyPage, type Page, type PageWanted, parseCursor } from "../db/page.ts";
import { searchUsers } from "./identity-reader.ts";
import type { UserRow } from "./identity-store.ts";
import { requireUser } from "./require-user.ts";

/** Users whom the caller may know of; with `query` only those whose name or address it is. */
export async function listUsers(
	ctx: Ctx,
	input: PageWanted & { readonly query: string | null },
): Promise<Page<UserRow>> {
	const actor = ctx.actor.kind === "system" ? ctx.actor : requireUser(ctx);
	const text = input.query === null || input.query === "" ? null : input.query;
	if (text?.includes("\u0000")) return onlyPage<UserRow>([]);
	const after = input.after ? parseCursor(input.after, z.tuple([z.string(), z.uuid()])) : null;
	return await searchUsers(ctx.db, actor, { text, limit: input.limit, after });
}
