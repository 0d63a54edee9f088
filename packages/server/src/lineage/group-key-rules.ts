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
	readonly level: Level;
	readonly id: string;
};

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const shape = z.tuple([
	z.enum(["run", "artifact"]),
	z.string(),
	z.enum(["lines", "component"]),
	count,
	count,
	count,
	count,
	z.enum(levels),
	z.string(),
]);

export function groupKeyText({ focus, scope, up, down, level, id }: GroupKey): string {
	const parts = [focus.kind, focus.id, scope, finite(up.hops), up.cap, finite(down.hops), down.cap, level, id];
	return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

export function parseGroupKey(text: string): GroupKey {
	const [kind, focusId, scope, upHops, upCap, downHops, downCap, level, id] = parse(text);
	return {
		...{ focus: { kind, id: focusId }, scope, level, id },
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
