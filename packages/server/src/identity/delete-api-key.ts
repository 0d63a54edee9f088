import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { deleteApiKeyRow } from "./identity-store.ts";
import { requireUser } from "./require-user.ts";

/** Takes a key of the signed-in user away; requests with it fail from now on. */
export async function deleteApiKey(ctx: Ctx, input: { readonly id: string }): Promise<void> {
	const { userId } = requireUser(ctx);
	if (!(await deleteApiKeyRow(ctx, userId, input.id))) {
		throw new DomainError("NOT_FOUND", `you have no API key of this id. Your keys: ${ctx.baseUrl}/settings`);
	}
}
