import { JsonBytes } from "../http/json-bytes.ts";
import type { Described } from "./describe-nodes.ts";
import type { Level } from "./group-rules.ts";
import { artifactKind } from "./lineage-rows.ts";
import { writeNode } from "./node-json.ts";
import type { OpenGraph } from "./open-graph.ts";
import type { Around, Picture } from "./walk-rules.ts";

const uuidLength = 36;
/** About, and rather more. */
const [bytesAnId, bytesANode, bytesAnEdge] = [160, 480, 14];

type Scope = {
	readonly open: Pick<OpenGraph, "graph" | "source">;
	readonly around: Around;
	readonly picture: Picture;
};

export type Writing = {
	readonly scope: Scope;
	/** What the nodes are; null: their ids and counts are all that is told. */
	readonly described: readonly Described[] | null;
	readonly level: Level;
};

/** A neighbourhood without groups, as `readNeighbourhood` has it, as JSON straight from the numbers, but for its last bracket. */
export function writeNeighbourhood({ scope, described, level }: Writing): JsonBytes {
	const { around, picture, open } = scope;
	const { nodes, stubs, ends } = picture;
	const expected = (nodes.length + stubs.length) * (described === null ? bytesAnId : bytesANode);
	const json = new JsonBytes(expected + (ends.length / 2) * bytesAnEdge);
	const writeId = idWriter(json, scope);
	json.raw('{"focus":');
	writeId(0);
	json.raw(',"nodes":[');
	for (let at = 0; at < nodes.length; at++) {
		json.comma(at === 0).raw('{"id":');
		const isVersion = writeId(at);
		json.raw(isVersion ? ',"kind":"artifact"' : ',"kind":"run"');
		const node = described?.[at];
		if (node !== undefined) writeNode(json, node);
		writeHops(json.raw(',"above":'), around.above[at], at);
		writeHops(json.raw(',"below":'), around.below[at], at);
		json.raw(',"up":').count(picture.up[at] ?? 0);
		json.raw(',"down":').count(picture.down[at] ?? 0);
		json.raw(',"hiddenUp":').count(picture.hiddenUp[at] ?? 0);
		json.raw(',"hiddenDown":').count(picture.hiddenDown[at] ?? 0);
		json.raw("}");
	}
	stubs.forEach(({ way }, index) => {
		json.comma(nodes.length + index === 0).raw(`{"id":"hidden-${index + 1}","kind":"hidden","above":null,"below":null`);
		json.raw(`,"hiddenUp":0,"hiddenDown":0,${way === "up" ? '"up":0,"down":1' : '"up":1,"down":0'}}`);
	});
	json.raw('],"groups":[],"opened":[],"edges":[');
	for (let at = 0; at < ends.length; at += 2) {
		json
			.comma(at === 0)
			.raw("[")
			.count(ends[at] ?? 0);
		json
			.raw(",")
			.count(ends[at + 1] ?? 0)
			.raw(",1]");
	}
	const { total, cut } = around;
	return json.raw(`],"level":"${level}","total":${total},"cut":${cut},"source":"${open.source}"`);
}

/** Writes the id of a node, as `toNodeId` has it, and says whether it is a version's. */
function idWriter(json: JsonBytes, { open: { graph }, picture }: Scope): (at: number) => boolean {
	const uuid = " ".repeat(uuidLength);
	const [run, version] = [Buffer.from(`Run:${uuid}`), Buffer.from(`Artifact:${uuid}`)];
	return (at) => {
		const node = picture.nodes[at] ?? 0;
		const isVersion = graph.kindOf(node) === artifactKind;
		const inner = isVersion ? version : run;
		graph.ids.copyId(node, inner, inner.length - uuidLength);
		json.base64(inner, inner.length);
		return isVersion;
	};
}

/** 0 stands for a way that does not lead there, but at the focus, which is the first. */
function writeHops(json: JsonBytes, hops: number | undefined, at: number): void {
	if (at === 0 || hops) json.count(hops ?? 0);
	else json.raw("null");
}
