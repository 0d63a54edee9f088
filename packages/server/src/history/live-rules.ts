import type { Actor } from "../access/actor.ts";
import { mayOnProject } from "../access/project-role.ts";
import type { DomainEventType } from "../events.ts";
import type { ProjectRow } from "../project/index.ts";

/** An event at one of the places where one sees it: a project, and in it a collection or a run by name. */
export type Happening = {
	readonly position: number;
	readonly type: DomainEventType;
	/** Null: the event is about no project. */
	readonly project: ProjectRow | null;
	readonly collection: string | null;
	readonly run: string | null;
};

/** What somebody is told: that something happened there, for him to look again. It says nothing that looking would not. */
export type Notice = {
	readonly type: DomainEventType;
	readonly entity: string;
	readonly project: string;
	readonly collection: string | null;
	readonly run: string | null;
};

/** What an actor may be told of what happened; each thing once. */
export function noticesFor(actor: Actor, happenings: readonly Happening[]): Notice[] {
	const notices = happenings.flatMap(({ type, project, collection, run }): Notice[] =>
		project === null || !mayOnProject(actor, project, "project.see")
			? []
			: [{ type, entity: project.entityName, project: project.name, collection, run }],
	);
	return [...new Map(notices.map((notice) => [JSON.stringify(notice), notice])).values()];
}

/**
 * How far the outbox has been read. Positions are counted when a row is inserted and seen when its transaction ends, so a
 * lower one can appear after a higher one: what lies behind a gap is remembered until the gap is filled or has grown old.
 */
export type Reading = {
	/** Everything up to here has been seen, or will never be. */
	readonly settled: number;
	/** Seen beyond that, and when. */
	readonly seen: ReadonlyMap<number, number>;
};

/** No transaction that writes events takes so long. */
export const gapMilliseconds = 10_000;
const mostSeen = 5_000;

/** The reading after some more positions have been seen. */
export function readOn(reading: Reading, positions: Iterable<number>, now: number): Reading {
	const seen = new Map(reading.seen);
	for (const position of positions) if (position > reading.settled && !seen.has(position)) seen.set(position, now);
	let { settled } = reading;
	for (const [position, since] of [...seen].sort(([a], [b]) => a - b)) {
		const isNext = position === settled + 1;
		if (!isNext && since > now - gapMilliseconds && seen.size <= mostSeen) break;
		settled = position;
		seen.delete(position);
	}
	return { settled, seen };
}
