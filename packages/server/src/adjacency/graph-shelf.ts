import type { Adjacency } from "./adjacency.ts";

/** How long a graph is kept that nobody asks for. */
const idleMilliseconds = 30 * 60_000;
/** How long one that did not fit is not tried again. */
const refusedMilliseconds = 10 * 60_000;

/** The graph of some owners between whom edges run, as it was at a position of the outbox. */
export type ResidentGraph = {
	/** Tells it from one that was loaded later. */
	readonly id: string;
	readonly graph: Adjacency;
	readonly owners: ReadonlySet<string>;
	/** Numbers of the places that its nodes are in. */
	readonly places: Set<number>;
	/** All events up to here are in it, but those missing. */
	position: number;
	/** Positions that were given and not yet seen: the transaction was not over. With what tells when it must be. */
	readonly missing: Map<number, { readonly before: number; readonly since: number }>;
	/** Bringing it up to date, one after the other: what is under way, and what begins after that. */
	working: Promise<unknown>;
	waiting: Promise<boolean> | null;
};

/** Graphs in memory, within a bound: those asked for last. Lives as long as the process. */
export type GraphShelf = {
	readonly mostBytes: number;
	find(owner: string, now: Date): ResidentGraph | undefined;
	/** The one asked for last, whoever owns it. */
	latest(): ResidentGraph | undefined;
	put(resident: ResidentGraph, now: Date): void;
	drop(resident: ResidentGraph): void;
	/** Notes that the graph of an owner does not fit. */
	refuse(owner: string, now: Date): void;
	isRefused(owner: string, now: Date): boolean;
	/** Has `load` bring an owner's graph here, unless that is under way. Ends when the loading has. */
	load(owner: string, load: () => Promise<void>): Promise<void>;
	/** What all of them take. */
	bytes(): number;
	/** Aborted when it closes. */
	readonly signal: AbortSignal;
	/** Ends when no loading is under way any more; none begins after this. */
	close(): Promise<void>;
};

export function createGraphShelf(mostBytes: number): GraphShelf {
	/** By when they were asked for last, the longest ago first. */
	const asked = new Map<ResidentGraph, number>();
	const refused = new Map<string, number>();
	const loading = new Map<string, Promise<void>>();
	const closing = new AbortController();

	const bytes = () => [...asked.keys()].reduce((sum, { graph }) => sum + graph.bytes, 0);
	const touch = (resident: ResidentGraph, now: Date) => {
		asked.delete(resident);
		asked.set(resident, now.getTime());
	};
	const dropIdle = (now: Date) => {
		for (const [resident, since] of asked) if (now.getTime() - since > idleMilliseconds) asked.delete(resident);
	};

	return {
		mostBytes,
		find(owner, now) {
			dropIdle(now);
			const resident = [...asked.keys()].find(({ owners }) => owners.has(owner));
			if (resident !== undefined) touch(resident, now);
			return resident;
		},
		latest: () => [...asked.keys()].at(-1),
		put(resident, now) {
			for (const other of [...asked.keys()]) {
				if ([...resident.owners].some((owner) => other.owners.has(owner))) asked.delete(other);
			}
			touch(resident, now);
			for (const oldest of [...asked.keys()]) {
				if (bytes() <= mostBytes || oldest === resident) break;
				asked.delete(oldest);
			}
		},
		drop: (resident) => void asked.delete(resident),
		refuse: (owner, now) => void refused.set(owner, now.getTime()),
		isRefused: (owner, now) =>
			mostBytes === 0 || now.getTime() - (refused.get(owner) ?? Number.NEGATIVE_INFINITY) < refusedMilliseconds,
		async load(owner, load) {
			const underWay = loading.get(owner);
			if (underWay !== undefined || closing.signal.aborted) return await underWay;
			const made = load().finally(() => loading.delete(owner));
			loading.set(owner, made);
			await made;
		},
		bytes,
		signal: closing.signal,
		async close() {
			closing.abort();
			await Promise.allSettled(loading.values());
		},
	};
}
