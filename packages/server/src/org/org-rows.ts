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

/** A person in a team or in an organisation. */
export type MemberRow = {
	readonly userId: string;
	readonly username: string;
	readonly name: string;
	readonly email: string;
	readonly role: TeamRole | OrgRole;
};
