import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { findUsersByIds, refuseAnonymous, requireUser, updateUsername } from "../identity/index.ts";
import { emit } from "../jobs/outbox.ts";
import { renameEntity, renameOrganizationRow } from "./entity-name-store.ts";
import { mayAdministerOrganization, mayKnowOrganization } from "./org-policy.ts";
import { isOrganizationNamed, readTakenKeys } from "./org-reader.ts";
import type { EntityRow, OrganizationRow } from "./org-rows.ts";
import { checkName, nameKey, nameTaken, orgEntityNames } from "./org-rules.ts";
import { findEntitiesByIds, findOrganizationsByIds, lockOrganization } from "./org-store.ts";
import { requireAdministered } from "./require-administered.ts";

/** Gives the signed-in user another name; his own entity is called so, too. The old name leads on to it. */
export async function renameUser(ctx: Ctx, { name }: { readonly name: string }): Promise<void> {
	const actor = requireUser(ctx);
	checkName(name, "user");
	await inTransaction(ctx, async (tx) => {
		const [user] = await findUsersByIds(tx.db, [actor.userId]);
		const [entity] = await findEntitiesByIds(tx.db, [actor.personalEntityId]);
		if (user === undefined || entity === undefined || user.username === name) return;
		await refuseTaken(tx, name, [user.username]);
		if (!(await updateUsername(tx, user.id, name)) || !(await renameEntity(tx, entity, name))) throw nameTaken(name);
		await emit(tx, { type: "user.renamed", userId: user.id, from: user.username, to: name });
	});
}

/** Gives a team another name; the old one leads on to it until something takes it. */
export async function renameTeam(
	ctx: Ctx,
	input: { readonly entityName: string; readonly name: string },
): Promise<EntityRow> {
	const team = await requireAdministered(ctx, input.entityName, "renaming a team");
	if (team.kind !== "team") {
		throw new DomainError("UNPROCESSABLE", `"${team.name}" is an organisation: rename it with updateOrganization`);
	}
	const { name } = input;
	checkName(name, "team");
	if (team.name === name) return team;
	await inTransaction(ctx, async (tx) => {
		await refuseTaken(tx, name, [team.name]);
		if (!(await renameEntity(tx, team, name))) throw nameTaken(name);
		await emit(tx, { type: "team.renamed", entityId: team.id, from: team.name, to: name });
	});
	return { ...team, name };
}

/** Gives an organisation another name, and its entity the same, or NAME-org; the old names lead on to it. */
export async function renameOrganization(
	ctx: Ctx,
	input: { readonly organizationId: string; readonly name: string },
): Promise<OrganizationRow> {
	const organization = await requireOrganization(ctx, input.organizationId, "renaming an organisation");
	const { name } = input;
	checkName(name, "organisation");
	if (organization.name === name) return organization;
	await inTransaction(ctx, async (tx) => {
		await lockOrganization(tx.db, organization.id);
		const [entity] = await findEntitiesByIds(tx.db, [organization.entityId]);
		if (entity === undefined) return;
		const own = [nameKey(organization.name), nameKey(entity.name)];
		if (!own.includes(nameKey(name)) && (await isOrganizationNamed(tx.db, name))) {
			throw new DomainError("CONFLICT", `an organisation "${name}" exists already: choose another name`);
		}
		const candidates = orgEntityNames(name);
		const taken = await readTakenKeys(tx.db, candidates.map(nameKey));
		const free = candidates.find((candidate) => !taken.has(nameKey(candidate)) || own.includes(nameKey(candidate)));
		if (free === undefined || !(await renameEntity(tx, entity, free))) throw nameTaken(name);
		if (!(await renameOrganizationRow(tx, organization, name))) throw nameTaken(name);
		const { id: organizationId, name: from } = organization;
		await emit(tx, { type: "organization.renamed", organizationId, from, to: name });
	});
	return { ...organization, name };
}

/** The organisation of that id, for its admins; `what` is what they want to do. */
export async function requireOrganization(ctx: Ctx, id: string, what: string): Promise<OrganizationRow> {
	refuseAnonymous(ctx);
	const [organization] = await findOrganizationsByIds(ctx.db, [id]);
	if (organization === undefined || !mayKnowOrganization(ctx.actor, organization)) {
		throw new DomainError("NOT_FOUND", "the organisation was not found, or you are not in it");
	}
	if (mayAdministerOrganization(ctx.actor, organization)) return organization;
	throw new DomainError(
		"FORBIDDEN",
		`${what} needs the role admin in "${organization.name}": another admin of the organisation can give it`,
	);
}

/** What has the name now may be written otherwise, and keep it. */
async function refuseTaken(tx: Ctx, name: string, own: readonly string[]): Promise<void> {
	const key = nameKey(name);
	if (own.some((present) => nameKey(present) === key)) return;
	if ((await readTakenKeys(tx.db, [key])).size > 0) throw nameTaken(name);
}
