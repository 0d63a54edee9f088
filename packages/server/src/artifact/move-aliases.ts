import type { Ctx } from "../context.ts";
import { runGuards } from "../guards.ts";
import { emit } from "../jobs/outbox.ts";
import { checkAlias } from "./artifact-name-rules.ts";
import type { CollectionRow } from "./artifact-rows.ts";
import { putAliases, removeAliases } from "./artifact-store.ts";
import { readAliasesIn } from "./collection-name-reader.ts";

type AliasPlace = Pick<CollectionRow, "id" | "projectId" | "kind">;

export type AliasMove = {
	readonly collection: AliasPlace;
	readonly memberId: string;
	readonly artifactId: string;
	readonly add: readonly string[];
	readonly remove: readonly string[];
};

/**
 * Puts aliases on a member and takes others off, in the caller's transaction: each alias has one holder in a collection.
 * Every door that changes an alias of a link comes through here, or through `freeAliases` when versions are deleted, so
 * the `alias.move` guards see them all.
 */
export async function moveAliases(ctx: Ctx, move: AliasMove): Promise<void> {
	const add = [...new Set(move.add)];
	for (const alias of add) checkAlias(alias);
	if (add.length === 0 && move.remove.length === 0) return;
	const { id: collectionId, projectId } = move.collection;
	await askToMove(ctx, move.collection, { add, remove: move.remove });
	const moved = await putAliases(ctx, { collectionId, memberId: move.memberId }, add);
	const removed = await removeAliases(ctx.db, move.memberId, move.remove);
	await emit(
		ctx,
		...moved.map(({ alias, fromArtifactId }) => ({
			type: "alias.moved" as const,
			collectionId,
			projectId,
			alias,
			artifactId: move.artifactId,
			fromArtifactId,
		})),
		...removed.map((alias) => ({
			type: "alias.moved" as const,
			collectionId,
			projectId,
			alias,
			artifactId: null,
			fromArtifactId: move.artifactId,
		})),
	);
}

/** Asks the `alias.move` guards whether aliases of a collection of links may change; a sequence has none to ask. */
export async function askToMove(
	ctx: Ctx,
	{ id: collectionId, projectId, kind }: AliasPlace,
	what: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<void> {
	if (kind === "PORTFOLIO") await runGuards(ctx, "alias.move", { projectId, collectionId, ...what });
}

/** Asks them about all aliases of a locked collection, which under their full names will be no more. */
export async function askToMoveAll(ctx: Ctx, collection: AliasPlace): Promise<void> {
	if (collection.kind === "SEQUENCE") return;
	await askToMove(ctx, collection, { add: [], remove: await readAliasesIn(ctx.db, collection.id) });
}
