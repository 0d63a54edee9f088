import { type OrgRole, system, type TeamRole, type UserActor } from "../access/actor.ts";
import type { ProjectAccess } from "../access/project-role.ts";
import type { Ctx, Services } from "../context.ts";
import { authenticate, type UserRow } from "../identity/index.ts";
import {
	addUserToOrganization,
	addUserToTeam,
	createOrganization,
	createTeam,
	createUser,
	type EntityRow,
	type OrganizationRow,
} from "../org/index.ts";
import { type ProjectRow, upsertProject } from "../project/index.ts";
import { testBaseUrl, testCtx } from "./test-ctx.ts";

/** A user made for a test. His memberships are read anew at each `ctx()`, as they are at each request. */
export type MadeUser = {
	readonly user: UserRow;
	readonly apiKey: string;
	ctx(): Promise<Ctx>;
};

type Person<R> = { readonly user: MadeUser; readonly role: R };

function unique(services: Services, prefix: string): string {
	return `${prefix}-${services.ids.token(8)}`;
}

/** The actor that a request with this API key has. */
export async function actorOfKey(services: Services, apiKey: string): Promise<UserActor> {
	const authorization = `Basic ${Buffer.from(`api:${apiKey}`).toString("base64")}`;
	const actor = await authenticate(services, { authorization }, testBaseUrl);
	if (actor.kind !== "user") throw new Error("the key belongs to no user");
	return actor;
}

export async function makeUser(
	services: Services,
	options: { readonly username?: string; readonly instanceAdmin?: boolean; readonly password?: string } = {},
): Promise<MadeUser> {
	const username = options.username ?? unique(services, "user");
	const apiKey = services.ids.token(40);
	const user = await createUser(testCtx(services, system), {
		email: `${username}@example.org`,
		admin: options.instanceAdmin ?? false,
		username,
		apiKey,
		...(options.password === undefined ? {} : { password: options.password }),
	});
	return { user, apiKey, ctx: async () => testCtx(services, await actorOfKey(services, apiKey)) };
}

export async function makeOrg(
	services: Services,
	options: { readonly admin: MadeUser; readonly name?: string; readonly members?: ReadonlyArray<Person<OrgRole>> },
): Promise<OrganizationRow> {
	const name = options.name ?? unique(services, "org");
	const organization = await createOrganization(await options.admin.ctx(), { name });
	for (const { user, role } of options.members ?? []) {
		const input = { organizationId: organization.id, username: user.user.username, role };
		await addUserToOrganization(await options.admin.ctx(), input);
	}
	return organization;
}

/** A team of the organisation. Its members must be in the organisation. */
export async function makeTeam(
	services: Services,
	options: {
		readonly org: OrganizationRow;
		readonly admin: MadeUser;
		readonly name?: string;
		readonly members?: ReadonlyArray<Person<TeamRole>>;
	},
): Promise<EntityRow> {
	const teamName = options.name ?? unique(services, "team");
	const organizationId = options.org.id;
	const team = await createTeam(await options.admin.ctx(), { teamName, teamAdminUserName: null, organizationId });
	for (const { user, role } of options.members ?? []) {
		await addUserToTeam(await options.admin.ctx(), { teamName, username: user.user.username, role });
	}
	return team;
}

/** A project made by `by`, in the entity of that name; default: his own entity. */
export async function makeProject(
	services: Services,
	options: {
		readonly by: MadeUser;
		readonly entityName?: string;
		readonly name?: string;
		readonly access?: ProjectAccess;
	},
): Promise<ProjectRow> {
	const { project } = await upsertProject(await options.by.ctx(), {
		id: null,
		entityName: options.entityName ?? options.by.user.username,
		name: options.name ?? unique(services, "project"),
		description: null,
		access: options.access ?? null,
	});
	return project;
}
