import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Ctx } from "../context.ts";
import { type Answer, sendAnswer, takesGzip } from "../http/send-answer.ts";
import { compareAncestry } from "./compare-ancestry.ts";
import { exportLineage } from "./export-lineage.ts";
import { contentTypes } from "./export-rules.ts";
import { findPaths } from "./find-paths.ts";
import { lineageOpenapi } from "./lineage-openapi-rules.ts";
import {
	parseComparison,
	parseExport,
	parseImpact,
	parseKind,
	parseMembers,
	parseNeighbourhood,
	parsePath,
	parseSearch,
} from "./lineage-query-rules.ts";
import { listGroupMembers } from "./list-group-members.ts";
import { listImpact } from "./list-impact.ts";
import { readNeighbourhoodAsJson } from "./read-neighbourhood.ts";
import { searchScope } from "./search-scope.ts";

export type LineageRoutesOptions = { readonly makeCtx: (request: FastifyRequest) => Promise<Ctx> };

type Params = { readonly kind?: string; readonly id?: string; readonly key?: string };

/** The lineage graph as plain JSON, for the app, the command line and other tools: docs/lineage-api.md. */
export async function lineageRoutes(app: FastifyInstance, { makeCtx }: LineageRoutesOptions): Promise<void> {
	const serve = (path: string, answer: (ctx: Ctx, params: Params, query: unknown) => Promise<Answer>) =>
		app.get<{ Params: Params }>(`/api/lineage/${path}`, async (request, reply) => {
			const ctx = await makeCtx(request);
			return await sendAnswer(request, reply, await answer(ctx, request.params, request.query));
		});
	const focusOf = ({ kind = "", id = "" }: Params) => ({ kind: parseKind(kind), id });
	serve(":kind/:id", async (ctx, params, query) => {
		return await readNeighbourhoodAsJson(ctx, parseNeighbourhood(focusOf(params), query));
	});
	serve(":kind/:id/impact", async (ctx, params, query) => {
		return await listImpact(ctx, parseImpact(focusOf(params), query));
	});
	serve("groups/:key/members", async (ctx, { key = "" }, query) => {
		return await listGroupMembers(ctx, parseMembers(key, query));
	});
	serve("search", async (ctx, _params, query) => await searchScope(ctx, parseSearch(query)));
	serve("path", async (ctx, _params, query) => await findPaths(ctx, parsePath(query)));
	serve("compare", async (ctx, _params, query) => await compareAncestry(ctx, parseComparison(query)));
	app.get("/api/lineage/export", async (request, reply) => {
		const asked = parseExport(request.query);
		const pieces = Readable.from(await exportLineage(await makeCtx(request), asked));
		reply.headers({
			...{ "content-type": contentTypes[asked.format], "cache-control": "private, no-store" },
			...{ vary: "accept-encoding", "content-disposition": `attachment; filename="lineage.${asked.format}"` },
		});
		if (!takesGzip(request)) return await reply.send(pieces);
		const packed = createGzip({ level: 1 });
		pieces.once("error", (error) => packed.destroy(error));
		packed.once("close", () => pieces.destroy());
		return await reply.header("content-encoding", "gzip").send(pieces.pipe(packed));
	});
	// What the API is like is no secret: tools read it before they sign in.
	app.get("/api/lineage/openapi.json", async (_request, reply) => await reply.send(lineageOpenapi));
}
