import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { requireProject } from "../project/index.ts";
import { findCollection, findMembersOf } from "./artifact-reader.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { lockCollection } from "./artifact-store.ts";
import { requireArtifact } from "./find-artifact.ts";
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
	const artifact = await requireArtifact(ctx, input.artifactId, "project.see");
	await inTransaction(ctx, async (tx) => {
		for (const place of input.add) await change(tx, artifact, place, { add: [place.alias], remove: [] });
		for (const place of input.remove) await change(tx, artifact, place, { add: [], remove: [place.alias] });
	});
}

async function change(
	tx: Ctx,
	artifact: ArtifactRow,
	place: AliasPlace,
	what: { add: string[]; remove: string[] },
): Promise<void> {
	const project = await requireProject(tx, place, "project.write");
	const collection = await findCollection(tx.db, project.id, place.collectionName);
	const members = collection === undefined ? [] : await findMembersOf(tx.db, [artifact.id]);
	const member = members.find((each) => each.collectionId === collection?.id);
	if (collection === undefined || member === undefined) {
		throw new DomainError(
			"NOT_FOUND",
			`this version is not in a collection "${place.collectionName}" of "${project.entityName}/${project.name}"`,
		);
	}
	await lockCollection(tx.db, collection.id);
	await moveAliases(tx, {
		projectId: project.id,
		collectionId: collection.id,
		memberId: member.id,
		artifactId: artifact.id,
		...what,
	});
}
