import { DomainError } from "../errors.ts";

export const sweepStates = ["PENDING", "RUNNING", "PAUSED", "FINISHED", "CANCELED"] as const;
export type SweepState = (typeof sweepStates)[number];

/** What a sweep's configuration says of the metric it searches by. */
export type SweepMetric = { readonly name: string; readonly goal: "minimize" | "maximize" };

/** The state in what a client sent, or a refusal that lists the ones there are. */
export function parseSweepState(text: string): SweepState {
	const state = sweepStates.find((known) => known === text.toUpperCase());
	if (state !== undefined) return state;
	const shown = JSON.stringify(text.slice(0, 60));
	throw new DomainError("INVALID_INPUT", `${shown} is no state of a sweep; the states are ${sweepStates.join(", ")}.`);
}

/** Refuses a change of state that makes no sense. The client asks the same question before it sends one. */
export function checkTransition(from: SweepState, to: SweepState): void {
	const isOver = from === "FINISHED" || from === "CANCELED";
	// wire: `wandb sweep --resume` may take up a sweep that is over.
	if (from === to || to === "RUNNING" || !isOver) return;
	throw new DomainError(
		"CONFLICT",
		`The sweep is ${from}: it cannot become ${to}. Resume it first, or make a new one.`,
	);
}

/*
 * The configuration is YAML that the client's own library has written, in block style, or JSON. Only a few scalars at
 * known places matter here, so it is searched, not parsed.
 */

/** How the sweep searches: `grid`, `random`, `bayes`, `custom`. */
export function sweepMethod(config: string): string {
	return topLevelScalar(config, "method") ?? "custom";
}

export function sweepMetric(config: string): SweepMetric | null {
	const json = asJson(config);
	const metric = json === undefined ? undefined : json.metric;
	const fromJson = isRecord(metric) ? { name: metric.name, goal: metric.goal } : undefined;
	const block = /^["']?metric["']?:[ \t]*\r?\n((?:[ \t]+.*(?:\r?\n|$))+)/m.exec(config)?.[1] ?? "";
	const name = fromJson?.name ?? nestedScalar(block, "name");
	const goal = fromJson?.goal ?? nestedScalar(block, "goal");
	if (typeof name !== "string" || name === "") return null;
	return { name, goal: goal === "maximize" ? "maximize" : "minimize" };
}

/** The names of what the sweep varies, in the order of its configuration. */
export function sweepParameters(config: string): string[] {
	const json = asJson(config);
	if (json !== undefined) return isRecord(json.parameters) ? Object.keys(json.parameters) : [];
	const block = /^["']?parameters["']?:[ \t]*\r?\n((?:(?:[ \t]+.*|[ \t]*)(?:\r?\n|$))+)/m.exec(config)?.[1] ?? "";
	const indent = /^[ \t]+/.exec(block)?.[0] ?? "";
	const names = block.matchAll(new RegExp(`^${indent}(?![ \\t])(.+?):(?:[ \\t].*)?$`, "gm"));
	return [...names].flatMap(([, name]) => scalar(name) ?? []);
}

/** The most runs the sweep wants; null where it does not say. */
export function sweepRunCap(config: string): number | null {
	const text = topLevelScalar(config, "run_cap");
	return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function topLevelScalar(config: string, key: string): string | undefined {
	const json = asJson(config);
	if (json === undefined) return scalar(new RegExp(`^["']?${key}["']?:[ \\t]*(.*)$`, "m").exec(config)?.[1]);
	const value = json[key];
	return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function nestedScalar(block: string, key: string): string | undefined {
	return scalar(new RegExp(`^[ \\t]+["']?${key}["']?:[ \\t]*(.*)$`, "m").exec(block)?.[1]);
}

/** The text of a YAML scalar on one line, without its quotes and without a comment. */
function scalar(text: string | undefined): string | undefined {
	const trimmed = text?.trim() ?? "";
	const quoted = /^"((?:[^"\\]|\\.)*)"|^'((?:[^']|'')*)'/.exec(trimmed);
	if (quoted !== null) return quoted[1]?.replace(/\\(.)/g, "$1") ?? quoted[2]?.replaceAll("''", "'");
	const plain = trimmed.replace(/(^|\s)#.*$/, "").trim();
	return plain === "" ? undefined : plain;
}

function asJson(config: string): Readonly<Record<string, unknown>> | undefined {
	if (!config.trimStart().startsWith("{")) return undefined;
	try {
		const value: unknown = JSON.parse(config);
		return isRecord(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
