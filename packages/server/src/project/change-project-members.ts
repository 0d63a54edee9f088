import { type GivenRole, roles } from "../access/roles.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import type { MemberRef } from "./project-member-rows.ts";
import { removeProjectMember } from "./remove-project-member.ts";
import { setProjectMember } from "./set-project-member.ts";

export type MembersInput = { readonly projectId: string; readonly members: readonly MemberRef[] };

const mostAtOnce = 1000;

/** Lets people and teams in as viewers: all of them or, where one cannot be, none. Client: CreateRegistryMembers. */
export async function addProjectMembers(ctx: Ctx, { projectId, members }: MembersInput): Promise<void> {
	checkNumber(members);
	await inTransaction(ctx, async (tx) => {
		for (const member of members) await setProjectMember(tx, { projectId, member, role: "viewer", onlyNew: true });
	});
}

/** Takes away the roles given to people and teams: all of them or none. Client: DeleteRegistryMembers. */
export async function removeProjectMembers(ctx: Ctx, { projectId, members }: MembersInput): Promise<void> {
	checkNumber(members);
	await inTransaction(ctx, async (tx) => {
		for (const member of members) await removeProjectMember(tx, { projectId, member });
	});
}

export function parseGivenRole(text: string): GivenRole {
	const role = roles.find((known) => known === text.toLowerCase());
	if (role !== undefined && role !== "none") return role;
	const known = roles.filter((each) => each !== "none").toReversed();
	throw new DomainError(
		"INVALID_INPUT",
		`${JSON.stringify(text.slice(0, 100))} is no role here: use ${known.join(", ")}`,
	);
}

function checkNumber(members: readonly MemberRef[]): void {
	if (members.length > 0 && members.length <= mostAtOnce) return;
	throw new DomainError(
		"INVALID_INPUT",
		members.length === 0 ? "name at least one user or team" : `at most ${mostAtOnce} users and teams at once`,
	);
}
