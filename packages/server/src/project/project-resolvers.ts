import { capabilitiesOnProject } from "../access/capabilities.ts";
import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { onlyPage } from "../db/page.ts";
import { connectionOf, type PageArgs, pageWanted } from "../graphql/connection.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { fromNodeId, toNodeId } from "../graphql/node-id.ts";
import type { Resolvers } from "../graphql/resolver-types.gen.ts";
import { runGuards } from "../guards.ts";
import { userLoader } from "../identity/index.ts";
import { type EntityRow, findEntity } from "../org/index.ts";
import { deleteProject } from "./delete-project.ts";
import { findProject, type ProjectAddress } from "./find-project.ts";
import { type ListedProject, listedProjectCursor, listProjects, type ProjectsWanted } from "./list-projects.ts";
import { lastActivityLoader, projectLoader } from "./project-loaders.ts";
import type { ProjectRow } from "./project-reader.ts";
import { renameProject } from "./rename-project.ts";

type ListArgs = PageArgs & Pick<ProjectsWanted, "filters" | "order">;

async function connect(gql: GqlContext, entityId: string | null, args: ListArgs) {
	const { filters, order } = args;
	const page =
		entityId === null
			? onlyPage<ListedProject>([])
			: await listProjects(gql.ctx, { entityId, filters, order, ...pageWanted(args) });
	return connectionOf(page, listedProjectCursor);
}

/** Finds a project, and keeps it for what lies below it and knows its id only. */
async function findNamed(gql: GqlContext, address: ProjectAddress): Promise<ProjectRow | null> {
	const project = await findProject(gql.ctx, address);
	if (project !== null) projectLoader(gql).prime(project.id, project);
	else if (address.projectName) {
		const { entityName, projectName } = address;
		await runGuards(gql.ctx, "project.missing", { entityName, projectName });
	}
	return project;
}

/** The entity of a project, which comes with it. */
function entityOf(project: ProjectRow): EntityRow {
	return {
		id: project.entityId,
		name: project.entityName,
		kind: project.entityKind,
		userId: project.ownerUserId,
		organizationId: project.organizationId,
		createdAt: project.entityCreatedAt,
	};
}

function isSeen({ actor }: Pick<Ctx, "actor">, project: ProjectRow): boolean {
	return mayOnProject(actor, project, "project.see");
}

export const projectResolvers: Resolvers = {
	Query: {
		project: (_parent, { entityName, name }, gql) =>
			findNamed(gql, { entityName: entityName ?? null, projectName: name ?? null }),
		model: (_parent, { entityName, name }, gql) =>
			findNamed(gql, { entityName: entityName ?? null, projectName: name ?? null }),
		models: async (_parent, { entityName, ...args }, gql) => {
			const entity = await findEntity(gql.ctx, entityName ?? null);
			return await connect(gql, entity?.id ?? null, args);
		},
	},
	Mutation: {
		renameProject: async (_parent, { input }, { ctx }) => {
			const { entityName, oldProjectName: from, newProjectName: to, clientMutationId } = input;
			const project = await renameProject(ctx, { entityName, from, to });
			return { project, inserted: false, clientMutationId };
		},
		deleteModel: async (_parent, { input }, { ctx }) => {
			await deleteProject(ctx, fromNodeId("Project", input.id));
			return { success: true, clientMutationId: input.clientMutationId };
		},
	},
	Entity: {
		project: (entity, { name }, gql) => findNamed(gql, { entityName: entity.name, projectName: name ?? null }),
		projects: (entity, args, gql) => connect(gql, entity.id, args),
	},
	Project: {
		id: (project) => toNodeId("Project", project.id),
		internalId: (project) => toNodeId("ProjectInternalId", project.number),
		entity: (project) => entityOf(project),
		readOnly: (project, _args, { ctx }) => !mayOnProject(ctx.actor, project, "project.write"),
		capabilities: (project, _args, { ctx }) => capabilitiesOnProject(ctx.actor, project),
		isBenchmark: () => false,
		views: () => null,
		// wire: clients of 0.22 fall over an empty description.
		// Whoever came here from a link in a registry knows the project by its path, and no more of it.
		description: (project, _args, { ctx }) => (isSeen(ctx, project) ? project.description || null : null),
		access: (project, _args, { ctx }) => (isSeen(ctx, project) ? project.access : null),
		updatedAt: (project, _args, { ctx }) => (isSeen(ctx, project) ? project.updatedAt : null),
		lastActivityAt: async (project, _args, gql) =>
			isSeen(gql.ctx, project) ? ((await lastActivityLoader(gql).load(project.id))?.at ?? null) : null,
		user: (project, _args, gql) =>
			project.createdBy === null || !isSeen(gql.ctx, project) ? null : userLoader(gql).load(project.createdBy),
	},
};
