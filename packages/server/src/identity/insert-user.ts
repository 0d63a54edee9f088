import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { insertUserRow, type UserRow } from "./identity-store.ts";

export type NewUser = {
	readonly username: string;
	readonly email: string;
	readonly name: string;
	readonly instanceAdmin: boolean;
	/** The entity that runs go to when none is named; made by the caller in the same transaction. */
	readonly defaultEntityId: string;
	/** Of a service account: what it belongs to. Null: a person. */
	readonly serviceOf?: string | null;
	/** From `hashPassword`; null: no sign-in with a password. */
	readonly passwordHash: string | null;
};

/** Makes a user inside the caller's transaction, who also gives him his personal entity. */
export async function insertUser(ctx: Ctx, input: NewUser): Promise<UserRow> {
	const user: UserRow = {
		id: ctx.ids.uuid(),
		username: input.username,
		email: input.email,
		name: input.name,
		instanceAdmin: input.instanceAdmin,
		defaultEntityId: input.defaultEntityId,
		createdAt: ctx.clock(),
		deactivatedAt: null,
		serviceOf: input.serviceOf ?? null,
	};
	if (!(await insertUserRow(ctx, { ...user, passwordHash: input.passwordHash }))) {
		throw new DomainError("CONFLICT", `the name "${input.username}" is taken: choose another one`);
	}
	await emit(ctx, { type: "user.created", userId: user.id, username: user.username });
	return user;
}
