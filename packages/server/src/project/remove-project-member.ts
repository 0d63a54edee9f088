import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { emit } from "../jobs/outbox.ts";
import type { MemberRef } from "./project-member-rows.ts";
import { deleteProjectMemberRow } from "./project-member-store.ts";
import { keepAnAdmin, memberIds, requireMemberRights } from "./require-member-rights.ts";

/** Takes away the role that a person or a team was given; what they have by other ways stays. */
export async function removeProjectMember(
	ctx: Ctx,
	input: { readonly projectId: string; readonly member: MemberRef },
): Promise<void> {
	const project = await requireMemberRights(ctx, input.projectId, "registry.members");
	await inTransaction(ctx, async (tx) => {
		const from = await deleteProjectMemberRow(tx, project.id, input.member);
		if (from === null) return;
		if (from === "admin") await keepAnAdmin(tx, project);
		await emit(tx, { type: "project.member-removed", projectId: project.id, ...memberIds(input.member), from });
	});
}
