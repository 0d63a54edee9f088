import type { Ctx } from "../context.ts";
import { updateDefaultEntityId } from "./identity-store.ts";

/** Notes where a user's runs go when no entity is named. Whether he may use that entity is the caller's question. */
export async function setUserDefaultEntity(
	ctx: Ctx,
	input: { readonly userId: string; readonly entityId: string },
): Promise<void> {
	await updateDefaultEntityId(ctx, input.userId, input.entityId);
}
