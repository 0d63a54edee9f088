import type { Ctx } from "../context.ts";
import { hashSecret } from "./api-key-rules.ts";
import { deleteSession } from "./session-store.ts";

/** Ends a session; one that has ended already is none the worse. */
export async function logoutUser(ctx: Ctx, input: { readonly token: string }): Promise<void> {
	await deleteSession(ctx, hashSecret(input.token));
}
