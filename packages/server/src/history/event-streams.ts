import { PassThrough, type Readable } from "node:stream";
import type { Actor } from "../access/actor.ts";
import type { Services } from "../context.ts";
import { DomainError } from "../errors.ts";
import { type Notice, noticesFor } from "./live-rules.ts";
import { type Batch, createOutboxFollower } from "./outbox-follower.ts";

const mostStreams = 1_000;
const mostStreamsOfOne = 30;
/** More at a time than a page could look at one by one: it looks at everything again. */
const mostNotices = 200;
/** Whoever reads so slowly is cut off, and comes back with where he was. */
const mostUnreadBytes = 256 * 1024;
const beatMilliseconds = 15_000;

export type Listener = {
	readonly actor: Actor;
	/** What he is now, asked before each thing that he is told; null when his key or session has ended. */
	readonly lookUp: () => Promise<Actor | null>;
	/** The position up to which he has been told before. */
	readonly after: number | null;
};

/** What happens, as it happens, for whoever listens: server-sent events about what each may see at that moment. */
export type EventStreams = {
	open(listener: Listener): Promise<Readable>;
	/** Ends all. */
	close(): Promise<void>;
};

function message(event: string, data: unknown, id: number): string {
	return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

function keyOf(actor: Actor): string {
	return actor.kind === "user" ? actor.userId : actor.kind;
}

export function createEventStreams(services: Pick<Services, "db" | "clock" | "log">): EventStreams {
	const follower = createOutboxFollower(services);
	const open = new Map<PassThrough, string>();

	function admit(actor: Actor): PassThrough {
		const own = [...open.values()].filter((key) => key === keyOf(actor)).length;
		if (open.size >= mostStreams || own >= mostStreamsOfOne) {
			const text = "too many streams of events are open: close one, or ask again in a minute";
			throw new DomainError("TOO_MANY_REQUESTS", text, { retryAfterSeconds: 60 });
		}
		const stream = new PassThrough();
		open.set(stream, keyOf(actor));
		stream.once("close", () => open.delete(stream));
		return stream;
	}

	return {
		async open(listener) {
			const stream = admit(listener.actor);
			try {
				await follow(stream, listener, follower);
			} catch (error) {
				stream.destroy();
				throw error;
			}
			return stream;
		},
		async close() {
			for (const stream of open.keys()) stream.end();
			await follower.close();
		},
	};
}

type Follower = ReturnType<typeof createOutboxFollower>;

/** Tells a listener what he missed, and from then on what happens. */
async function follow(stream: PassThrough, listener: Listener, follower: Follower): Promise<void> {
	let position = 0;
	let work = Promise.resolve();
	const write = (text: string) => {
		if (stream.writableEnded || stream.destroyed) return;
		stream.write(text);
		if (stream.readableLength + stream.writableLength > mostUnreadBytes) stream.destroy();
	};
	const tell = async ({ happenings, settled }: Batch) => {
		// Asked twice: most of what happens is no business of his, and costs no look-up.
		const mayBe = noticesFor(listener.actor, happenings);
		const actor = mayBe.length === 0 ? listener.actor : await listener.lookUp();
		if (actor === null) return void stream.end();
		position = settled;
		const notices = mayBe.length === 0 ? [] : noticesFor(actor, happenings);
		if (notices.length > 0) write(changed(notices, position));
	};
	const later = (task: () => Promise<void>) => {
		work = work.then(task).catch(() => void stream.destroy());
	};
	const { settled, stop } = await follower.listen((batch) => later(() => tell(batch)));
	const beat = setInterval(() => write(message("beat", {}, position)), beatMilliseconds).unref();
	stream.once("close", () => {
		clearInterval(beat);
		stop();
	});
	position = listener.after ?? settled;
	later(async () => {
		write("retry: 2000\n");
		if (listener.after === null) return write(message("open", {}, settled));
		const missed = await follower.catchUp(listener.after);
		if (missed === null) write(message("reset", {}, settled));
		else await tell({ happenings: missed, settled });
		write(message("open", {}, position));
	});
}

function changed(notices: readonly Notice[], position: number): string {
	return notices.length > mostNotices ? message("reset", {}, position) : message("changed", notices, position);
}
