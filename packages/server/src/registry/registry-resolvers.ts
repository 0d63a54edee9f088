import { withVersion } from "../artifact/index.ts";
import { fromNodeId } from "../graphql/node-id.ts";
import type { Resolvers, UpsertModelInput } from "../graphql/resolver-types.gen.ts";
import { maySeePeople, upsertProject } from "../project/index.ts";
import { createCollection } from "./create-collection.ts";
import { linkVersion } from "./link-version.ts";
import { listRegistries } from "./list-registries.ts";
import { moveToRegistry } from "./move-to-registry.ts";
import { registryContentsLoader, registryLoader } from "./registry-loaders.ts";
import { registryNameOf } from "./registry-name-rules.ts";
import { type SaveRegistryInput, saveRegistry } from "./save-registry.ts";
import { unlinkVersion } from "./unlink-version.ts";
import { updateRegistry } from "./update-registry.ts";

function isRegistryInput(input: UpsertModelInput): boolean {
	return !input.id && registryNameOf(input.name ?? "") !== null;
}

function toSaveRegistry(input: UpsertModelInput): SaveRegistryInput {
	return {
		entityName: input.entityName ?? "",
		projectName: input.name ?? "",
		description: input.description ?? null,
		access: input.access ?? null,
		acceptedTypes: (input.artifactTypes ?? []).map(({ name }) => name),
		allowAllTypes: input.allowAllArtifactTypesInRegistry ?? null,
	};
}

function toUpsertProject(input: UpsertModelInput) {
	return {
		id: input.id ? fromNodeId("Project", input.id) : null,
		entityName: input.entityName ?? null,
		name: input.name ?? null,
		description: input.description ?? null,
		access: input.access ?? null,
	};
}

/** Registries: links into them, and what they are besides projects. */
export const registryResolvers: Resolvers = {
	Mutation: {
		// wire: one mutation makes projects and registries; the name tells which.
		upsertModel: async (_, { input }, { ctx }) => {
			const { project, inserted } = await (isRegistryInput(input)
				? saveRegistry(ctx, toSaveRegistry(input))
				: upsertProject(ctx, toUpsertProject(input)));
			return { project, model: project, inserted, clientMutationId: input.clientMutationId };
		},
		linkArtifact: async (_, { input }, { ctx }) => {
			const member = await linkVersion(ctx, {
				artifactId: input.artifactID || null,
				clientId: input.clientID || null,
				entityName: input.entityName || null,
				projectName: input.projectName ?? "",
				collectionName: input.artifactPortfolioName,
				aliases: (input.aliases ?? []).map(({ alias }) => alias),
			});
			return { versionIndex: member?.versionIndex ?? null, artifactMembership: member };
		},
		unlinkArtifact: async (_, { input }, { ctx }) => {
			await unlinkVersion(ctx, { artifactId: input.artifactID, portfolioId: input.artifactPortfolioID });
			return { artifactID: input.artifactID, success: true };
		},
		createArtifactPortfolio: async (_, { input }, { ctx }) => {
			const { artifactTypeName: typeName, description = null, ...place } = input;
			return { artifactCollection: await createCollection(ctx, { ...place, typeName, description }) };
		},
		moveArtifactPortfolio: async (_, { input }, { ctx }) => ({
			artifactCollection: await moveToRegistry(ctx, {
				collectionId: input.artifactPortfolioID,
				entityName: input.destinationEntityName,
				projectName: input.destinationProjectName,
			}),
		}),
		updateRegistry: async (_, { input }, { ctx }) => ({
			project: await updateRegistry(ctx, {
				projectId: fromNodeId("Project", input.projectId),
				protectedAliases: input.protectedAliases ?? null,
				defaultRole: input.defaultRole ?? null,
			}),
		}),
	},
	LinkArtifactPayload: {
		// Old clients ask for the number only.
		artifactMembership: ({ artifactMembership: member }, _, { ctx }) => (member ? withVersion(ctx, member) : null),
	},
	Project: {
		isRegistry: (project) => project.isRegistry,
		allowAllArtifactTypesInRegistry: async (project, _, gql) =>
			(await registryLoader(gql).load(project.id))?.allowAllTypes ?? true,
		acceptedArtifactTypes: async (project, _, gql) => [
			...((await registryLoader(gql).load(project.id))?.acceptedTypes ?? []),
		],
		isCoreRegistry: async (project, _, gql) => (await registryLoader(gql).load(project.id))?.core ?? false,
		protectedAliases: async (project, _, gql) => [
			...((await registryLoader(gql).load(project.id))?.protectedAliases ?? []),
		],
		registryContents: async (project, _, gql) => {
			const contents = project.isRegistry ? await registryContentsLoader(gql).load(project.id) : null;
			return contents && { ...contents, people: maySeePeople(gql.ctx, project) ? contents.people : null };
		},
	},
	Organization: {
		registries: async (organization, _, { ctx }) => await listRegistries(ctx, organization.id),
		registry: async (organization, { name }, { ctx }) =>
			(await listRegistries(ctx, organization.id)).find(
				(project) => registryNameOf(project.name)?.toLowerCase() === name.toLowerCase(),
			) ?? null,
	},
};
