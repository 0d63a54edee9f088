import { userIdOf } from "../access/actor.ts";
import { onlyPage } from "../db/page.ts";
import { connectionOf } from "../graphql/connection.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { fromNodeId, toNodeId } from "../graphql/node-id.ts";
import type { Resolvers } from "../graphql/resolver-types.gen.ts";
import { requireUser, type UserRow, userLoader } from "../identity/index.ts";
import { addUserToOrganization } from "./add-user-to-organization.ts";
import { createOrganization } from "./create-organization.ts";
import { createTeam } from "./create-team.ts";
import { createUser } from "./create-user.ts";
import { deleteOrganization } from "./delete-organization.ts";
import { deleteTeam, previewTeamDeletion } from "./delete-team.ts";
import { countDefaultTtlVersions, findDefaultTtl } from "./find-default-ttl.ts";
import { findEntity } from "./find-entity.ts";
import { findOrganization } from "./find-organization.ts";
import { findStorageBytes } from "./find-storage-bytes.ts";
import { findXxhashDigests } from "./find-xxhash-digests.ts";
import { listTeams } from "./list-teams.ts";
import { entityLoader, organizationLoader, organizationsOfUserLoader, teamsOfUserLoader } from "./org-loaders.ts";
import {
	entityCapabilities,
	mayKnowEntity,
	mayKnowOrganization,
	mayWriteInEntity,
	organizationCapabilities,
} from "./org-policy.ts";
import type { EntityRow } from "./org-rows.ts";
import { renameOrganization, renameTeam, renameUser } from "./rename-entity.ts";
import { setDefaultEntity } from "./set-default-entity.ts";
import { updateEntity } from "./update-entity.ts";

/** What of these the caller may know by virtue of who he is. */
function known(gql: GqlContext, entities: readonly EntityRow[]): EntityRow[] {
	return entities.filter((entity) => mayKnowEntity(gql.ctx.actor, entity, false));
}

/** What is asked of a user, remembered for a moment where it is he who asks. */
async function ofUser<T>(
	gql: GqlContext,
	key: string,
	user: UserRow,
	lookUp: () => Promise<T | null>,
): Promise<T | null> {
	const { actor, actors, clock } = gql.ctx;
	return userIdOf(actor) === user.id ? await actors.recall(actor, key, clock(), lookUp) : await lookUp();
}

/** Members are in `membership-resolvers.ts`. */
export const orgResolvers: Resolvers = {
	Query: {
		entity: (_parent, { name }, { ctx }) => findEntity(ctx, name ?? null),
		organization: (_parent, { name }, { ctx }) => findOrganization(ctx, name),
	},
	Mutation: {
		createUser: async (_parent, { input }, { ctx }) => {
			const user = await createUser(ctx, {
				email: input.email,
				admin: input.admin ?? false,
				username: input.username ?? null,
				apiKey: input.apiKey ?? null,
			});
			return { user, clientMutationId: input.clientMutationId };
		},
		createOrganization: async (_parent, { input }, { ctx }) => {
			const organization = await createOrganization(ctx, { name: input.name });
			return { organization, clientMutationId: input.clientMutationId };
		},
		createTeam: async (_parent, { input }, { ctx }) => {
			const entity = await createTeam(ctx, {
				teamName: input.teamName,
				teamAdminUserName: input.teamAdminUserName ?? null,
				organizationId: input.organizationId ? fromNodeId("Organization", input.organizationId) : null,
			});
			return { entity, clientMutationId: input.clientMutationId };
		},
		addUserToOrganization: async (_parent, { input }, { ctx }) => {
			const organizationId = fromNodeId("Organization", input.organizationId);
			await addUserToOrganization(ctx, { organizationId, username: input.username, role: input.role });
			return { success: true, clientMutationId: input.clientMutationId };
		},
		updateOrganization: async (_parent, { input }, { ctx }) => {
			const organizationId = fromNodeId("Organization", input.organizationId);
			const organization = await renameOrganization(ctx, { organizationId, name: input.name });
			return { organization, clientMutationId: input.clientMutationId };
		},
		deleteTeam: async (_parent, { input }, { ctx }) => {
			await deleteTeam(ctx, input);
			return { success: true, clientMutationId: input.clientMutationId };
		},
		deleteOrganization: async (_parent, { input }, { ctx }) => {
			await deleteOrganization(ctx, { organizationId: fromNodeId("Organization", input.organizationId) });
			return { success: true, clientMutationId: input.clientMutationId };
		},
		updateEntity: async (_parent, { input }, { ctx }) => {
			const { entityName, name } = input;
			const present = await updateEntity(ctx, {
				entityName,
				ttlSeconds: input.artifactTTLDurationSeconds ?? null,
				xxhashDigests: input.xxhashDigestsEnabled ?? null,
			});
			const entity = name ? await renameTeam(ctx, { entityName, name }) : present;
			return { entity, clientMutationId: input.clientMutationId };
		},
		updateUser: async (_parent, { input }, gql) => {
			const { userId } = requireUser(gql.ctx);
			if (input.username) await renameUser(gql.ctx, { name: input.username });
			if (input.defaultEntity) await setDefaultEntity(gql.ctx, { entityName: input.defaultEntity });
			const user = await userLoader(gql).clear(userId).load(userId);
			return { user, clientMutationId: input.clientMutationId };
		},
	},
	User: {
		entity: async (user, _args, gql) => {
			const { defaultEntityId: id } = user;
			const entity = await ofUser(gql, `entity ${id}`, user, () => entityLoader(gql).load(id));
			if (entity === null) return null;
			// It may be a team that only its members know of; everybody has an entity of their own name, too.
			const isShown = userIdOf(gql.ctx.actor) === user.id || mayKnowEntity(gql.ctx.actor, entity, false);
			return isShown ? entity.name : user.username;
		},
		teams: async (user, _args, gql) => {
			const teams = (await ofUser(gql, "teams", user, () => teamsOfUserLoader(gql).load(user.id))) ?? [];
			const shown = userIdOf(gql.ctx.actor) === user.id ? teams : known(gql, teams);
			return connectionOf(onlyPage(shown), (team) => [team.name]);
		},
		organizations: async (user, _args, gql) => {
			const organizations = await organizationsOfUserLoader(gql).load(user.id);
			if (userIdOf(gql.ctx.actor) === user.id) return organizations;
			return organizations.filter((organization) => mayKnowOrganization(gql.ctx.actor, organization));
		},
	},
	Entity: {
		id: (entity) => toNodeId("Entity", entity.id),
		entityType: (entity) => entity.kind,
		isTeam: (entity) => entity.kind === "team",
		capabilities: (entity, _args, { ctx }) => entityCapabilities(ctx.actor, entity),
		readOnly: (entity, _args, { ctx }) => !mayWriteInEntity(ctx.actor, entity),
		readOnlyAdmin: () => false,
		available: () => true,
		photoUrl: () => null,
		privateOnly: () => false,
		codeSavingEnabled: () => true,
		defaultAccess: () => "PRIVATE",
		isPaid: () => true,
		// wire: the client takes the organisation of a personal entity from its user, and wants null here.
		organization: async (entity, _args, gql) => {
			if (entity.organizationId === null) return null;
			if (!mayKnowOrganization(gql.ctx.actor, { id: entity.organizationId })) return null;
			return await organizationLoader(gql).load(entity.organizationId);
		},
		// wire: must be null for teams, else the client takes the entity for a personal one.
		user: (entity, _args, gql) =>
			entity.kind === "user" && entity.userId !== null ? userLoader(gql).load(entity.userId) : null,
		deletion: async (entity, _args, { ctx }) => {
			const contents = await previewTeamDeletion(ctx, entity);
			return contents && { ...contents, bytes: (await findStorageBytes(ctx, entity)) ?? 0 };
		},
		storageBytes: (entity, _args, { ctx }) => findStorageBytes(ctx, entity),
		artifactTTLDurationSeconds: (entity, _args, { ctx }) => findDefaultTtl(ctx, entity),
		versionsWithDefaultTTL: (entity, _args, { ctx }) => countDefaultTtlVersions(ctx, entity),
		xxhashDigestsEnabled: (entity, _args, { ctx }) => findXxhashDigests(ctx, entity),
	},
	Organization: {
		id: (organization) => toNodeId("Organization", organization.id),
		capabilities: ({ id }, _args, { ctx }) => organizationCapabilities(ctx.actor, id),
		orgEntity: (organization, _args, gql) => entityLoader(gql).load(organization.entityId),
		teams: (organization, _args, { ctx }) => listTeams(ctx, organization),
		coreWeaveOrganizationId: () => null,
	},
};
