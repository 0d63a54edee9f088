import type { Services } from "../context.ts";
import type { Database } from "../db/database.ts";
import { readHappenings, readLastPositions } from "./live-reader.ts";
import { type Happening, type Reading, readOn } from "./live-rules.ts";

const pollMilliseconds = 500;
/** Events read at a time. */
const batchSize = 500;

/** What has happened since the last batch, and the position up to which nothing is missing. */
export type Batch = { readonly happenings: readonly Happening[]; readonly settled: number };

/**
 * Reads on in the outbox while somebody listens, however many listen: one small query each time. The outbox is the same
 * for every process on a database, so each tells what the others did.
 */
export type OutboxFollower = {
	/** From now on `listener` is told; gives the position up to which nothing is missing, and what ends it. */
	listen(listener: (batch: Batch) => void): Promise<{ readonly settled: number; readonly stop: () => void }>;
	/** What happened after a position up to now; null when that is more than can be told, or the position never was. */
	catchUp(after: number): Promise<readonly Happening[] | null>;
	/** Ends after what is being read. */
	close(): Promise<void>;
};

type Needs = Pick<Services, "db" | "clock" | "log">;

/** Some way back from the end: what was begun before and is not yet to be seen fills the gaps there. */
async function begin({ db, clock }: Pick<Needs, "db" | "clock">): Promise<Reading> {
	const positions = await readLastPositions(db, batchSize);
	const lowest = positions.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
	const before = positions.length === 0 ? 0 : lowest - 1;
	return readOn({ settled: before, seen: new Map() }, positions, clock().getTime());
}

async function readFrom(db: Database, after: number): Promise<readonly Happening[] | null> {
	const [last = 0] = await readLastPositions(db, 1);
	if (after > last) return null;
	const happenings = await readHappenings(db, { after, except: [], limit: batchSize });
	const isMore = new Set(happenings.map(({ position }) => position)).size === batchSize;
	return isMore ? null : happenings;
}

export function createOutboxFollower({ db, clock, log }: Needs): OutboxFollower {
	const listeners = new Set<(batch: Batch) => void>();
	let reading: Promise<Reading> | undefined;
	let timer: NodeJS.Timeout | undefined;
	let isFailing = false;

	async function readMore(before: Reading): Promise<Reading> {
		const wanted = { after: before.settled, except: [...before.seen.keys()], limit: batchSize };
		const happenings = await readHappenings(db, wanted);
		const positions = happenings.map(({ position }) => position);
		const now = readOn(before, positions, clock().getTime());
		if (happenings.length > 0) for (const listener of listeners) listener({ happenings, settled: now.settled });
		isFailing = false;
		return now;
	}

	/** A database that is away for a moment is asked again, from where it was. */
	function poll(): void {
		reading = reading?.then(async (before) => {
			try {
				return await readMore(before);
			} catch (error) {
				if (!isFailing) log.warn({ err: error }, "cannot read what happened: trying again");
				isFailing = true;
				return before;
			}
		});
		void reading?.then(next);
	}

	function next(): void {
		timer = listeners.size === 0 ? undefined : setTimeout(poll, pollMilliseconds).unref();
		if (timer === undefined) reading = undefined;
	}

	function stopIfAlone(): void {
		if (listeners.size > 0 || timer === undefined) return;
		clearTimeout(timer);
		timer = undefined;
		reading = undefined;
	}

	return {
		async listen(listener) {
			listeners.add(listener);
			if (reading === undefined) {
				reading = begin({ db, clock });
				reading.then(next, () => {
					reading = undefined;
				});
			}
			try {
				const { settled } = await reading;
				return {
					settled,
					stop: () => {
						listeners.delete(listener);
						stopIfAlone();
					},
				};
			} catch (error) {
				listeners.delete(listener);
				throw error;
			}
		},
		catchUp: async (after) => await readFrom(db, after),
		async close() {
			listeners.clear();
			clearTimeout(timer);
			timer = undefined;
			await reading?.catch(() => undefined);
		},
	};
}
