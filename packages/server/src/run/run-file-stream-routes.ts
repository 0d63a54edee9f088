import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { sendJson } from "../http/error-reply.ts";
import { type AppendRunLinesInput, appendRunLines } from "./append-run-lines.ts";
import type { RunRoutesDeps } from "./run-file-routes.ts";

const lines = z.object({ offset: z.int().nonnegative(), content: z.array(z.string()) });

/** wire: every key is optional, `{}` is a heartbeat; keys and files that are not known are passed over. */
const body = z.object({
	files: z
		.object({
			"wandb-history.jsonl": lines.nullish(),
			"wandb-events.jsonl": lines.nullish(),
			"wandb-summary.json": lines.nullish(),
			"output.log": lines.nullish(),
		})
		.nullish(),
	uploaded: z.array(z.string()).nullish(),
	preempting: z.boolean().nullish(),
	complete: z.boolean().nullish(),
	exitcode: z.int().nullish(),
});

type Sent = z.output<typeof body>;
type RunParams = { readonly entity: string; readonly project: string; readonly run: string };

/** `POST /files/ENTITY/PROJECT/RUN/file_stream`: all that a running script says about itself. */
export function runFileStreamRoutes(app: FastifyInstance, deps: RunRoutesDeps): void {
	app.post<{ Params: RunParams }>("/files/:entity/:project/:run/file_stream", async (request, reply) => {
		const ctx = await deps.makeCtx(request);
		const parsed = body.safeParse(request.body ?? {});
		if (!parsed.success) {
			const issue = parsed.error.issues[0];
			const where = issue === undefined || issue.path.length === 0 ? "the body" : issue.path.join(".");
			throw new DomainError("INVALID_INPUT", `The file stream request is malformed at ${where}: ${issue?.message}.`);
		}
		const { stopped } = await appendRunLines(ctx, toInput(request.params, parsed.data));
		// wire: only `stopped` is read; it is the one way to ask a client to stop.
		return sendJson(reply, { exitcode: null, limits: {}, stopped });
	});
}

function toInput(params: RunParams, sent: Sent): AppendRunLinesInput {
	const files = sent.files ?? {};
	return {
		entityName: params.entity,
		projectName: params.project,
		runName: params.run,
		history: toLines(files["wandb-history.jsonl"]),
		events: toLines(files["wandb-events.jsonl"]),
		log: toLines(files["output.log"]),
		summary: files["wandb-summary.json"]?.content.at(-1),
		preempting: sent.preempting ?? false,
		complete: sent.complete ?? false,
		exitCode: typeof sent.exitcode === "number" ? toInt32(sent.exitcode) : null,
	};
}

function toLines(sent: z.output<typeof lines> | null | undefined): AppendRunLinesInput["history"] {
	return sent === null || sent === undefined ? undefined : { offset: sent.offset, lines: sent.content };
}

/** Exit codes of Windows are unsigned; the column is not. What is not 0 must not become it. */
function toInt32(code: number): number {
	return Math.max(-(2 ** 31), Math.min(code, 2 ** 31 - 1));
}
