import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** A refused body of this announced size is read to its end; a longer one costs the connection. */
const smallBody = 1024 * 1024;
/** How much of a refused body is still read, and for how long, so that its sender can see the reply. */
const lingerBytes = 256 * 1024 * 1024;
const lingerMs = 30_000;

/** Sees to it that the sender of a body that nobody will read gets the reply. */
export function addUnreadBodyReplies(app: FastifyInstance): void {
	app.addHook("onSend", (request, reply, payload, done) => done(null, replyToUnreadBody(request, reply, payload)));
}

function replyToUnreadBody({ raw }: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
	if (!announcesBody(raw)) return payload;
	// Who was to read the body may have left it in the middle.
	raw.unpipe();
	const isOver = raw.complete || raw.readableEnded || raw.destroyed;
	const isSmall = Number(raw.headers["content-length"] ?? Number.POSITIVE_INFINITY) <= smallBody;
	const isText = typeof payload === "string" || payload instanceof Uint8Array;
	if (isOver || isSmall || !(isText || payload === null || payload === undefined)) {
		raw.resume();
		return payload;
	}
	const body = isText ? payload : "";
	reply.header("connection", "close").header("content-length", Buffer.byteLength(body));
	return lingeringReply(raw, body);
}

function announcesBody({ headers }: IncomingMessage): boolean {
	return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/**
 * A reply body that is out at once but ends only when the refused body has ended, or enough of it was thrown away.
 * Closing a connection with unread bytes makes TCP send a reset, which can overtake the reply: the sender would see
 * "connection reset" and retry for minutes what will never be accepted. Send it with its length and `Connection: close`.
 */
function lingeringReply(request: IncomingMessage, body: string | Uint8Array): Readable {
	const reply = new Readable({ read() {} });
	reply.push(body);
	let dropped = 0;
	const end = () => {
		clearTimeout(timer);
		request.off("data", drop).off("end", end).off("close", end).off("error", end);
		request.resume();
		reply.push(null);
	};
	const drop = (chunk: Uint8Array) => {
		dropped += chunk.length;
		if (dropped > lingerBytes) end();
	};
	const timer = setTimeout(end, lingerMs);
	request.on("data", drop).once("end", end).once("close", end).once("error", end).resume();
	return reply;
}
