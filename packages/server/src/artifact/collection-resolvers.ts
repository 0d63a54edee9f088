import { mayOnProject } from "../access/project-role.ts";
import { onlyPage } from "../db/page.ts";
import { sortedCursor } from "../db/sorted-page.ts";
import { connectionOf, countableConnectionOf, type PageArgs, pageWanted } from "../graphql/connection.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { toNodeId } from "../graphql/node-id.ts";
import type { Resolvers } from "../graphql/resolver-types.gen.ts";
import { userLoader } from "../identity/index.ts";
import type { ProjectRow } from "../project/index.ts";
import { listProjectsToSearch, projectLoader } from "../project/index.ts";
import { collectionCapabilities, placeCapabilities } from "./artifact-capabilities.ts";
import {
	artifactLoader,
	collectionLoader,
	collectionMakerLoader,
	memberAliasLoader,
	memberCountLoader,
	memberMakerLoader,
	newestMemberLoader,
} from "./artifact-loaders.ts";
import { type ArtifactRow, type CollectionRow, type MembershipRow, type TagRow, typeOf } from "./artifact-rows.ts";
import { collectionTagLoader } from "./collection-tag-loader.ts";
import { findArtifactType } from "./find-artifact-type.ts";
import { findCollectionByName } from "./find-collection.ts";
import { findGhostIn, findMemberByName, findMemberIn } from "./find-member.ts";
import { aliasCursor, listAliases } from "./list-aliases.ts";
import { type CollectionScope, collectionCursor, listCollections } from "./list-collections.ts";
import { fileCursor, listFiles } from "./list-files.ts";
import { type ListedVersion, listVersions, versionCursor } from "./list-versions.ts";
import { type CollectionsWanted, searchCollections } from "./search-collections.ts";
import { foundMemberCursor, searchMembers } from "./search-members.ts";

/** A collection may be reached through a version whose other collections are none of the viewer's business. */
export function isVisible(gql: GqlContext, collection: CollectionRow): boolean | Promise<boolean> {
	// Of a deleted one only the name is left, for the versions that were in it.
	if (collection.deletedAt !== null) return false;
	const isSeen = (project: ProjectRow | null) =>
		project !== null && mayOnProject(gql.ctx.actor, project, "collection.see");
	const { project } = collection;
	return project === undefined ? projectLoader(gql).load(collection.projectId).then(isSeen) : isSeen(project);
}

/** The version of a member, which mostly comes with it. */
export function versionOf(gql: GqlContext, member: MembershipRow): ArtifactRow | Promise<ArtifactRow | null> {
	return member.artifact ?? artifactLoader(gql).load(member.artifactId);
}

function collectionOf(
	gql: GqlContext,
	place: { readonly collectionId: string; readonly collection?: CollectionRow },
): CollectionRow | Promise<CollectionRow | null> {
	return place.collection ?? collectionLoader(gql).load(place.collectionId);
}

/** The page wanted, and how clients would have it narrowed and sorted; they send null for "not at all". */
type ListArgs = PageArgs & { readonly filters?: string | null | undefined; readonly order?: string | null | undefined };

const noVersions = { ...onlyPage<ListedVersion>([]), total: async () => 0 };

/** Versions of a collection, none where it is none of the viewer's business. */
async function versionsOf(gql: GqlContext, collection: CollectionRow, args: ListArgs) {
	if (!(await isVisible(gql, collection))) return noVersions;
	const wanted = { ...pageWanted(args), order: args.order ?? null, filters: args.filters ?? null };
	return await listVersions(gql.ctx, collection, wanted);
}

async function versionConnection(gql: GqlContext, collection: CollectionRow, args: ListArgs) {
	const { edges, ...rest } = countableConnectionOf(await versionsOf(gql, collection, args), versionCursor);
	const withVersion = await Promise.all(
		edges.map(async ({ cursor, node }) => ({
			cursor,
			version: `v${node.versionIndex}`,
			node: await versionOf(gql, node),
		})),
	);
	return { ...rest, edges: withVersion };
}

async function collectionConnection(gql: GqlContext, scope: CollectionScope, args: ListArgs) {
	const { filters, order } = args;
	if (!filters?.trim() && !order?.trim()) {
		const { total, ...page } = await listCollections(gql.ctx, scope, pageWanted(args));
		return countableConnectionOf({ ...page, total: async () => total }, collectionCursor);
	}
	const { project, ...others } = scope;
	const projects = mayOnProject(gql.ctx.actor, project, "collection.see") ? [project] : [];
	return await searchConnection(gql, { ...others, projects }, args);
}

async function searchConnection(
	gql: GqlContext,
	scope: Pick<CollectionsWanted, "projects" | "typeId" | "kinds">,
	args: ListArgs,
) {
	const wanted = { ...pageWanted(args), filters: args.filters ?? null, order: args.order ?? null };
	return countableConnectionOf(await searchCollections(gql.ctx, { ...scope, ...wanted }), sortedCursor);
}

async function newestMember(gql: GqlContext, collection: CollectionRow): Promise<MembershipRow | null> {
	return (await isVisible(gql, collection)) ? await newestMemberLoader(gql).load(collection.id) : null;
}

async function userOf(gql: GqlContext, maker: { readonly userId: string | null } | null) {
	return maker === null || maker.userId === null ? null : await userLoader(gql).load(maker.userId);
}

async function newestVersion(gql: GqlContext, collection: CollectionRow): Promise<ArtifactRow | null> {
	const newest = await newestMember(gql, collection);
	return newest === null ? null : await versionOf(gql, newest);
}

async function projectOfType(gql: GqlContext, type: { readonly projectId: string }): Promise<ProjectRow> {
	const project = await projectLoader(gql).load(type.projectId);
	if (project === null) throw new Error(`project ${type.projectId} of an artifact type is not there`);
	return project;
}

function tagEdges(tags: readonly TagRow[]) {
	return { edges: tags.map((node) => ({ node })) };
}

async function readTags(gql: GqlContext, row: CollectionRow, visible: boolean | Promise<boolean>) {
	return tagEdges((await visible) ? (row.tags ?? (await collectionTagLoader(gql).load(row.id))) : []);
}

const collectionFields = {
	id: (row: CollectionRow) => toNodeId("ArtifactCollection", row.id),
	description: (row: CollectionRow, _: object, gql: GqlContext) => {
		const visible = isVisible(gql, row);
		const shown = (isShown: boolean) => (isShown ? row.description : null);
		// A list of collections asks for each: no promise where none is needed.
		return typeof visible === "boolean" ? shown(visible) : visible.then(shown);
	},
	state: (row: CollectionRow) => (row.deletedAt === null ? ("READY" as const) : ("DELETED" as const)),
	project: (row: CollectionRow, _: object, gql: GqlContext) => row.project ?? projectLoader(gql).load(row.projectId),
	defaultArtifactType: (row: CollectionRow) => typeOf(row),
	capabilities: (row: CollectionRow, _: object, gql: GqlContext) => collectionCapabilities(gql, row),
	tags: (row: CollectionRow, _: object, gql: GqlContext) => {
		const visible = isVisible(gql, row);
		return visible === true && row.tags !== undefined ? tagEdges(row.tags) : readTags(gql, row, visible);
	},
	aliases: async (row: CollectionRow, args: PageArgs, gql: GqlContext) =>
		(await isVisible(gql, row))
			? connectionOf(await listAliases(gql.ctx, row, pageWanted(args, 1000)), aliasCursor)
			: null,
	artifactMembership: async (row: CollectionRow, args: { aliasName: string }, gql: GqlContext) =>
		(await isVisible(gql, row)) ? await findMemberIn(gql.ctx, row.id, args.aliasName) : null,
	artifactMemberships: async (row: CollectionRow, args: ListArgs, gql: GqlContext) =>
		countableConnectionOf(await versionsOf(gql, row, args), versionCursor),
	artifacts: async (row: CollectionRow, args: ListArgs, gql: GqlContext) => await versionConnection(gql, row, args),
	versionCount: async (row: CollectionRow, _: object, gql: GqlContext) =>
		(await isVisible(gql, row)) ? ((await memberCountLoader(gql).load(row.id))?.total ?? 0) : 0,
	newestMembership: async (row: CollectionRow, _: object, gql: GqlContext) => await newestMember(gql, row),
	createdBy: async (row: CollectionRow, _: object, gql: GqlContext) =>
		(await isVisible(gql, row)) ? await userOf(gql, await collectionMakerLoader(gql).load(row.id)) : null,
};

export const collectionResolvers: Resolvers = {
	ArtifactCollection: { __resolveType: (row) => (row.kind === "SEQUENCE" ? "ArtifactSequence" : "ArtifactPortfolio") },
	ArtifactPortfolio: collectionFields,
	ArtifactSequence: {
		...collectionFields,
		latestArtifact: async (row, _, gql) => await newestVersion(gql, row),
		deletedVersion: async (row, { versionIndex }, gql) =>
			(await isVisible(gql, row)) ? await findGhostIn(gql.ctx, row.id, versionIndex) : null,
		digestAlgorithm: async (row, _, gql) => (await newestVersion(gql, row))?.digestAlgorithm ?? null,
	},
	ArtifactCollectionMembership: {
		id: (row) => toNodeId("ArtifactCollectionMembership", row.id),
		aliases: (row, _, gql) => (row.aliases === undefined ? memberAliasLoader(gql).load(row.id) : [...row.aliases]),
		artifactCollection: (row, _, gql) => collectionOf(gql, row),
		artifact: (row, _, gql) => versionOf(gql, row),
		createdBy: async (row, _, gql) => {
			const collection = await collectionOf(gql, row);
			if (collection === null || !(await isVisible(gql, collection))) return null;
			return await userOf(gql, await memberMakerLoader(gql).load(row.id));
		},
		capabilities: async (row, _, gql) => await placeCapabilities(gql, await collectionOf(gql, row)),
		files: async (row, args, gql) => {
			const artifact = await versionOf(gql, row);
			if (artifact === null) return null;
			const page = await listFiles(gql.ctx, artifact, { ...pageWanted(args), names: args.names ?? null });
			return { ...connectionOf(page, fileCursor), totalCount: args.names?.length ?? artifact.fileCount };
		},
	},
	ArtifactAlias: {
		id: (row) => toNodeId("ArtifactAlias", row.id),
		artifactCollection: (row, _, gql) => collectionOf(gql, row),
		artifactCollectionName: async (row, _, gql) => (await collectionOf(gql, row))?.name ?? null,
	},
	ArtifactType: {
		id: (row) => toNodeId("ArtifactType", row.id),
		artifactCollection: async (row, args, gql) => {
			const found = await findCollectionByName(gql.ctx, await projectOfType(gql, row), args.name);
			// By name: a collection that moved to another project has a type of that one.
			return found?.typeName === row.name ? found : null;
		},
		artifactSequence: async (row, args, gql) => {
			const found = await findCollectionByName(gql.ctx, await projectOfType(gql, row), args.name);
			return found?.typeName === row.name && found.kind === "SEQUENCE" ? found : null;
		},
		artifactCollections: async (row, args, gql) =>
			await collectionConnection(gql, { project: await projectOfType(gql, row), typeId: row.id }, args),
		artifact: async (row, args, gql) => {
			const member = await findMemberByName(gql.ctx, await projectOfType(gql, row), args.name);
			return member === null ? null : await versionOf(gql, member);
		},
	},
	Entity: {
		artifactCollections: async (entity, args, gql) => {
			const projects = await listProjectsToSearch(gql.ctx, {
				entityId: entity.id,
				filters: args.projectFilters ?? null,
			});
			const kinds = args.collectionTypes ? { kinds: args.collectionTypes } : {};
			return await searchConnection(gql, { projects, ...kinds }, args);
		},
		artifactMemberships: async (entity, args, gql) => {
			const projects = await listProjectsToSearch(gql.ctx, {
				entityId: entity.id,
				filters: args.projectFilters ?? null,
			});
			for (const project of projects) projectLoader(gql).prime(project.id, project);
			const members = await searchMembers(gql.ctx, {
				...pageWanted(args),
				within: { projectIds: projects.map(({ id }) => id) },
				collectionFilters: args.collectionFilters ?? null,
				filters: args.filters ?? null,
				order: args.order ?? null,
			});
			return countableConnectionOf(members, foundMemberCursor);
		},
	},
	Project: {
		artifactType: async (project, args, gql) => await findArtifactType(gql.ctx, project, args.name),
		artifactCollection: async (project, args, gql) => await findCollectionByName(gql.ctx, project, args.name),
		artifactCollections: async (project, args, gql) =>
			await collectionConnection(
				gql,
				{ project, ...(args.collectionTypes ? { kinds: args.collectionTypes } : {}) },
				args,
			),
	},
};
