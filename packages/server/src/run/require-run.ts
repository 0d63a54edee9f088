import { mayOnProject } from "../access/project-role.ts";
import type { ProjectAction } from "../access/roles.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { findProjectById, type ProjectRow, requireOn, requireProject } from "../project/index.ts";
import { findRun } from "./find-run.ts";
import { findRunsByIds, type RunRow } from "./run-reader.ts";

export type RunAddress = {
	readonly entityName: string | null;
	readonly projectName: string | null;
	readonly runName: string;
};

export type RunInProject = { readonly run: RunRow; readonly project: ProjectRow };

/** The run and its project, or NOT_FOUND, or FORBIDDEN where it may be seen but not be dealt with like this. */
export async function requireRun(ctx: Ctx, address: RunAddress, action: ProjectAction): Promise<RunInProject> {
	const { entityName, projectName, runName } = address;
	const project = await requireProject(ctx, { entityName, projectName }, action);
	const run = await findRun(ctx, project, runName);
	if (run === null) throw runNotFound(project, runName);
	return { run, project };
}

export function runNotFound(project: ProjectRow, runName: string): DomainError {
	const path = `${project.entityName}/${project.name}`;
	return new DomainError("NOT_FOUND", `There is no run ${JSON.stringify(runName)} in ${path}.`);
}

/** The run with that id (the UUID) and its project, under the same rules. */
export async function requireRunById(ctx: Ctx, runId: string, action: ProjectAction): Promise<RunInProject> {
	const [run] = await findRunsByIds(ctx, [runId]);
	// Asked for no run as well, under an id that no project has: the number of queries tells nobody that there is one.
	const project = await findProjectById(ctx.db, run?.projectId ?? runId);
	if (run === undefined || project === null || !mayOnProject(ctx.actor, project, "project.see")) {
		throw new DomainError("NOT_FOUND", "There is no run with that id.");
	}
	requireOn(ctx, project, action);
	return { run, project };
}
