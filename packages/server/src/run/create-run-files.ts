import { signPutUrl } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { requireProject } from "../project/index.ts";
import { type RunAddress, runNotFound } from "./require-run.ts";
import { checkRunFileName, mimetypeOf } from "./run-file-rules.ts";
import { announceRunFiles } from "./run-file-store.ts";
import { storableText } from "./run-rules.ts";

const mostAtOnce = 10_000;

export type CreateRunFilesInput = RunAddress & { readonly names: readonly string[] };

export type CreatedRunFiles = {
	readonly runId: string;
	/** As many as names were asked for, in the same order. */
	readonly files: ReadonlyArray<{ readonly name: string; readonly uploadUrl: string }>;
};

/** Signed upload addresses for files of a run. */
export async function createRunFiles(ctx: Ctx, input: CreateRunFilesInput): Promise<CreatedRunFiles> {
	if (input.names.length > mostAtOnce) {
		throw new DomainError("INVALID_INPUT", `At most ${mostAtOnce} files at once; ask for the rest in another request.`);
	}
	const names = input.names.map(checkRunFileName);
	const { entityName, projectName, runName } = input;
	const project = await requireProject(ctx, { entityName, projectName }, "project.write");
	const files = [...new Set(names)].map((name) => ({ id: ctx.ids.uuid(), name, mimetype: mimetypeOf(name) }));
	const address = { projectId: project.id, name: storableText(runName) };
	const runId = await announceRunFiles(ctx.db, address, { files, now: ctx.clock() });
	if (runId === undefined) throw runNotFound(project, runName);
	const sign = (name: string) => signPutUrl(ctx, { projectId: project.id, to: { kind: "run-file", runId, name } });
	return { runId, files: names.map((name) => ({ name, uploadUrl: sign(name) })) };
}
