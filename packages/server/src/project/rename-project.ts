import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { runGuards } from "../guards.ts";
import { emit } from "../jobs/outbox.ts";
import { findProjectById, type ProjectRow } from "./project-reader.ts";
import { checkProjectName, projectNameKey } from "./project-rules.ts";
import { renameProjectRow } from "./project-store.ts";
import { requireOn, requireProject } from "./require-project.ts";

export type RenameProjectInput = {
	readonly entityName: string;
	readonly from: string;
	readonly to: string;
};

/**
 * Gives a project or registry another name. The old one leads on to it until something else takes it.
 * Client: RenameRegistry (registry.save with another name).
 */
export async function renameProject(ctx: Ctx, input: RenameProjectInput): Promise<ProjectRow> {
	const address = { entityName: input.entityName, projectName: input.from };
	const project = await requireProject(ctx, address, "project.see");
	requireOn(ctx, project, project.isRegistry ? "registry.edit" : "project.administer");
	const { to } = input;
	if (to === project.name) return project;
	checkProjectName(to);
	const { id: projectId, isRegistry, entityName, entityKind } = project;
	return await inTransaction(ctx, async (tx) => {
		await runGuards(tx, "project.rename", { projectId, isRegistry, from: project.name, to });
		const nameKey = projectNameKey(entityKind, to);
		const from = await renameProjectRow(tx, { id: projectId, name: to, nameKey, now: tx.clock() });
		if (from === null) {
			throw new DomainError(
				"CONFLICT",
				`"${project.name}" cannot be renamed to "${to}": the name is taken in "${entityName}". Use another name, or rename or delete that one first`,
			);
		}
		await emit(tx, { type: "project.renamed", projectId, from, to });
		return (await findProjectById(tx.db, projectId)) ?? project;
	});
}
