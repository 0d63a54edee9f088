import { z } from "zod";
import { DomainError } from "../errors.ts";
import { type Level, levels } from "./group-rules.ts";
import type { NodeAsked } from "./open-graph.ts";
import type { Span } from "./walk-rules.ts";

/** Names a group together with the question whose answer it was in: what it is depends on what is around it. */
export type GroupKey = {
	readonly focus: NodeAsked;
	readonly scope: "lines" | "component";
	readonly up: Span;
	readonly down: Span;
	/** Of the answer: the group's own is finer where another was opened. */
	readonly level: Level;
	readonly id: string;
	readonly open: readonly string[];
	readonly extra: readonly NodeAsked[];
};

/** So many groups are opened, and nodes added, at once. */
export const mostListed = 50;

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const kind = z.enum(["run", "artifact"]);
const shape = z.tuple([
	kind,
	z.string(),
	z.enum(["lines", "component"]),
	count,
	count,
	count,
	count,
	z.enum(levels),
	z.string(),
	z.array(z.string()).max(mostListed),
	z.array(z.tuple([kind, z.string()])).max(mostListed),
]);

export function groupKeyText({ focus, scope, up, down, level, id, open, extra }: GroupKey): string {
	const spans = [finite(up.hops), up.cap, finite(down.hops), down.cap];
	const parts = [focus.kind, focus.id, scope, ...spans, level, id, open, extra.map((node) => [node.kind, node.id])];
	return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

export function parseGroupKey(text: string): GroupKey {
	const [focusKind, focusId, scope, upHops, upCap, downHops, downCap, level, id, open, extra] = parse(text);
	return {
		...{ focus: { kind: focusKind, id: focusId }, scope, level, id, open },
		extra: extra.map(([each, nodeId]) => ({ kind: each, id: nodeId })),
		...{ up: { hops: upHops, cap: upCap }, down: { hops: downHops, cap: downCap } },
	};
}

function parse(text: string) {
	try {
		return shape.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
	} catch (cause) {
		throw new DomainError("INVALID_INPUT", "this is no key of a group: take it from an answer's groups", { cause });
	}
}

/** JSON knows no infinity. */
const finite = (hops: number) => Math.min(hops, Number.MAX_SAFE_INTEGER);
