import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";

/** How much of a refused upload is still read, and for how long, so that its sender can see the reply. */
const lingerBytes = 64 * 1024 * 1024;
const lingerMs = 5_000;

/**
 * A reply body that is out at once but ends only when the refused upload has ended, or enough of it was thrown away.
 * Closing a connection with unread bytes makes TCP send a reset, which can overtake the reply: the sender would see
 * "connection reset" and retry for minutes what will never be accepted. Send it with its length and `Connection: close`.
 */
export function lingeringReply(request: IncomingMessage, body: string | Uint8Array): Readable {
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
		if (dropped > lingerBytes) {
			end();
		}
	};
	const timer = setTimeout(end, lingerMs);
	request.on("data", drop).once("end", end).once("close", end).once("error", end);
	return reply;
}
