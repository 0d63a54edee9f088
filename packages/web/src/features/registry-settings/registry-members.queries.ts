import { ask } from "../../graphql-client.ts";
import {
	AddRegistryMembersDocument,
	RemoveRegistryMembersDocument,
	SetRegistryOwnerDocument,
	SetRegistryTeamRoleDocument,
	SetRegistryUserRoleDocument,
} from "./registry-settings.graphql.gen.ts";

/** Somebody, or a team, who can have a role in a registry. */
export type MemberRef = { kind: "user" | "team"; id: string };

/** Roles that can be given in a registry, the highest first. */
export const registryRoles = ["admin", "member", "viewer", "restricted_viewer"] as const;

function byKind(members: MemberRef[]) {
	return {
		users: members.filter(({ kind }) => kind === "user").map(({ id }) => id),
		teams: members.filter(({ kind }) => kind === "team").map(({ id }) => id),
	};
}

/** Gives a role, or another one. */
export async function setRegistryRole(input: { registry: string; member: MemberRef; role: string }): Promise<void> {
	const { registry: id, member, role } = input;
	if (member.kind === "user") await ask(SetRegistryUserRoleDocument, { id, user: member.id, role });
	else await ask(SetRegistryTeamRoleDocument, { id, team: member.id, role });
}

/** Lets people and teams in: all of them, or where one cannot be, none. */
export async function addAccess(input: { registry: string; members: MemberRef[]; role: string }): Promise<void> {
	const { registry, members, role } = input;
	await ask(AddRegistryMembersDocument, { id: registry, ...byKind(members) });
	// Who is let in is a viewer at first.
	if (role === "viewer") return;
	for (const member of members) await setRegistryRole({ registry, member, role });
}

/** Takes the role away that was given; what comes by other ways stays. */
export async function removeAccess(input: { registry: string; member: MemberRef }): Promise<void> {
	await ask(RemoveRegistryMembersDocument, { id: input.registry, ...byKind([input.member]) });
}

/** Names who is responsible, or nobody. */
export async function setOwner(input: { registry: string; user: string | null }): Promise<void> {
	await ask(SetRegistryOwnerDocument, { id: input.registry, user: input.user });
}
