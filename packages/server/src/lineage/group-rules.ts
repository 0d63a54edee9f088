import { createHash } from "node:crypto";
import { cyclesOf } from "./cycle-rules.ts";

export const levels = ["project", "pipeline", "sweep", "none"] as const;
/** How coarsely nodes are drawn together; one that is opened falls to the next. */
export type Level = (typeof levels)[number];

/** What groups are made by. */
export type Member = {
	readonly id: string;
	readonly kind: "run" | "artifact" | "hidden";
	readonly type: string;
	readonly project: string;
	readonly sweepId: string | null;
	/** What the script called the group of its run. */
	readonly groupName: string | null;
	readonly collection: string | null;
	readonly createdAt: Date | null;
};

export type Group = {
	/** The same as long as it has the same reason. */
	readonly id: string;
	readonly level: Exclude<Level, "none">;
	/** What its members have in common, in words. */
	readonly label: string;
	/** Positions of the nodes in it. */
	readonly members: readonly number[];
};

export type Grouping = {
	readonly groups: readonly Group[];
	/** Of each node the position of its group; -1 where it stands alone. */
	readonly groupOf: Int32Array;
};

export type GroupingAsked = {
	readonly members: readonly Member[];
	/** By positions. */
	readonly edges: ReadonlyArray<readonly [number, number]>;
	readonly level: Level;
	/** Groups that are to be opened. */
	readonly open: ReadonlySet<string>;
	/** Positions of nodes that are to stand alone. */
	readonly alone: ReadonlySet<number>;
};

/** Fewer than these are drawn one by one. */
export const leastMembers = 5;

type Bucket = Group & { readonly key: string };

/**
 * Draws nodes together by what they come of: runs of a sweep, runs of one job type on the same inputs, versions that the
 * same runs made. Contracted like this the graph may get cycles that it has not; what lies on one is opened.
 */
export function groupNodes(asked: GroupingAsked): Grouping {
	const { members, edges, open, alone } = asked;
	const first = levels.indexOf(asked.level);
	const finest = levels.length - 1;
	const depths = Int8Array.from(members, ({ kind }, at) => (kind === "hidden" || alone.has(at) ? finest : first));
	const inputs: number[][] = members.map(() => []);
	for (const [from, to] of edges) inputs[to]?.push(from);
	for (;;) {
		const buckets = bucketsOf(members, inputs, depths);
		const grouping = groupingOf(buckets, members.length);
		const toOpen = new Set(buckets.flatMap(({ id }, at) => (open.has(id) ? [at] : [])));
		for (const at of toOpen.size > 0 ? toOpen : groupsOnCycles(grouping, edges)) toOpen.add(at);
		if (toOpen.size === 0) return grouping;
		for (const at of toOpen) {
			for (const member of buckets[at]?.members ?? []) depths[member] = (depths[member] ?? 0) + 1;
		}
	}
}

/** The coarsest level that is fine enough to be read, and the finest that is small enough to be drawn. */
export function chooseLevel(asked: Omit<GroupingAsked, "level">, budget: number): Level {
	if (asked.members.length <= 30) return "none";
	for (const level of ["sweep", "pipeline"] as const) {
		const { groups, groupOf } = groupNodes({ ...asked, level });
		if (groups.length + groupOf.filter((group) => group < 0).length <= budget) return level;
	}
	return "project";
}

function bucketsOf(members: readonly Member[], inputs: readonly number[][], depths: Int8Array): Bucket[] {
	const keys = new Map<string, number[]>();
	const put = (at: number, key: string | null) => {
		if (key === null) return;
		const list = keys.get(key);
		if (list === undefined) keys.set(key, [at]);
		else list.push(at);
	};
	const keyOf = coarseKeys(members, inputs, depths);
	const runKeys = members.map((member, at) => {
		const key = keyOf(at) ?? (member.kind === "run" ? runKey(members, inputs, at, levelAt(depths, at)) : null);
		put(at, key);
		return member.kind === "run" ? key : null;
	});
	const isGroup = (key: string | null) => key !== null && (keys.get(key)?.length ?? 0) >= leastMembers;
	const groupedRuns = runKeys.map((key) => (isGroup(key) ? key : null));
	members.forEach((member, at) => {
		if (member.kind === "artifact" && levelAt(depths, at) === "sweep") {
			put(at, versionKey({ members, inputs, groupedRuns }, at));
		}
	});
	return [...keys]
		.filter(([, list]) => list.length >= leastMembers)
		.map(([key, list]) => ({ key, id: shortHash(key), ...wordsOf(key), members: list }));
}

const levelAt = (depths: Int8Array, at: number): Level => levels[depths[at] ?? 0] ?? "none";

/** Parts a key: PostgreSQL keeps no text with this character, so none of what it parts has it. */
const bar = "\0";

/** Of nodes that are drawn by project or by pipeline the key; null for others. */
function coarseKeys(
	members: readonly Member[],
	inputs: readonly number[][],
	depths: Int8Array,
): (at: number) => string | null {
	const isFine = depths.every((depth) => depth >= levels.indexOf("sweep"));
	const pipelineOf = isFine ? null : pipelines(members, inputs);
	return (at) => {
		const level = levelAt(depths, at);
		if (level === "project") return ["project", members[at]?.project].join(bar);
		return level === "pipeline" && pipelineOf !== null ? ["pipeline", ...pipelineOf(at)].join(bar) : null;
	};
}

/**
 * A pipeline is what the scripts' `group` says, within a project; for runs without one, their job type and the first
 * thing they took. A version belongs to the pipeline of its first producer, or of whoever used it first. The first is
 * the oldest: in which order edges were read tells nothing.
 */
function pipelines(members: readonly Member[], inputs: readonly number[][]): (at: number) => readonly [string, string] {
	const older = (one: number | undefined, other: number): number | undefined => {
		const [a, b] = [one === undefined ? undefined : members[one], members[other]];
		if (b === undefined || b.createdAt === null) return one;
		if (a === undefined || a.createdAt === null) return other;
		const difference = a.createdAt.getTime() - b.createdAt.getTime();
		return difference < 0 || (difference === 0 && a.id < b.id) ? one : other;
	};
	const firstOf = (list: readonly number[] = []) => list.reduce<number | undefined>(older, undefined);
	const users = new Map<number, number>();
	inputs.forEach((list, at) => {
		for (const input of list) users.set(input, older(users.get(input), at) ?? at);
	});
	const ofRun = (at: number | undefined): readonly [string, string] | undefined => {
		const run = at === undefined ? undefined : members[at];
		if (run?.kind !== "run") return undefined;
		if (run.groupName !== null) return [run.groupName, run.project];
		const first = firstOf(inputs[at ?? 0]);
		const from = first === undefined ? undefined : members[first];
		return [`${run.type} ← ${from?.collection ?? "–"}`, run.project];
	};
	return (at) => {
		const { collection = null, project = "" } = members[at] ?? {};
		return ofRun(at) ?? ofRun(firstOf(inputs[at])) ?? ofRun(users.get(at)) ?? [collection ?? "", project];
	};
}

function runKey(members: readonly Member[], inputs: readonly number[][], at: number, level: Level): string | null {
	const run = members[at];
	if (run === undefined || level !== "sweep") return null;
	if (run.sweepId !== null) return ["sweep", run.type, run.sweepId].join(bar);
	return ["sweep", run.type, run.project, ...idsOf(members, inputs[at] ?? [])].join(bar);
}

type Made = {
	readonly members: readonly Member[];
	readonly inputs: readonly number[][];
	/** Of runs that are drawn in a group, its key. */
	readonly groupedRuns: ReadonlyArray<string | null>;
};

function versionKey({ members, inputs, groupedRuns }: Made, at: number): string | null {
	const version = members[at];
	const producers = inputs[at] ?? [];
	// Of versions that nobody made nothing is known that they have in common.
	if (version === undefined || producers.length === 0) return null;
	const makers = [...new Set(producers.map((producer) => groupedRuns[producer] ?? members[producer]?.id ?? ""))].sort();
	// A run that made many of one artifact makes a group; a group of runs makes one of each type.
	const isOneRun = producers.every((producer) => groupedRuns[producer] === null);
	return ["sweep", isOneRun ? (version.collection ?? "") : version.type, version.type, ...makers].join(bar);
}

function idsOf(members: readonly Member[], positions: readonly number[]): string[] {
	return positions.map((position) => members[position]?.id ?? "").sort();
}

/** A key begins with the level and what to call the group. */
function wordsOf(key: string): Pick<Group, "level" | "label"> {
	const [name = "", label = ""] = key.split(bar, 2);
	const level = levels.find((each) => each === name);
	if (level === undefined || level === "none") throw new Error(`${key} is the key of no group`);
	return { level, label };
}

function shortHash(key: string): string {
	return createHash("sha256").update(key).digest("hex").slice(0, 16);
}

function groupingOf(groups: readonly Group[], count: number): Grouping {
	const groupOf = new Int32Array(count).fill(-1);
	groups.forEach(({ members }, group) => {
		for (const member of members) groupOf[member] = group;
	});
	return { groups, groupOf };
}

/** Groups that lie on a cycle of the contracted graph, through another group or through nodes that stand alone. */
function groupsOnCycles({ groups, groupOf }: Grouping, edges: GroupingAsked["edges"]): number[] {
	const drawn = (at: number) => ((groupOf[at] ?? -1) < 0 ? groups.length + at : (groupOf[at] ?? 0));
	const contracted = edges.map(([from, to]) => [drawn(from), drawn(to)] as const).filter(([from, to]) => from !== to);
	return cyclesOf(groups.length + groupOf.length, contracted).filter((node) => node < groups.length);
}
