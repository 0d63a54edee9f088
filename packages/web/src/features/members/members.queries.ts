import { queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { ask, nodesOf } from "../../graphql-client.ts";
import {
	ActivateUserDocument,
	CreateInviteDocument,
	CreateServiceAccountDocument,
	DeactivateUserDocument,
	DeleteInviteDocument,
	FirstServiceKeyDocument,
	type InviteRowFragment,
	MemberRemovalDocument,
	type MemberRowFragment,
	PlacePeopleDocument,
	RemoveMemberDocument,
	ServiceAccountsDocument,
	SetInstanceAdminDocument,
	SetOrganizationRoleDocument,
	SetTeamRoleDocument,
} from "./members.graphql.gen.ts";

/** A team or an organisation that people belong to. */
export type Place = {
	kind: "team" | "organization";
	/** The team, or the entity of the organisation. */
	entity: string;
	/** As people call it. */
	name: string;
	organizationId: string;
	/** Whether the viewer may say who belongs there. */
	mayAdminister: boolean;
};

export type Member = MemberRowFragment;
export type Invite = InviteRowFragment;

/** What all that is asked about the people of a place begins with. */
export function peopleKey(entity: string): readonly string[] {
	return ["people", entity];
}

/** The members of a team or organisation, and its invitations for those who may make them. */
export function peopleQuery(entity: string) {
	return queryOptions({
		queryKey: [...peopleKey(entity), "members"],
		queryFn: async ({ signal }) => {
			const place = found((await ask(PlacePeopleDocument, { entity }, signal)).entity, "entity", entity);
			const members = (place.members ?? []).filter(({ user }) => user !== null);
			return { members, invites: place.invites ?? [] };
		},
	});
}

/** The accounts of machines in a team or organisation, with the keys that the viewer may know of. */
export function serviceAccountsQuery(entity: string) {
	return queryOptions({
		queryKey: [...peopleKey(entity), "service-accounts"],
		queryFn: async ({ signal }) => {
			const place = found((await ask(ServiceAccountsDocument, { entity }, signal)).entity, "entity", entity);
			return (place.members ?? [])
				.filter(({ accountType, user }) => accountType === "SERVICE" && user !== null)
				.map(({ id, name, username, user }) => ({
					id,
					name,
					username: username ?? name,
					isOff: user?.deletedAt !== null,
					teams: nodesOf(user?.teams).map((team) => team.name),
					keys: user?.apiKeys ? nodesOf(user.apiKeys) : null,
				}));
		},
	});
}

/** What somebody would lose by being taken out; null for who may not know. */
export function removalQuery(entity: string, username: string) {
	return queryOptions({
		queryKey: [...peopleKey(entity), "removal", username],
		queryFn: async ({ signal }) =>
			(await ask(MemberRemovalDocument, { entity, username }, signal)).entity?.removal ?? null,
		staleTime: 0,
	});
}

/** Whom an invitation is for: an address, a user name, or whoever gets the link. */
export function invitedBy(text: string): { email: string | null; username: string | null } {
	const who = text.trim();
	if (who === "") return { email: null, username: null };
	return who.includes("@") ? { email: who, username: null } : { email: null, username: who };
}

/** Invites somebody; the answer tells the link, or that they are in already. */
export async function createInvite(input: { entity: string; who: string; role: string }): Promise<Invite> {
	const { entity, who, role } = input;
	const result = await ask(CreateInviteDocument, { entity, role, ...invitedBy(who) });
	return found(result.createInvite?.invite, "entity", entity);
}

/** Takes an invitation back: its link is good for nothing then. */
export async function takeBackInvite(input: { entity: string; id: string }): Promise<void> {
	await ask(DeleteInviteDocument, input);
}

/** Makes the account of a machine; gives back its user name and its first key, shown this once. */
export async function createServiceAccount(input: { entity: string; description: string }) {
	const { createServiceAccount: made } = await ask(CreateServiceAccountDocument, input);
	const user = found(made?.user, "entity", input.entity);
	const { entity } = await ask(FirstServiceKeyDocument, { entity: input.entity });
	return { username: user.username, key: entity?.members?.find(({ id }) => id === user.id)?.apiKey ?? null };
}

/** Gives somebody a role in a team or organisation. */
export async function setRole(place: Place, input: { username: string; role: string }): Promise<void> {
	if (place.kind === "team") await ask(SetTeamRoleDocument, { entity: place.entity, ...input });
	else await ask(SetOrganizationRoleDocument, { organization: place.organizationId, ...input });
}

/** Takes somebody, or oneself, out. */
export async function removeMember(input: { entity: string; username: string }): Promise<void> {
	await ask(RemoveMemberDocument, input);
}

/** Switches somebody's account off, or on again. */
export async function setActive(input: { username: string; active: boolean }): Promise<void> {
	const { username, active } = input;
	if (active) await ask(ActivateUserDocument, { username });
	else await ask(DeactivateUserDocument, { username });
}

/** Says whether somebody administers the whole server. */
export async function setInstanceAdmin(input: { username: string; admin: boolean }): Promise<void> {
	await ask(SetInstanceAdminDocument, input);
}
