import type { FastifyInstance, FastifyRequest } from "fastify";
import { sendBlob } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { findRunFile } from "./find-run-file.ts";
import { runFileNameInPath } from "./run-file-rules.ts";

/** What the routes of runs are given. */
export type RunRoutesDeps = { readonly makeCtx: (request: FastifyRequest) => Promise<Ctx> };

type FileParams = { readonly entity: string; readonly project: string; readonly run: string };

/** `GET /files/ENTITY/PROJECT/RUN/NAME…`: where `File.url` leads, with the viewer's own credentials. */
export function runFileRoutes(app: FastifyInstance, deps: RunRoutesDeps): void {
	app.get<{ Params: FileParams }>("/files/:entity/:project/:run/*", async (request, reply) => {
		const ctx = await deps.makeCtx(request);
		const { entity, project, run } = request.params;
		// wire: names hold raw `%`, spaces and `&`. The router's own reading of a wildcard is not exact about `%25`.
		const name = runFileNameInPath(request.raw.url ?? "");
		if (name === null) throw new DomainError("INVALID_INPUT", "The file name in the address is not properly escaped.");
		const file = await findRunFile(ctx, { entityName: entity, projectName: project, runName: run, name });
		return await sendBlob(request, reply, ctx, {
			sha256: file.sha256,
			name: file.name,
			size: file.size,
			contentType: file.mimetype ?? undefined,
		});
	});
}
