import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { requireOn, requireProject } from "../project/index.ts";
import { findMembersOf } from "./artifact-reader.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { lockInPlace } from "./artifact-store.ts";
import { requireArtifact } from "./find-artifact.ts";
import { findSeen } from "./find-collection.ts";
import { moveAliases } from "./move-aliases.ts";

/** An alias in a collection; entity and project default to the version's own. */
export type AliasPlace = {
	readonly entityName: string | null;
	readonly projectName: string | null;
	readonly collectionName: string;
	readonly alias: string;
};

export type ChangeAliasesInput = {
	readonly artifactId: string;
	readonly add: readonly AliasPlace[];
	readonly remove: readonly AliasPlace[];
};

/** Puts aliases on a version, or takes them off, in the collections named. Client: AddAliases, DeleteAliases. */
export async function changeAliases(ctx: Ctx, input: ChangeAliasesInput): Promise<void> {
	const artifact = await requireArtifact(ctx, input.artifactId, "version.see");
	const [add, remove] = [Map.groupBy(input.add, placeKey), Map.groupBy(input.remove, placeKey)];
	// In one order, so that two who name the same collections do not wait for each other.
	const keys = [...new Set([...add.keys(), ...remove.keys()])].sort();
	await inTransaction(ctx, async (tx) => {
		for (const key of keys) {
			const [added, removed] = [add.get(key) ?? [], remove.get(key) ?? []];
			const [place] = [...added, ...removed];
			const what = { add: added.map(({ alias }) => alias), remove: removed.map(({ alias }) => alias) };
			if (place !== undefined) await change(tx, artifact, place, what);
		}
	});
}

/** wire: every alias comes with the whole address of its collection, nearly always the same one. */
function placeKey({ entityName, projectName, collectionName }: AliasPlace): string {
	return JSON.stringify([entityName, projectName, collectionName]);
}

async function change(
	tx: Ctx,
	artifact: ArtifactRow,
	place: AliasPlace,
	what: { add: string[]; remove: string[] },
): Promise<void> {
	const project = await requireProject(tx, place, "alias.change");
	const collection = await findSeen(tx, project, place.collectionName);
	if (collection !== null) {
		requireOn(tx, collection.project, "alias.change");
		await lockInPlace(tx.db, collection);
	}
	// Read under the lock: whoever deletes or unlinks the version holds it too.
	const members = collection === null ? [] : await findMembersOf(tx.db, [artifact.id]);
	const member = members.find((each) => each.collectionId === collection?.id);
	if (collection === null || member === undefined) {
		throw new DomainError(
			"NOT_FOUND",
			`this version is not in a collection "${place.collectionName}" of "${project.entityName}/${project.name}"`,
		);
	}
	await moveAliases(tx, { collection, memberId: member.id, artifactId: artifact.id, ...what });
}
