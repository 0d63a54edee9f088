import type { UserActor } from "../access/actor.ts";
import { mayInPlace } from "../access/place-rules.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { findUserByName, requireUser } from "../identity/index.ts";
import { insertTeam } from "./insert-team.ts";
import type { EntityRow, OrganizationRow } from "./org-rows.ts";
import { checkName } from "./org-rules.ts";
import { findOrganizationsByIds, isOrganizationMember } from "./org-store.ts";

type Input = {
	readonly teamName: string;
	/** A further admin of the team, besides the caller. */
	readonly teamAdminUserName: string | null;
	/** Default: the caller's only organisation. */
	readonly organizationId: string | null;
};

/** Makes a team in an organisation that the caller is a member of; he becomes its admin. */
export async function createTeam(ctx: Ctx, input: Input): Promise<EntityRow> {
	const actor = requireUser(ctx);
	checkName(input.teamName, "team");
	return await inTransaction(ctx, async (ctx) => {
		const organization = await chooseOrganization(ctx, actor, input.organizationId);
		if (!mayInPlace(actor, { organizationId: organization.id }, "team.create")) {
			throw new DomainError(
				"FORBIDDEN",
				`creating a team in "${organization.name}" needs the role member: an admin of the organisation can give it`,
			);
		}
		const adminUserIds = new Set([actor.userId]);
		if (input.teamAdminUserName !== null && input.teamAdminUserName !== "") {
			adminUserIds.add(await findMember(ctx, organization, input.teamAdminUserName));
		}
		return await insertTeam(ctx, {
			name: input.teamName,
			organizationId: organization.id,
			adminUserIds: [...adminUserIds],
		});
	});
}

async function chooseOrganization(ctx: Ctx, actor: UserActor, id: string | null): Promise<OrganizationRow> {
	const own = await findOrganizationsByIds(ctx.db, [...actor.organizations.keys()]);
	if (id !== null) {
		const chosen = own.find((organization) => organization.id === id);
		if (chosen !== undefined) return chosen;
		throw new DomainError("NOT_FOUND", `you are in no organisation of this id. ${waysOut(own)}`);
	}
	const [only, ...further] = own;
	if (only !== undefined && further.length === 0) return only;
	const count = only === undefined ? "no organisation" : "several organisations";
	throw new DomainError("UNPROCESSABLE", `you are in ${count}. ${waysOut(own)}`);
}

function waysOut(own: readonly OrganizationRow[]): string {
	if (own.length === 0)
		return "Have an admin add you to one with addUserToOrganization, or make one with createOrganization";
	return `Give the organizationId of one of yours: ${own.map(({ id, name }) => `${name} (${toNodeId("Organization", id)})`).join(", ")}`;
}

async function findMember(ctx: Ctx, organization: OrganizationRow, username: string): Promise<string> {
	const user = await findUserByName(ctx.db, username);
	if (user !== null && (await isOrganizationMember(ctx.db, organization.id, user.id))) return user.id;
	throw new DomainError(
		"UNPROCESSABLE",
		`user "${username}" is not in the organisation "${organization.name}": an admin can add them with addUserToOrganization`,
	);
}
