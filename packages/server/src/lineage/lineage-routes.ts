import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Ctx } from "../context.ts";
import { sendAnswer } from "../http/send-answer.ts";
import { parseKind, parseMembers, parseNeighbourhood } from "./lineage-query-rules.ts";
import { listGroupMembers } from "./list-group-members.ts";
import { readNeighbourhood } from "./read-neighbourhood.ts";

export type LineageRoutesOptions = { readonly makeCtx: (request: FastifyRequest) => Promise<Ctx> };

type NodeParams = { Params: { kind: string; id: string } };

/** The lineage graph as plain JSON, for the app, the command line and other tools: docs/lineage-api.md. */
export async function lineageRoutes(app: FastifyInstance, { makeCtx }: LineageRoutesOptions): Promise<void> {
	app.get<NodeParams>("/api/lineage/:kind/:id", async (request, reply) => {
		const { kind, id } = request.params;
		const asked = parseNeighbourhood({ kind: parseKind(kind), id }, request.query);
		return await sendAnswer(request, reply, await readNeighbourhood(await makeCtx(request), asked));
	});
	app.get<{ Params: { key: string } }>("/api/lineage/groups/:key/members", async (request, reply) => {
		const asked = parseMembers(request.params.key, request.query);
		return await sendAnswer(request, reply, await listGroupMembers(await makeCtx(request), asked));
	});
}
