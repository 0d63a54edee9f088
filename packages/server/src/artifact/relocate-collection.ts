import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { runGuards } from "../guards.ts";
import { emit } from "../jobs/outbox.ts";
import type { ProjectRow } from "../project/index.ts";
import type { CollectionRow } from "./artifact-rows.ts";
import { ensureType } from "./artifact-store.ts";
import { placeCollection } from "./collection-change-store.ts";
import { readAliasesIn, readArtifactsIn } from "./collection-name-reader.ts";
import { askToMove, askToMoveAll } from "./move-aliases.ts";

/**
 * Moves a locked collection of links, as it is, to another project, in the caller's transaction, who asked for the rights
 * on both; its old full name leads on to it. For the guards every link and alias in it is new where it goes to.
 */
export async function relocateCollection(
	ctx: Ctx,
	collection: CollectionRow,
	to: { readonly project: ProjectRow; readonly name: string },
): Promise<void> {
	const { id: collectionId, projectId: fromProjectId, typeName: collectionTypeName, name: from } = collection;
	const projectId = to.project.id;
	await askToMoveAll(ctx, collection);
	for (const artifactId of await readArtifactsIn(ctx.db, collectionId)) {
		await runGuards(ctx, "version.link", { projectId, collectionId, collectionTypeName, artifactId });
	}
	const aliases = await readAliasesIn(ctx.db, collectionId);
	await askToMove(ctx, { ...collection, projectId }, { add: aliases, remove: [] });
	const typeId = await ensureType(ctx, projectId, collectionTypeName);
	if (!(await placeCollection(ctx, collection, { projectId, typeId, name: to.name }))) {
		throw new DomainError(
			"CONFLICT",
			`"${from}" cannot move to "${to.project.entityName}/${to.project.name}": a collection "${to.name}" is there. Rename or delete one of them first`,
		);
	}
	await emit(ctx, { type: "collection.moved", collectionId, projectId, fromProjectId, from, to: to.name });
}
