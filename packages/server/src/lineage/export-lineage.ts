import type { Way } from "../adjacency/adjacency.ts";
import type { Ctx } from "../context.ts";
import { describeNodes, withoutOwn } from "./describe-nodes.ts";
import { type ExportFormat, endOfExport, lineOfEdge, lineOfNode, startOfExport } from "./export-rules.ts";
import { type NodeAsked, type OpenGraph, openGraph } from "./open-graph.ts";
import { reach, type ScopeName, waysOf } from "./scope-rules.ts";

export type ExportAsked = {
	readonly of: NodeAsked;
	readonly scope: ScopeName;
	readonly format: ExportFormat;
};

const describedAtOnce = 2_000;
const charactersAtOnce = 64 * 1024;

/** A scope whole, as text, piece by piece: nodes under numbers, then the edges between them. Refuses before the first piece. */
export async function exportLineage(ctx: Ctx, { of, scope, format }: ExportAsked): Promise<AsyncGenerator<string>> {
	const open = await openGraph(ctx, [of], { isWhole: true });
	const all = { hops: Number.POSITIVE_INFINITY, cap: 0, mostMet: Number.POSITIVE_INFINITY };
	const ways = waysOf[scope];
	const nodes = await open.run(
		(function* () {
			const met = yield* reach(open, open.foci[0] ?? 0, { scope, ...all });
			// Edges within the scope that were not walked.
			yield { nodes: met.nodes, ways: ["down"] };
			return met.nodes;
		})(),
	);
	return gather(lines(ctx, { open, nodes, format, ways }));
}

type Export = {
	readonly open: OpenGraph;
	readonly nodes: readonly number[];
	readonly format: ExportFormat;
	readonly ways: readonly Way[];
};

async function* lines(ctx: Ctx, { open, nodes, format, ways }: Export): AsyncGenerator<string> {
	yield startOfExport(format);
	for (let start = 0; start < nodes.length; start += describedAtOnce) {
		ctx.signal.throwIfAborted();
		const described = await describeNodes(ctx, open, nodes.slice(start, start + describedAtOnce));
		for (const [at, node] of described.entries()) yield lineOfNode(format, start + at, withoutOwn(node));
	}
	yield* edgeLines({ open, nodes, format, ways });
	yield endOfExport(format);
}

function* edgeLines({ open, nodes, format, ways }: Export): Generator<string> {
	const { graph } = open;
	// Not the graph's own scratch: others ask while this is written.
	const numbers = new Int32Array(graph.nodeCount);
	nodes.forEach((node, at) => {
		numbers[node] = at + 1;
	});
	let hidden = 0;
	for (const [at, node] of nodes.entries()) {
		const ends: number[] = [];
		graph.each(node, "down", (near) => {
			const number = (numbers[near] ?? 0) - 1;
			if (number >= 0) ends.push(number);
			else if (ways.includes("down") && !open.may(near)) ends.push(-1);
		});
		for (const end of ends) {
			if (end >= 0) yield lineOfEdge(format, at, end);
			else yield lineOfEdge(format, at, `hidden-${++hidden}`);
		}
		if (!ways.includes("up")) continue;
		let hiddenAbove = 0;
		graph.each(node, "up", (near) => {
			if (!open.may(near)) hiddenAbove += 1;
		});
		for (let each = 0; each < hiddenAbove; each++) yield lineOfEdge(format, `hidden-${++hidden}`, at);
	}
}

/** Lines in pieces of a size that is worth a write. */
async function* gather(pieces: AsyncGenerator<string>): AsyncGenerator<string> {
	let text = "";
	for await (const piece of pieces) {
		text += piece;
		if (text.length < charactersAtOnce) continue;
		yield text;
		text = "";
	}
	if (text !== "") yield text;
}
