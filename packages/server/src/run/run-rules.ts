import { DomainError } from "../errors.ts";
import { whatIsUnseen } from "../visible-name.ts";

/** States a run can be stored in. */
export const runStates = [
	"pending",
	"running",
	"finished",
	"failed",
	"crashed",
	"killed",
	"preempting",
	"preempted",
] as const;
export type RunState = (typeof runStates)[number];

const longestName = 128;
// The client escapes a run's name once in addresses; these would make another address of it.
const badInName = /[/\\#?%:]/;

/** The text as PostgreSQL can keep it: it has no zero character. */
export function storableText(text: string): string {
	return text.includes("\u0000") ? text.replaceAll("\u0000", "") : text;
}

/** Refuses a run id that could not stand in an address. */
export function checkRunName(name: string): string {
	if (name.length === 0 || name.length > longestName || badInName.test(name) || name === "." || name === "..") {
		const shown = JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
		throw new DomainError(
			"INVALID_INPUT",
			`${shown} cannot be a run id: it takes 1 to ${longestName} characters, none of / \\ # ? % :. Choose another id.`,
		);
	}
	const unseen = whatIsUnseen(name);
	if (unseen !== null) throw new DomainError("INVALID_INPUT", `${JSON.stringify(name)} cannot be a run id: ${unseen}.`);
	return name;
}

/** The state in what a client sent, or a refusal that lists the ones there are. */
export function parseRunState(text: string): RunState {
	const state = runStates.find((known) => known === text.toLowerCase());
	if (state === undefined) {
		const shown = JSON.stringify(text.slice(0, 60));
		throw new DomainError("INVALID_INPUT", `${shown} is no state of a run; the states are ${runStates.join(", ")}.`);
	}
	return state;
}

/** States in which the client is expected to send heartbeats; a run that has fallen silent in one of them has crashed. */
export const liveStates = ["running", "preempting"] as const satisfies readonly RunState[];

/** Whoever is silent since before this moment counts as crashed. */
export function silenceLimit(now: Date, timeoutSeconds: number): Date {
	return new Date(now.getTime() - timeoutSeconds * 1000);
}

const largestPage = 10_000;

/** How many items of a list to give: what was asked for, within reason. */
export function pageLimit(first: number | null | undefined, fallback: number): number {
	if (first === null || first === undefined) return fallback;
	if (first < 0) throw new DomainError("INVALID_INPUT", `A page cannot have ${first} items; ask for 1 or more.`);
	return Math.min(first, largestPage);
}

const adjectives =
	"amber ancient autumn bold brisk calm cedar clear copper coral crisp deep distant early fair fresh gentle golden hidden honest icy ivory jolly kind late light lively lucky lunar mellow misty noble northern patient pale plain proud quiet rapid rustic scarlet silent silver smooth solar spring stellar still sunny swift tidy twin upbeat velvet vivid warm western wild winter wise woven young".split(
		" ",
	);
const nouns =
	"anchor arch badger bay beacon birch bison bridge brook canyon cape cliff cloud comet creek crane dawn delta dune eagle ember falcon fern field fjord forest fox garden glade grove harbor hawk heron hill island lagoon lake lark maple meadow mesa moon moor oak ocean orchard otter owl path peak pine planet pond prairie rain reef ridge river robin shore sparrow star stone stream summit thicket tide trail valley wave willow wind wren".split(
		" ",
	);

/** The words of a name like `calm-river-7`, whose number follows them; `seed` are hex digits that choose the words. */
export function generateDisplayWords(seed: string): string {
	const number = Number.parseInt(seed.replace(/[^0-9a-f]/gi, "").slice(-8), 16);
	const adjective = adjectives[number % adjectives.length];
	const noun = nouns[Math.floor(number / adjectives.length) % nouns.length];
	return `${adjective}-${noun}`;
}
