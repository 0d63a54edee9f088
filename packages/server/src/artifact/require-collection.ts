import { mayOnProject } from "../access/project-role.ts";
import type { ProjectAction } from "../access/roles.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { fromNodeId } from "../graphql/node-id.ts";
import { type ProjectRow, requireOn } from "../project/index.ts";
import { findCollectionsByIds } from "./artifact-reader.ts";
import type { CollectionKind, CollectionRow } from "./artifact-rows.ts";
import { findProjectsOfCollections } from "./collection-name-reader.ts";

export type KnownCollection = { readonly collection: CollectionRow; readonly project: ProjectRow };

/** A collection by its node id, deleted or not, that the actor may do `action` to; else as if it had never been. */
export async function requireCollectionOrGhost(
	ctx: Ctx,
	wanted: { readonly nodeId: string; readonly kind: CollectionKind },
	action: ProjectAction,
): Promise<KnownCollection> {
	const id = fromNodeId("ArtifactCollection", wanted.nodeId);
	// Both asked for what is unknown too: the time of the answer tells nobody that there is something he may not see.
	const [[collection], [project]] = await Promise.all([
		findCollectionsByIds(ctx.db, [id]),
		findProjectsOfCollections(ctx.db, [id]),
	]);
	if (collection === undefined || project === undefined || !mayOnProject(ctx.actor, project, "collection.see")) {
		throw new DomainError(
			"NOT_FOUND",
			"no collection has this id: it was deleted, never was, or is in a project you may not see",
		);
	}
	requireOn(ctx, project, action);
	if (collection.kind !== wanted.kind) {
		throw new DomainError(
			"UNPROCESSABLE",
			wanted.kind === "SEQUENCE"
				? `"${collection.name}" is a collection of linked versions, not one that runs log to`
				: `"${collection.name}" is an artifact that runs log to, not a collection of links`,
		);
	}
	return { collection, project };
}

/** As `requireCollectionOrGhost`, for what changes a collection: one that is deleted stays as it is. */
export async function requireCollection(
	ctx: Ctx,
	wanted: { readonly nodeId: string; readonly kind: CollectionKind },
	action: ProjectAction,
): Promise<KnownCollection> {
	const known = await requireCollectionOrGhost(ctx, wanted, action);
	if (known.collection.deletedAt === null) return known;
	throw new DomainError("GONE", `"${known.collection.name}" was deleted: use or make another collection`);
}
