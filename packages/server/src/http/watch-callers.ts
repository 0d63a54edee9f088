import type { ServerResponse } from "node:http";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** What is known of the caller of a request. */
export type Caller = {
	/** Aborted when he has gone before the whole answer was sent. */
	readonly signal: AbortSignal;
	readonly response: ServerResponse;
};

/** Made once: a reason of its own for each request, with its stack, costs more than all else about a small reply. */
const callerGone = new Error("the caller has gone");

/** Watches the callers of all requests. */
export function watchCallers(app: FastifyInstance): (request: FastifyRequest) => Caller {
	// Not `request.signal`: that one is aborted as soon as the body has been read.
	const callers = new WeakMap<FastifyRequest, Caller>();
	app.addHook("onRequest", (request, reply, done) => {
		const controller = new AbortController();
		reply.raw.once("close", () => {
			// After the answer nobody listens any more.
			if (!reply.raw.writableFinished) controller.abort(callerGone);
		});
		callers.set(request, { signal: controller.signal, response: reply.raw });
		done();
	});
	return (request) => {
		const caller = callers.get(request);
		if (caller === undefined) throw new Error("the request was not seen by the hook that watches its caller");
		return caller;
	};
}
