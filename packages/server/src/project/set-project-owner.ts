import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { isOfOrganization } from "./project-member-reader.ts";
import { setOwnerRow } from "./project-member-store.ts";
import { findProjectById, type ProjectRow } from "./project-reader.ts";
import { requireMemberRights } from "./require-member-rights.ts";

/** Names who is responsible for a project or registry, or nobody. It grants nothing. */
export async function setProjectOwner(
	ctx: Ctx,
	input: { readonly projectId: string; readonly userId: string | null },
): Promise<ProjectRow> {
	const project = await requireMemberRights(ctx, input.projectId, "registry.roles");
	const { userId } = input;
	return await inTransaction(ctx, async (tx) => {
		if (userId !== null && !(await isOfProject(tx, project, userId))) {
			throw new DomainError(
				"UNPROCESSABLE",
				`this user does not belong to "${project.entityName}": name somebody of its organisation`,
			);
		}
		const fromUserId = await setOwnerRow(tx, project.id, userId);
		if (fromUserId !== userId) await emit(tx, { type: "project.owner-set", projectId: project.id, userId, fromUserId });
		return (await findProjectById(tx.db, project.id)) ?? project;
	});
}

async function isOfProject(tx: Ctx, { organizationId, ownerUserId }: ProjectRow, userId: string): Promise<boolean> {
	return organizationId === null ? ownerUserId === userId : await isOfOrganization(tx.db, organizationId, { userId });
}
