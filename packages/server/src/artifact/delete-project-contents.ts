import type { Guard } from "../guards.ts";
import {
	emptyProject,
	findPlacesElsewhere,
	lockCollectionsOfProject,
	lockGoing,
	markDeleted,
} from "./artifact-removal-store.ts";
import { collectionsLosing, emitUnlinked, freeAliases, passLatestOn } from "./collections-losing.ts";

/**
 * Deletes all versions and collections of a project that goes, in its transaction, and the links to and in them.
 * One statement for all of a kind; only collections elsewhere, which live on, are gone through one by one.
 */
export const deleteProjectContents: Guard<"project.delete"> = async (tx, { projectId, at }) => {
	const going = { projectId };
	await lockCollectionsOfProject(tx.db, projectId);
	await lockGoing(tx.db, going);
	const losing = await collectionsLosing(tx, await findPlacesElsewhere(tx.db, projectId));
	for (const each of losing) await freeAliases(tx, each);
	await markDeleted(tx, going, at);
	for (const each of losing) {
		await emitUnlinked(tx, each);
		if (each.places.some(({ aliases }) => aliases.includes("latest"))) await passLatestOn(tx, each);
	}
	await emptyProject(tx, { projectId, at });
};
