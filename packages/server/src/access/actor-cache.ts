import type { Actor, UserActor } from "./actor.ts";

/** How long a look-up counts: what another server on the same database changes is seen here after that. */
const freshMilliseconds = 1_000;
const mostActors = 5_000;
const mostFindings = 200;

/** Whom a credential belongs to, and until when, where it ends by itself. */
export type FoundActor = { readonly actor: UserActor; readonly goodUntil: Date | null };

/** Actors by the hash of what they sent, kept for a moment: a client asks many small things in a row. */
export type ActorCache = {
	/** Whose credential is this? Asks `lookUp` unless the answer of a moment ago still stands. "Nobody" is never kept. */
	find(credential: string, now: Date, lookUp: () => Promise<FoundActor | null>): Promise<UserActor | null>;
	/**
	 * What `lookUp` finds for an actor under `key`, kept like the actor; one key must always stand for one type. Nothing is
	 * kept for anybody else, and "there is none" never: how long an answer takes tells nothing of what is hidden.
	 */
	recall<T>(actor: Actor, key: string, now: Date, lookUp: () => Promise<T | null>): Promise<T | null>;
	/** Makes the actor's next `recall` of this look again, after he has changed it. */
	forget(actor: Actor, key: string): void;
	/** Makes the next request of everybody look again. */
	forgetAll(): void;
	/** Told after each `forgetAll`, for what goes on by the right of an earlier request. Gives what ends that. */
	onForget(listener: () => void): () => void;
};

type Entry<T> = { readonly since: number; readonly found: Promise<T | null> };

/** Look-ups by key, fresh ones only, the longest unused going first. */
type Entries<T> = {
	find(key: string, now: Date, lookUp: () => Promise<T | null>): Promise<T | null>;
	drop(key: string): void;
};

export function createActorCache(): ActorCache {
	const listeners = new Set<() => void>();
	let actors = createEntries<FoundActor>(mostActors);
	let findings = new WeakMap<UserActor, Entries<unknown>>();

	return {
		async find(credential, now, lookUp) {
			const found = await actors.find(credential, now, lookUp);
			if (found === null || isGood(found, now)) return found?.actor ?? null;
			actors.drop(credential);
			return (await actors.find(credential, now, lookUp))?.actor ?? null;
		},
		async recall<T>(actor: Actor, key: string, now: Date, lookUp: () => Promise<T | null>) {
			if (actor.kind !== "user") return await lookUp();
			const known = findings.get(actor) ?? createEntries<unknown>(mostFindings);
			findings.set(actor, known);
			// The entries hold look-ups of many types; that a key stands for one type is the caller's side of the contract.
			return (await known.find(key, now, lookUp)) as T | null;
		},
		forget(actor, key) {
			if (actor.kind === "user") findings.get(actor)?.drop(key);
		},
		forgetAll() {
			actors = createEntries(mostActors);
			findings = new WeakMap();
			for (const listener of listeners) listener();
		},
		onForget(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
	};
}

function createEntries<T>(most: number): Entries<T> {
	const entries = new Map<string, Entry<T>>();

	/** The entry stands from before the look-up: one that is forgotten meanwhile cannot come back with what it read. */
	function keep(key: string, entry: Entry<T>): void {
		entries.set(key, entry);
		for (const oldest of entries.keys()) {
			if (entries.size <= most) break;
			entries.delete(oldest);
		}
		const drop = () => {
			if (entries.get(key) === entry) entries.delete(key);
		};
		entry.found.then((found) => {
			if (found === null) drop();
		}, drop);
	}

	return {
		async find(key, now, lookUp) {
			const entry = entries.get(key);
			entries.delete(key);
			if (entry !== undefined && isFresh(entry, now)) {
				// Last in line again: the longest unused go first.
				entries.set(key, entry);
				return await entry.found;
			}
			const made: Entry<T> = { since: now.getTime(), found: lookUp() };
			keep(key, made);
			return await made.found;
		},
		drop: (key) => void entries.delete(key),
	};
}

/** A clock that was set back makes everything stale. */
function isFresh({ since }: Entry<unknown>, now: Date): boolean {
	const age = now.getTime() - since;
	return age >= 0 && age < freshMilliseconds;
}

function isGood({ goodUntil }: FoundActor, now: Date): boolean {
	return goodUntil === null || goodUntil > now;
}
