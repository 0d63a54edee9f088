import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { requireUser } from "../identity/index.ts";
import { emit } from "../jobs/outbox.ts";
import { insertOrganization } from "./insert-organization.ts";
import { isOrganizationNamed } from "./org-reader.ts";
import type { OrganizationRow } from "./org-rows.ts";
import { checkName } from "./org-rules.ts";
import { setOrganizationMember } from "./org-store.ts";

/** Makes an organisation whose admin is the caller. */
export async function createOrganization(ctx: Ctx, input: { readonly name: string }): Promise<OrganizationRow> {
	const { userId } = requireUser(ctx);
	checkName(input.name, "organisation");
	return await inTransaction(ctx, async (ctx) => {
		// The entity name of another organisation answers to `organization(name)` too, so it is taken.
		if (await isOrganizationNamed(ctx.db, input.name)) {
			throw new DomainError("CONFLICT", `an organisation "${input.name}" exists already: choose another name`);
		}
		const organization = await insertOrganization(ctx, input);
		const { id: organizationId, createdAt } = organization;
		await setOrganizationMember(ctx, { organizationId, userId, role: "admin", createdAt });
		await emit(ctx, { type: "organization.member-set", organizationId, userId, role: "admin" });
		return organization;
	});
}
