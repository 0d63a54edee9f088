import type { Ctx } from "../context.ts";
import { findPlacesGoing, lockGoing } from "./artifact-removal-store.ts";
import { collectionsLosing, letGo } from "./collections-losing.ts";

/**
 * Deletes the versions that a run made, in the transaction that deletes the run, whatever aliases they have and wherever
 * they are linked to. Those that another run made as well stay: they are what came of that one.
 * Client: DeleteRun with `deleteArtifacts`.
 */
export async function deleteRunOutputs(tx: Ctx, going: { runId: string; projectId: string }): Promise<void> {
	await lockGoing(tx.db, going);
	await letGo(tx, going, await collectionsLosing(tx, await findPlacesGoing(tx.db, going)));
}
