import type { Ctx } from "../context.ts";
import { insertUser, type NewUser, type UserRow } from "../identity/index.ts";
import { nameTaken } from "./org-rules.ts";
import { insertEntityRow } from "./org-store.ts";

/** Makes a user and his personal entity of the same name, inside the caller's transaction. */
export async function insertPersonalUser(
	ctx: Ctx,
	input: Omit<NewUser, "defaultEntityId"> & {
		/** Default: the personal entity. */
		readonly defaultEntityId?: string;
	},
): Promise<UserRow> {
	const entityId = ctx.ids.uuid();
	const user = await insertUser(ctx, { ...input, defaultEntityId: input.defaultEntityId ?? entityId });
	const inserted = await insertEntityRow(ctx.db, {
		id: entityId,
		name: user.username,
		kind: "user",
		userId: user.id,
		organizationId: null,
		createdAt: user.createdAt,
	});
	if (!inserted) throw nameTaken(user.username);
	return user;
}
