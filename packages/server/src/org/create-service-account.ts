import { userIdOf } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { insertServiceKey, type UserRow } from "../identity/index.ts";
import { freeUsername } from "./free-username.ts";
import { insertPersonalUser } from "./insert-personal-user.ts";
import { joinOrganization, joinTeam } from "./join-place.ts";
import { requireAdministered } from "./require-administered.ts";

type Input = {
	/** The team, or the entity of the organisation, that it works for. */
	readonly entityName: string;
	readonly description: string;
};

const longestDescription = 128;

/**
 * Makes the account of a machine, which works in one team (or, for an organisation, with its registries) and signs in with
 * API keys alone. Who made it may read its first key among the members until it is used, for an hour.
 */
export async function createServiceAccount(ctx: Ctx, input: Input): Promise<UserRow> {
	const entity = await requireAdministered(ctx, input.entityName, "making service accounts");
	const name = input.description.trim();
	if (name === "" || name.length > longestDescription || /\p{Cc}/u.test(name)) {
		throw new DomainError(
			"INVALID_INPUT",
			`the description of a service account has 1 to ${longestDescription} characters`,
		);
	}
	return await inTransaction(ctx, async (tx) => {
		const user = await insertPersonalUser(tx, {
			username: await freeUsername(tx, `${entity.name}-${name}`),
			email: "",
			name,
			instanceAdmin: false,
			passwordHash: null,
			serviceOf: entity.kind === "team" ? entity.id : entity.organizationId,
			...(entity.kind === "team" ? { defaultEntityId: entity.id } : {}),
		});
		const place = { userId: user.id, role: "member" } as const;
		await joinOrganization(tx, { ...place, organizationId: entity.organizationId });
		if (entity.kind === "team") await joinTeam(tx, { ...place, entityId: entity.id });
		await insertServiceKey(tx, { userId: user.id, shownTo: userIdOf(tx.actor) });
		return user;
	});
}
