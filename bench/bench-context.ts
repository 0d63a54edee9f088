import type { Client } from "./client-process.ts";
import type { Row } from "./row.ts";
import type { BenchServer } from "./server-process.ts";

/** How much of everything; the quick run shows the same rows from less. */
export type Scale = {
	readonly rounds: number;
	readonly largeBytes: number;
	readonly entries: number;
	/** Versions that are there when the cost of one more is compared with what it was among a thousand. */
	readonly grownVersions: number;
	readonly versions: number;
	readonly links: number;
	readonly collections: number;
	/** Collections and versions that are written into the database to be searched. */
	readonly manyCollections: number;
	readonly manyVersions: number;
	/** Versions of one collection that the app lists, and how often each thing is done on a page. */
	readonly listedVersions: number;
	readonly interactions: number;
	/** Edges of the lineage graph that is written into the database. */
	readonly lineageEdges: number;
	readonly reads: number;
	readonly processes: number;
	readonly runsEach: number;
	readonly idleSeconds: number;
};

/** What rows are measured with: the servers are up, warm, and the same for all. */
export type Bench = {
	readonly scale: Scale;
	readonly client: Client;
	readonly keifu: BenchServer;
	readonly keifuData: string;
	readonly floor: BenchServer;
	readonly limit: BenchServer;
	readonly entity: string;
	/** What Keifu advertises, and a server beside it too, so that the client asks both the same. */
	readonly features: readonly string[];
};

/** A group of rows that is measured together. */
export type Group = { readonly name: string; measure(bench: Bench): Promise<readonly Row[]> };

const fullScale: Scale = {
	rounds: 5,
	largeBytes: 1 << 30,
	entries: 100_000,
	grownVersions: 1_000_000,
	versions: 200,
	links: 100,
	collections: 500,
	manyCollections: 100_000,
	manyVersions: 1_000_000,
	listedVersions: 10_000,
	interactions: 20,
	lineageEdges: 1_000_000,
	reads: 200,
	processes: 16,
	runsEach: 20,
	idleSeconds: 30,
};

const quickScale: Scale = {
	rounds: 1,
	largeBytes: 128 << 20,
	entries: 20_000,
	grownVersions: 20_000,
	versions: 60,
	links: 30,
	collections: 200,
	manyCollections: 5_000,
	manyVersions: 50_000,
	listedVersions: 10_000,
	interactions: 10,
	lineageEdges: 100_000,
	reads: 60,
	processes: 8,
	runsEach: 5,
	idleSeconds: 8,
};

export function chooseScale(quick: boolean): Scale {
	return quick ? quickScale : fullScale;
}

/** Measures the sides in turn, so many rounds, each round beginning with another, so that a busy moment hits all. */
export async function interleave<K extends string, T>(
	rounds: number,
	sides: Readonly<Record<K, (round: number) => Promise<T>>>,
): Promise<(side: K) => readonly T[]> {
	const names: K[] = [];
	for (const name in sides) names.push(name);
	const results = new Map<K, T[]>();
	for (let round = 0; round < rounds; round++) {
		const first = round % names.length;
		for (const name of [...names.slice(first), ...names.slice(0, first)]) {
			results.set(name, [...(results.get(name) ?? []), await sides[name](round)]);
		}
	}
	return (side) => results.get(side) ?? [];
}

/** What `work` took of the server's CPU, in seconds, beside what it gave. */
export async function withCpu<T>(server: BenchServer, work: () => Promise<T>): Promise<{ result: T; cpu: number }> {
	const before = server.cpuSeconds();
	const result = await work();
	return { result, cpu: server.cpuSeconds() - before };
}

/** How far the server's memory grew above what it was before, at its highest. */
export async function withMemory<T>(
	server: BenchServer,
	work: () => Promise<T>,
): Promise<{ result: T; growth: number }> {
	const before = server.memoryBytes();
	let highest = before;
	const timer = setInterval(() => {
		highest = Math.max(highest, server.memoryBytes());
	}, 250);
	try {
		const result = await work();
		return { result, growth: Math.max(highest, server.memoryBytes()) - before };
	} finally {
		clearInterval(timer);
	}
}
