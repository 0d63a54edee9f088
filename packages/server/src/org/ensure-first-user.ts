import { system } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { apiKeyLength, hashPassword, hasUsers, insertApiKey, setUserDefaultEntity } from "../identity/index.ts";
import { emit } from "../jobs/outbox.ts";
import { insertOrganization } from "./insert-organization.ts";
import { insertPersonalUser } from "./insert-personal-user.ts";
import { insertTeam } from "./insert-team.ts";
import { checkName } from "./org-rules.ts";
import { setOrganizationMember } from "./org-store.ts";

type Input = {
	readonly org: string;
	readonly team: string;
	/** Default: generated. */
	readonly adminApiKey?: string | undefined;
	/** Default: generated. */
	readonly adminPassword?: string | undefined;
};

export type FirstUser = {
	readonly username: string;
	readonly apiKey: string;
	readonly password: string;
	/** What was made up here, and must be shown now or never. */
	readonly generated: { readonly apiKey: boolean; readonly password: boolean };
};

const username = "admin";
const passwordLength = 20;

/**
 * On a server without users: makes the organisation, the team, and the user `admin`, who is admin of all three;
 * his default entity is the team. Null on a server that has users.
 */
export async function ensureFirstUser(outer: Ctx, input: Input): Promise<FirstUser | null> {
	const ctx: Ctx = { ...outer, actor: system };
	if (await hasUsers(ctx.db)) return null;
	checkName(input.org, "organisation");
	checkName(input.team, "team");
	const apiKey = input.adminApiKey ?? ctx.ids.token(apiKeyLength);
	const password = input.adminPassword ?? ctx.ids.token(passwordLength);
	const passwordHash = await hashPassword(password);
	try {
		await insertFirst(ctx, input, { apiKey, passwordHash });
	} catch (error) {
		// Another server set the same database up in the meantime.
		if (await hasUsers(ctx.db)) return null;
		throw error;
	}
	return {
		username,
		apiKey,
		password,
		generated: { apiKey: input.adminApiKey === undefined, password: input.adminPassword === undefined },
	};
}

async function insertFirst(
	ctx: Ctx,
	input: Input,
	secrets: { readonly apiKey: string; readonly passwordHash: string },
): Promise<void> {
	await inTransaction(ctx, async (ctx) => {
		const email = `${username}@localhost`;
		const user = await insertPersonalUser(ctx, {
			username,
			email,
			name: username,
			instanceAdmin: true,
			passwordHash: secrets.passwordHash,
		});
		const organization = await insertOrganization(ctx, { name: input.org });
		const { id: organizationId, createdAt } = organization;
		await setOrganizationMember(ctx, { organizationId, userId: user.id, role: "admin", createdAt });
		await emit(ctx, { type: "organization.member-set", organizationId, userId: user.id, role: "admin" });
		const team = await insertTeam(ctx, { name: input.team, organizationId, adminUserIds: [user.id] });
		await setUserDefaultEntity(ctx, { userId: user.id, entityId: team.id });
		await insertApiKey(ctx, { userId: user.id, key: secrets.apiKey, description: "first start" });
	});
}
