import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { emit } from "../jobs/outbox.ts";
import { findCollectionsByIds } from "./artifact-reader.ts";
import {
	findPlacesGoing,
	lockGoing,
	markCollectionDeleted,
	markDeleted,
	takeLinksOut,
} from "./artifact-removal-store.ts";
import type { CollectionKind, CollectionRow } from "./artifact-rows.ts";
import { lockInPlace } from "./artifact-store.ts";
import { collectionsLosing, emitUnlinked, freeAliases, passLatestOn } from "./collections-losing.ts";
import { requireCollectionOrGhost } from "./require-collection.ts";

/**
 * Deletes a collection: a sequence with all its versions and the links to them, whatever aliases they have; of a
 * portfolio the links only. Its name is free afterwards. Client: DeleteArtifactSequence, DeleteArtifactPortfolio.
 */
export async function deleteCollection(
	ctx: Ctx,
	input: { readonly collectionId: string; readonly kind: CollectionKind },
): Promise<CollectionRow> {
	const wanted = { nodeId: input.collectionId, kind: input.kind };
	const asked = (await requireCollectionOrGhost(ctx, wanted, "collection.delete")).collection;
	const { id } = asked;
	return await inTransaction(ctx, async (tx) => {
		await lockInPlace(tx.db, asked);
		const collection = await read(tx, id);
		if (collection.deletedAt !== null) return collection;
		if (input.kind === "SEQUENCE") await deleteVersions(tx, collection);
		else await deleteLinks(tx, collection);
		await markCollectionDeleted(tx, id);
		const { projectId, name } = collection;
		await emit(tx, { type: "collection.deleted", collectionId: id, projectId, name });
		return await read(tx, id);
	});
}

async function deleteVersions(tx: Ctx, collection: CollectionRow): Promise<void> {
	const going = { sequenceId: collection.id };
	await lockGoing(tx.db, going);
	const losing = await collectionsLosing(tx, await findPlacesGoing(tx.db, going));
	for (const each of losing) await freeAliases(tx, each);
	await markDeleted(tx, going);
	for (const each of losing.filter(({ id }) => id !== collection.id)) {
		await emitUnlinked(tx, each);
		if (each.places.some(({ aliases }) => aliases.includes("latest"))) await passLatestOn(tx, each);
	}
}

async function deleteLinks(tx: Ctx, collection: CollectionRow): Promise<void> {
	const { id, projectId, kind } = collection;
	const losing = { id, projectId, kind, places: await findPlacesGoing(tx.db, { portfolioId: id }) };
	await freeAliases(tx, losing);
	await takeLinksOut(tx.db, id);
	await emitUnlinked(tx, losing);
}

async function read(tx: Ctx, id: string): Promise<CollectionRow> {
	const [collection] = await findCollectionsByIds(tx.db, [id]);
	if (collection === undefined) throw new Error(`collection ${id} is not there`);
	return collection;
}
