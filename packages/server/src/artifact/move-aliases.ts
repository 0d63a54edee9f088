import type { Ctx } from "../context.ts";
import { runGuards } from "../guards.ts";
import { emit } from "../jobs/outbox.ts";
import { checkAlias } from "./artifact-name-rules.ts";
import { putAliases, removeAliases } from "./artifact-store.ts";

export type AliasMove = {
	readonly projectId: string;
	readonly collectionId: string;
	readonly memberId: string;
	readonly artifactId: string;
	readonly add: readonly string[];
	readonly remove: readonly string[];
};

/**
 * Puts aliases on a member and takes others off, in the caller's transaction: each alias has one holder in a collection.
 * Every door that changes an alias comes through here, or through `freeAliases` when versions are deleted, so the
 * `alias.move` guards see them all.
 */
export async function moveAliases(ctx: Ctx, move: AliasMove): Promise<void> {
	const add = [...new Set(move.add)];
	for (const alias of add) checkAlias(alias);
	if (add.length === 0 && move.remove.length === 0) return;
	await runGuards(ctx, "alias.move", {
		projectId: move.projectId,
		collectionId: move.collectionId,
		add,
		remove: move.remove,
	});
	const moved = await putAliases(ctx, move, add);
	const removed = await removeAliases(ctx.db, move.memberId, move.remove);
	await emit(
		ctx,
		...moved.map(({ alias, fromArtifactId }) => ({
			type: "alias.moved" as const,
			collectionId: move.collectionId,
			alias,
			artifactId: move.artifactId,
			fromArtifactId,
		})),
		...removed.map((alias) => ({
			type: "alias.moved" as const,
			collectionId: move.collectionId,
			alias,
			artifactId: null,
			fromArtifactId: move.artifactId,
		})),
	);
}
