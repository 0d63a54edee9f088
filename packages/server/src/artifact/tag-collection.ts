import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { requireOn, requireProject } from "../project/index.ts";
import { checkTags } from "./artifact-name-rules.ts";
import type { TagRow } from "./artifact-rows.ts";
import { lockInPlace } from "./artifact-store.ts";
import { addCollectionTags, findTagsOfCollections, removeCollectionTags } from "./collection-change-store.ts";
import { findSeen } from "./find-collection.ts";

export type TagCollectionInput = {
	readonly entityName: string;
	readonly projectName: string;
	readonly collectionName: string;
	readonly add: readonly string[];
	readonly remove: readonly string[];
};

/** Puts tags on a collection, or takes them off; answers all that it has then. Client: AddArtifactCollectionTags, … */
export async function tagCollection(ctx: Ctx, input: TagCollectionInput): Promise<TagRow[]> {
	const add = [...new Set(input.add)];
	checkTags(add);
	const project = await requireProject(ctx, input, "collection.tag");
	return await inTransaction(ctx, async (tx) => {
		const collection = await findSeen(tx, project, input.collectionName);
		if (collection === null) {
			throw new DomainError(
				"NOT_FOUND",
				`no collection "${input.collectionName}" is in "${project.entityName}/${project.name}"`,
			);
		}
		requireOn(tx, collection.project, "collection.tag");
		await lockInPlace(tx.db, collection);
		const added = await addCollectionTags(tx, collection.id, add);
		const removed = await removeCollectionTags(tx.db, collection.id, input.remove);
		if (added.length + removed.length > 0) {
			const { id: collectionId, projectId } = collection;
			await emit(tx, { type: "collection.tagged", collectionId, projectId, added, removed });
		}
		return await findTagsOfCollections(tx.db, [collection.id]);
	});
}
