import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { checkDescription } from "../project/index.ts";
import { checkCollectionName } from "./artifact-name-rules.ts";
import type { CollectionKind, CollectionRow } from "./artifact-rows.ts";
import { changeCollection } from "./change-collection.ts";
import { describeCollection, placeCollection } from "./collection-change-store.ts";
import { askToMoveAll } from "./move-aliases.ts";

export type UpdateCollectionInput = {
	readonly collectionId: string;
	readonly kind: CollectionKind;
	/** wire: both come with every save(), changed or not; null or absent leaves the name. */
	readonly name: string | null;
	/** undefined leaves it. */
	readonly description: string | null | undefined;
};

/**
 * Renames or describes a collection. Its old name leads to it until something else takes that name.
 * Client: UpdateArtifactSequence, UpdateArtifactPortfolio.
 */
export async function updateCollection(ctx: Ctx, input: UpdateCollectionInput): Promise<CollectionRow> {
	const { name, description } = input;
	if (typeof description === "string") checkDescription(description);
	const wanted = { nodeId: input.collectionId, kind: input.kind, action: "collection.edit" as const };
	return await changeCollection(ctx, wanted, async (tx, { collection, project }) => {
		if (name !== null && name !== collection.name) {
			checkCollectionName(name);
			await askToMoveAll(tx, collection);
			if (!(await placeCollection(tx, collection, { ...collection, name }))) {
				throw new DomainError(
					"CONFLICT",
					`"${collection.name}" cannot be renamed to "${name}": "${project.entityName}/${project.name}" has a collection of that name. Use another name, or rename or delete that one first`,
				);
			}
			const { id: collectionId, projectId, name: from } = collection;
			await emit(tx, { type: "collection.renamed", collectionId, projectId, from, to: name });
		}
		const [was, will] = [collection.description ?? "", description ?? ""];
		if (description === undefined || was === will) return;
		const { id: collectionId, projectId } = collection;
		await describeCollection(tx, collectionId, description);
		await emit(tx, { type: "collection.described", collectionId, projectId, from: was, to: will });
	});
}
