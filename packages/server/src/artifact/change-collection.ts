import type { ProjectAction } from "../access/roles.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import type { CollectionKind, CollectionRow } from "./artifact-rows.ts";
import { lockCollection } from "./artifact-store.ts";
import { type KnownCollection, requireCollection } from "./require-collection.ts";

/** Makes a change to a living collection that the actor may do `action` to, locked and read anew; answers what it is then. */
export async function changeCollection(
	ctx: Ctx,
	wanted: { readonly nodeId: string; readonly kind: CollectionKind; readonly action: ProjectAction },
	change: (tx: Ctx, known: KnownCollection) => Promise<void>,
): Promise<CollectionRow> {
	const { collection } = await requireCollection(ctx, wanted, wanted.action);
	return await inTransaction(ctx, async (tx) => {
		await lockCollection(tx.db, collection.id);
		await change(tx, await requireCollection(tx, wanted, wanted.action));
		return (await requireCollection(tx, wanted, wanted.action)).collection;
	});
}
