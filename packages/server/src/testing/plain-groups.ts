import type { PlainNode } from "./random-lineage.ts";

const levels = ["project", "pipeline", "sweep", "none"] as const;
export type PlainLevel = (typeof levels)[number];

/** What is drawn: nodes, and `null` for each stub; edges by their positions. */
export type PlainDrawing = {
	readonly things: ReadonlyArray<PlainNode | null>;
	readonly edges: ReadonlyArray<readonly [number, number]>;
	/** Positions of what stands alone. */
	readonly alone: ReadonlySet<number>;
};
export type PlainGroup = {
	/** Why its members are together: the same wherever they are so for the same reason. */
	readonly key: string;
	readonly level: PlainLevel;
	readonly label: string;
	readonly members: readonly number[];
};

/** A reason to be drawn together: the label, and what else tells it from others. */
type Reason = { readonly label: string; readonly rest: readonly string[] };
const keyOf = (level: PlainLevel, { label, rest }: Reason) => JSON.stringify([level, label, ...rest]);

/** The groups of a drawing, as docs/lineage-api.md has them: five at the least, on no cycle, those named opened. */
export function plainGroups(drawing: PlainDrawing, level: PlainLevel, opened: ReadonlySet<string>): PlainGroup[] {
	const { things, alone } = drawing;
	const finest = levels.length - 1;
	const fineness = things.map((thing, at) => (thing === null || alone.has(at) ? finest : levels.indexOf(level)));
	for (;;) {
		const groups = groupsAt(
			drawing,
			fineness.map((each) => levels[each] ?? "none"),
		);
		const named = groups.filter(({ key }) => opened.has(key));
		const toOpen = named.length > 0 ? named : groups.filter((group) => isOnCycle(drawing, groups, group));
		if (toOpen.length === 0) return groups;
		for (const at of toOpen.flatMap(({ members }) => members)) fineness[at] = (fineness[at] ?? 0) + 1;
	}
}

/** The coarsest level that is fine enough to be read, and the finest that is small enough to be drawn. */
export function plainLevel(drawing: PlainDrawing, opened: ReadonlySet<string>, budget: number): PlainLevel {
	if (drawing.things.length <= 30) return "none";
	for (const level of ["sweep", "pipeline"] as const) {
		const groups = plainGroups(drawing, level, opened);
		const grouped = groups.flatMap(({ members }) => members);
		if (groups.length + drawing.things.length - grouped.length <= budget) return level;
	}
	return "project";
}

function groupsAt(drawing: PlainDrawing, levelOf: readonly PlainLevel[]): PlainGroup[] {
	const { things } = drawing;
	const reasons = new Map<number, string>();
	const settle = (at: number, reason: Reason | null) => {
		if (reason !== null) reasons.set(at, keyOf(levelOf[at] ?? "none", reason));
	};
	const together = (key: string | undefined) => [...reasons.values()].filter((each) => each === key).length >= 5;
	things.forEach((thing, at) => {
		if (levelOf[at] === "project") settle(at, { label: thing?.project ?? "", rest: [] });
		if (levelOf[at] === "pipeline") settle(at, pipelineOf(drawing, at));
	});
	things.forEach((thing, at) => {
		if (levelOf[at] === "sweep" && thing?.kind === "run") settle(at, sweepOf(drawing, at, thing));
	});
	const drawnWith = (at: number) => (together(reasons.get(at)) ? reasons.get(at) : undefined);
	const makers = things.map((_, at) => inputsOf(drawing, at).map((maker) => [maker, drawnWith(maker)] as const));
	things.forEach((thing, at) => {
		if (levelOf[at] === "sweep" && thing?.kind === "artifact") settle(at, makersOf(drawing, thing, makers[at] ?? []));
	});
	return [...new Set(reasons.values())].filter(together).map((key): PlainGroup => {
		const members = [...reasons].flatMap(([at, each]) => (each === key ? [at] : []));
		const [level, label]: [PlainLevel, string] = JSON.parse(key);
		return { key, level, label, members };
	});
}

const inputsOf = ({ edges }: PlainDrawing, at: number) => edges.flatMap(([from, to]) => (to === at ? [from] : []));
const usersOf = ({ edges }: PlainDrawing, at: number) => edges.flatMap(([from, to]) => (from === at ? [to] : []));

/** The one of these that was there first, of those that are known. */
function firstOf({ things }: PlainDrawing, positions: readonly number[]): number | undefined {
	const known = positions.flatMap((at) => (things[at] == null ? [] : [{ at, node: things[at] }]));
	const key = (node: PlainNode) => `${node.createdAt.toISOString()} ${node.id}`;
	return known.toSorted((a, b) => (key(a.node) < key(b.node) ? -1 : 1))[0]?.at;
}

/** What a script calls its group; else the job type and the first input. Versions go with who made them, else who used them. */
function pipelineOf(drawing: PlainDrawing, at: number): Reason {
	const { things } = drawing;
	const thing = things[at];
	const runs =
		thing?.kind === "run" ? [at] : [inputsOf(drawing, at), usersOf(drawing, at)].map((each) => firstOf(drawing, each));
	const run = runs.find((each) => each !== undefined);
	const made = run === undefined ? undefined : things[run];
	if (run === undefined || made == null) return { label: thing?.collection ?? "", rest: [thing?.project ?? ""] };
	if (made.group !== null) return { label: made.group, rest: [made.project] };
	const input = firstOf(drawing, inputsOf(drawing, run));
	const collection = input === undefined ? undefined : things[input]?.collection;
	return { label: `${made.type} ← ${collection ?? "–"}`, rest: [made.project] };
}

/** Runs of one sweep, or of one job type on the same inputs. */
function sweepOf(drawing: PlainDrawing, at: number, run: PlainNode): Reason {
	if (run.sweep !== null) return { label: run.type, rest: ["of the sweep", run.sweep] };
	const inputs = inputsOf(drawing, at).map((input) => drawing.things[input]?.id ?? "?");
	return { label: run.type, rest: ["on", run.project, ...inputs.toSorted()] };
}

/** Versions that the same made: runs that are drawn together count as one. */
function makersOf(
	{ things }: PlainDrawing,
	version: PlainNode,
	makers: ReadonlyArray<readonly [number, string | undefined]>,
): Reason | null {
	if (makers.length === 0) return null;
	const isAlone = makers.every(([, group]) => group === undefined);
	const names = new Set(makers.map(([maker, group]) => group ?? things[maker]?.id ?? "?"));
	return {
		label: (isAlone ? version.collection : version.type) ?? "",
		rest: ["by", version.type, ...[...names].toSorted()],
	};
}

/** Whether one comes back to a group on a way that leads out of it. */
function isOnCycle({ edges }: PlainDrawing, groups: readonly PlainGroup[], group: PlainGroup): boolean {
	const whole = (at: number) => groups.find(({ members }) => members.includes(at))?.members ?? [at];
	const after = (from: readonly number[]) => edges.flatMap(([start, end]) => (from.includes(start) ? whole(end) : []));
	const reached = new Set(after(group.members).filter((at) => !group.members.includes(at)));
	for (const at of reached) {
		for (const next of after(whole(at))) {
			if (group.members.includes(next)) return true;
			reached.add(next);
		}
	}
	return false;
}
