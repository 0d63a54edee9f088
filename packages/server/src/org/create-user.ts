import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import {
	checkNewPassword,
	hashPassword,
	insertApiKey,
	refuseAnonymous,
	requireInstanceAdmin,
	type UserRow,
} from "../identity/index.ts";
import { freeUsername } from "./free-username.ts";
import { insertPersonalUser } from "./insert-personal-user.ts";
import { readTakenKeys } from "./org-reader.ts";
import { checkEmail, checkName, localPart, nameKey, nameTaken } from "./org-rules.ts";

type Input = {
	readonly email: string;
	readonly admin: boolean;
	/** Default: the local part of the address, with a number where that is taken. */
	readonly username: string | null;
	/** Only where the server lets keys be chosen. */
	readonly apiKey: string | null;
	/** Default: no sign-in with a password. */
	readonly password?: string;
};

/** Makes a user with a personal entity of the same name, which is his default entity; he is in no organisation yet. */
export async function createUser(ctx: Ctx, input: Input): Promise<UserRow> {
	refuseAnonymous(ctx);
	requireInstanceAdmin(ctx.actor, "create users");
	checkEmail(input.email);
	if (input.username !== null) checkName(input.username, "user");
	if (input.apiKey !== null && !ctx.config.chosenApiKeys) {
		throw new DomainError(
			"INVALID_INPUT",
			"apiKey can be chosen only on a test server (KEIFU_CHOSEN_API_KEYS=true): leave it out, and let the user make one",
		);
	}
	if (input.password !== undefined) checkNewPassword(input.password);
	const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
	return await inTransaction(ctx, async (ctx) => {
		const username = input.username ?? (await freeUsername(ctx, localPart(input.email)));
		if (input.username !== null && (await readTakenKeys(ctx.db, [nameKey(username)])).size > 0) {
			throw nameTaken(username);
		}
		const user = await insertPersonalUser(ctx, {
			username,
			email: input.email,
			name: username,
			instanceAdmin: input.admin,
			passwordHash,
		});
		if (input.apiKey !== null) {
			await insertApiKey(ctx, { userId: user.id, key: input.apiKey, description: "chosen at creation" });
		}
		return user;
	});
}
