import type { OrgRole, TeamRole } from "../access/actor.ts";
import type { EntityKind } from "../access/project-role.ts";

/** Whatever owns projects: a user's own entity, a team's, an organisation's. */
export type EntityRow = {
	readonly id: string;
	readonly name: string;
	readonly kind: EntityKind;
	/** The person behind a personal entity. */
	readonly userId: string | null;
	/** The organisation of a team or an org entity. */
	readonly organizationId: string | null;
	readonly createdAt: Date;
};

export type OrganizationRow = {
	readonly id: string;
	readonly name: string;
	/** The org entity, under which the registries live. */
	readonly entityId: string;
	readonly createdAt: Date;
};

/** A person or a service account in a team or in an organisation, or somebody who is invited there. */
export type MemberRow = {
	/** Null: invited. */
	readonly userId: string | null;
	/** Null: a member. */
	readonly inviteId: string | null;
	readonly username: string | null;
	readonly name: string;
	readonly email: string | null;
	readonly role: TeamRole | OrgRole;
	/** Of a service account: what it belongs to. */
	readonly serviceOf: string | null;
};

export type InviteState = "PENDING" | "ACCEPTED" | "EXPIRED" | "REVOKED";

/** An invitation into a team, or into an organisation alone. */
export type InviteRow = {
	readonly id: string;
	readonly organizationId: string;
	/** The team; null: the organisation alone. */
	readonly entityId: string | null;
	readonly email: string | null;
	/** Whom it is for, where he has an account; else for whoever has the link. */
	readonly userId: string | null;
	readonly role: TeamRole;
	/** What it makes in the organisation of somebody who is not in it. */
	readonly organizationRole: OrgRole;
	readonly createdBy: string | null;
	readonly createdAt: Date;
	readonly expiresAt: Date;
	readonly acceptedAt: Date | null;
	readonly acceptedBy: string | null;
	readonly revokedAt: Date | null;
};
