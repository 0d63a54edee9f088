import { userIdOf } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { runGuards } from "../guards.ts";
import { emit } from "../jobs/outbox.ts";
import { lockProject, markProjectDeleted } from "./project-store.ts";
import { requireOn, requireProjectById } from "./require-project.ts";

/**
 * Deletes a project or registry: its name is free, its runs and versions are in no list, links to them and links in it
 * are gone. The rows stay, marked with the moment and the person: lineage of others goes on through them. Bytes stay too.
 * Client: DeleteRegistry (registry.delete).
 */
export async function deleteProject(ctx: Ctx, projectId: string): Promise<void> {
	const project = await requireProjectById(ctx, projectId);
	requireOn(ctx, project, project.isRegistry ? "registry.delete" : "project.administer");
	await inTransaction(ctx, async (tx) => {
		if (!(await lockProject(tx.db, projectId))) return;
		const at = tx.clock();
		await runGuards(tx, "project.delete", { projectId, at });
		await markProjectDeleted(tx, { projectId, at, by: userIdOf(tx.actor) });
		await emit(tx, { type: "project.deleted", projectId, entityId: project.entityId, name: project.name });
	});
}
