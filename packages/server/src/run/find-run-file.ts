import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { findProject } from "../project/index.ts";
import { findRun } from "./find-run.ts";
import type { RunAddress } from "./require-run.ts";
import { listRunFileRows, type RunFileRow } from "./run-file-reader.ts";
import { storableText } from "./run-rules.ts";

/** A file of a run to download; the same NOT_FOUND for what is not there and for what the viewer may not read. */
export async function findRunFile(ctx: Ctx, file: RunAddress & { readonly name: string }): Promise<RunFileRow> {
	const project = await findProject(ctx, { entityName: file.entityName, projectName: file.projectName });
	const readable = project !== null && mayOnProject(ctx.actor, project, "project.read");
	const run = readable ? await findRun(ctx, project, file.runName) : null;
	const search = { names: [storableText(file.name)], pattern: null };
	const [row] =
		run === null ? [] : await listRunFileRows(ctx.db, { runId: run.id, ...search }, { limit: 1, after: null });
	if (row !== undefined) return row;
	const path = `${file.entityName}/${file.projectName}/${file.runName}`;
	throw new DomainError("NOT_FOUND", `There is no file ${JSON.stringify(file.name.slice(0, 200))} in the run ${path}.`);
}
