import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { findProjectsByIds } from "../project/index.ts";
import { checkTypeChange, checkTypeName } from "./artifact-name-rules.ts";
import { findCollectionsByIds } from "./artifact-reader.ts";
import type { CollectionRow } from "./artifact-rows.ts";
import { ensureType } from "./artifact-store.ts";
import { changeCollection } from "./change-collection.ts";
import { findPortfoliosOf, retypeCollection } from "./collection-change-store.ts";

/**
 * Gives a sequence another type, with all its versions. Not while versions of it are linked: the collections that they
 * are linked to take one type, and the client looks links up by the type of the version. Client: UpdateArtifactSequenceType.
 */
export async function moveCollection(
	ctx: Ctx,
	input: { readonly collectionId: string; readonly typeName: string },
): Promise<CollectionRow> {
	checkTypeName(input.typeName);
	const wanted = { nodeId: input.collectionId, kind: "SEQUENCE" as const, action: "collection.delete" as const };
	return await changeCollection(ctx, wanted, async (tx, { collection }) => {
		if (collection.typeName === input.typeName) return;
		checkTypeChange(collection.name, collection.typeName, input.typeName);
		await refuseLinked(tx, collection);
		await retypeCollection(tx, collection.id, await ensureType(tx, collection.projectId, input.typeName));
		const { id: collectionId, projectId, typeName: from } = collection;
		await emit(tx, { type: "collection.retyped", collectionId, projectId, from, to: input.typeName });
	});
}

async function refuseLinked(tx: Ctx, collection: CollectionRow): Promise<void> {
	const ids = await findPortfoliosOf(tx.db, collection.id);
	if (ids.length === 0) return;
	const portfolios = await findCollectionsByIds(tx.db, ids);
	const projects = await findProjectsByIds(tx.db, [...new Set(portfolios.map(({ projectId }) => projectId))]);
	const seen = portfolios.flatMap(({ name, projectId }) => {
		const project = projects.find(({ id }) => id === projectId);
		return project !== undefined && mayOnProject(tx.actor, project, "project.see")
			? [`"${project.entityName}/${project.name}/${name}"`]
			: [];
	});
	const where = seen.length === 0 ? "elsewhere" : `to ${seen.slice(0, 3).join(", ")}`;
	throw new DomainError(
		"CONFLICT",
		`the type of "${collection.name}" cannot change: versions of it are linked ${where} as "${collection.typeName}". Unlink them first, or log under another name`,
	);
}
