import type { GivenRole } from "../access/roles.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { isOfOrganization } from "./project-member-reader.ts";
import type { MemberRef } from "./project-member-rows.ts";
import { setProjectMemberRow } from "./project-member-store.ts";
import { keepAnAdmin, memberIds, requireMemberRights } from "./require-member-rights.ts";

export type GiveRoleInput = {
	readonly projectId: string;
	readonly member: MemberRef;
	readonly role: GivenRole;
	/** Whoever has a role already keeps it. */
	readonly onlyNew?: boolean;
};

/** Gives a person, or all of a team, a role in a registry or in a restricted project; or another one. */
export async function setProjectMember(ctx: Ctx, input: GiveRoleInput): Promise<void> {
	const project = await requireMemberRights(
		ctx,
		input.projectId,
		input.onlyNew ? "registry.members" : "registry.roles",
	);
	const { organizationId } = project;
	if (organizationId === null || !(project.isRegistry || project.access === "RESTRICTED")) {
		throw new DomainError(
			"UNPROCESSABLE",
			`"${project.entityName}/${project.name}" has no members of its own, its entity decides: only registries and a team's projects with the access RESTRICTED do`,
		);
	}
	await inTransaction(ctx, async (tx) => {
		if (!(await isOfOrganization(tx.db, organizationId, input.member))) {
			throw new DomainError(
				"UNPROCESSABLE",
				`this ${"userId" in input.member ? "user" : "team"} is not in the organisation of "${project.entityName}": only its people and teams can be given a role here`,
			);
		}
		const set = await setProjectMemberRow(tx, input);
		if (set === null) return;
		if (set.from === "admin") await keepAnAdmin(tx, project);
		const { id: projectId } = project;
		await emit(tx, {
			type: "project.member-set",
			projectId,
			...memberIds(input.member),
			role: input.role,
			from: set.from,
		});
	});
}
