import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { runGuards } from "../guards.ts";
import { emit } from "../jobs/outbox.ts";
import { readTakenKeys } from "./org-reader.ts";
import type { OrganizationRow } from "./org-rows.ts";
import { nameKey, nameTaken, orgEntityNames } from "./org-rules.ts";
import { insertEntityRow, insertOrganizationRow } from "./org-store.ts";

/**
 * Makes an organisation and its org entity inside the caller's transaction, who also gives it its admin.
 * The entity takes the organisation's name if that is free, else NAME-org.
 */
export async function insertOrganization(ctx: Ctx, input: { readonly name: string }): Promise<OrganizationRow> {
	const organization = {
		id: ctx.ids.uuid(),
		name: input.name,
		entityId: ctx.ids.uuid(),
		createdAt: ctx.clock(),
	};
	if (!(await insertOrganizationRow(ctx.db, organization))) {
		throw new DomainError("CONFLICT", `an organisation "${input.name}" exists already: choose another name`);
	}
	await insertOrgEntity(ctx, organization);
	await emit(ctx, { type: "organization.created", organizationId: organization.id, name: organization.name });
	await runGuards(ctx, "organization.create", { organizationId: organization.id, entityId: organization.entityId });
	return organization;
}

async function insertOrgEntity(ctx: Ctx, organization: OrganizationRow): Promise<void> {
	for (const name of orgEntityNames(organization.name)) {
		// NAME-org may be another organisation's display name, by which that one is looked up.
		const isOwnName = nameKey(name) === nameKey(organization.name);
		if (!isOwnName && (await readTakenKeys(ctx.db, [nameKey(name)])).size > 0) continue;
		const inserted = await insertEntityRow(ctx.db, {
			id: organization.entityId,
			name,
			kind: "organization",
			userId: null,
			organizationId: organization.id,
			createdAt: organization.createdAt,
		});
		if (inserted) return;
	}
	throw nameTaken(organization.name);
}
