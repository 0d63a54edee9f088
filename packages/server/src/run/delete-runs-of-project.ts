import type { Guard } from "../guards.ts";
import { markRunsOfProjectDeleted } from "./run-store.ts";

/** Takes the runs of a project that goes out of every list, in its transaction. What they hold stays for a restore. */
export const deleteRunsOfProject: Guard<"project.delete"> = async (tx, { projectId, at }) => {
	await markRunsOfProjectDeleted(tx.db, projectId, at);
};
