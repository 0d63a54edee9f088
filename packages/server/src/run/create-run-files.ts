import { signPutUrl } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { type RunAddress, requireRun } from "./require-run.ts";
import { checkRunFileName, mimetypeOf } from "./run-file-rules.ts";
import { announceRunFiles } from "./run-file-store.ts";

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
	const { run, project } = await requireRun(ctx, input, "project.write");
	const files = [...new Set(names)].map((name) => ({ id: ctx.ids.uuid(), name, mimetype: mimetypeOf(name) }));
	if (files.length > 0) await announceRunFiles(ctx.db, run.id, { files, now: ctx.clock() });
	const sign = (name: string) =>
		signPutUrl(ctx, { projectId: project.id, to: { kind: "run-file", runId: run.id, name } });
	return { runId: run.id, files: names.map((name) => ({ name, uploadUrl: sign(name) })) };
}
