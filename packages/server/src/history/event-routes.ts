import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Actor, Credential } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { EventStreams } from "./event-streams.ts";

const position = z.coerce.number().int().nonnegative();

export type EventRoutesDeps = {
	/** Refuses nobody-in-particular, and cuts the answer when the session or key behind it ends. */
	readonly makeCtx: (request: FastifyRequest) => Promise<Ctx>;
	readonly findOwner: (credential: Credential) => Promise<Actor | null>;
	readonly streams: EventStreams;
};

/** `GET /api/events`: server-sent events about what the caller may see. `after` or `Last-Event-ID` says what he knows. */
export function eventRoutes(app: FastifyInstance, { makeCtx, findOwner, streams }: EventRoutesDeps): void {
	app.addHook("preClose", async () => await streams.close());
	app.get<{ Querystring: { after?: string } }>("/api/events", { exposeHeadRoute: false }, async (request, reply) => {
		const { actor } = await makeCtx(request);
		const after = readPosition(request.headers["last-event-id"] ?? request.query.after);
		const credential = actor.kind === "user" ? actor.credential : undefined;
		const lookUp = async () => (credential === undefined ? actor : await findOwner(credential));
		reply.header("content-type", "text/event-stream; charset=utf-8");
		reply.header("cache-control", "no-store");
		// Proxies hold small answers back otherwise.
		reply.header("x-accel-buffering", "no");
		return await streams.open({ actor, lookUp, after });
	});
}

function readPosition(text: string | string[] | undefined): number | null {
	if (text === undefined || text === "") return null;
	const parsed = position.safeParse(text);
	if (!parsed.success) throw new DomainError("INVALID_INPUT", "after: expected the id of an event, a whole number");
	return parsed.data;
}
