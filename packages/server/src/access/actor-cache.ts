import type { UserActor } from "./actor.ts";

/** How long a look-up counts: what another server on the same database changes is seen here after that. */
const freshMilliseconds = 1_000;
const mostActors = 5_000;

/** Whom a credential belongs to, and until when, where it ends by itself. */
export type FoundActor = { readonly actor: UserActor; readonly goodUntil: Date | null };

/** Actors by the hash of what they sent, kept for a moment: a client asks many small things in a row. */
export type ActorCache = {
	/** Whose credential is this? Asks `lookUp` unless the answer of a moment ago still stands. "Nobody" is never kept. */
	find(credential: string, now: Date, lookUp: () => Promise<FoundActor | null>): Promise<UserActor | null>;
	/** Makes the next request of everybody look again. */
	forgetAll(): void;
	/** Told after each `forgetAll`, for what goes on by the right of an earlier request. Gives what ends that. */
	onForget(listener: () => void): () => void;
};

type Entry = { readonly since: number; readonly found: Promise<FoundActor | null> };

export function createActorCache(): ActorCache {
	const entries = new Map<string, Entry>();
	const listeners = new Set<() => void>();

	/** The entry stands from before the look-up: one that is forgotten meanwhile cannot come back with what it read. */
	function keep(credential: string, entry: Entry): void {
		entries.set(credential, entry);
		for (const oldest of entries.keys()) {
			if (entries.size <= mostActors) break;
			entries.delete(oldest);
		}
		const drop = () => {
			if (entries.get(credential) === entry) entries.delete(credential);
		};
		entry.found.then((found) => {
			if (found === null) drop();
		}, drop);
	}

	return {
		async find(credential, now, lookUp) {
			const entry = entries.get(credential);
			entries.delete(credential);
			if (entry !== undefined && isFresh(entry, now)) {
				// Last in line again: the longest unused go first.
				entries.set(credential, entry);
				const found = await entry.found;
				if (found !== null && isGood(found, now)) return found.actor;
			}
			const made: Entry = { since: now.getTime(), found: lookUp() };
			keep(credential, made);
			return (await made.found)?.actor ?? null;
		},
		forgetAll() {
			entries.clear();
			for (const listener of listeners) listener();
		},
		onForget(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
	};
}

/** A clock that was set back makes everything stale. */
function isFresh({ since }: Entry, now: Date): boolean {
	const age = now.getTime() - since;
	return age >= 0 && age < freshMilliseconds;
}

function isGood({ goodUntil }: FoundActor, now: Date): boolean {
	return goodUntil === null || goodUntil > now;
}
