import { DomainError } from "../errors.ts";
import { parseLenientJson } from "../lenient-json.ts";

const deepest = 500;
const mostSpelledOut = 10_000;

type JsonText = {
	/** What was sent, made storable; numbers keep the spelling they came with. */
	readonly text: string;
	readonly value: unknown;
};

type JsonObjectText = JsonText & { readonly value: Readonly<Record<string, unknown>> };

// A run of 300 digits, or an exponent of three: such numbers are few, and only they need a closer look.
const suspectNumber = /\d{300}|[eE][+-]?\d{3}/;
// wire: clients write NaN, Infinity and -Infinity as bare words; they themselves use these texts where JSON is strict.
const bareWord = /NaN|Infinity/;
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?Infinity\b|\bNaN\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const suspectEscape = /\\u(?:0000|[dD][89a-fA-F])/;
/** An escaped pair, an escaped lone surrogate, an escaped NUL, or any other escape. */
const anyEscape =
	/\\u[dD][89aAbB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\u0000|\\./g;

/**
 * JSON as the client sends it, in a form that PostgreSQL's jsonb takes: bare NaN, Infinity and -Infinity become texts,
 * the zero character goes, half a surrogate pair becomes the replacement character, numbers no double holds become texts.
 * Throws a SyntaxError where it is no JSON.
 */
export function normaliseJson(sent: string): JsonText {
	let text = sent.includes("\u0000") ? sent.replaceAll("\u0000", "") : sent;
	if (suspectEscape.test(text)) text = text.replace(anyEscape, storableEscape);
	if (bareWord.test(text) || suspectNumber.test(text)) {
		// Refuses what is no JSON: on a string that never closes the expression takes the square of the text's length.
		parseLenientJson(text);
		let spelled = 0;
		text = text.replace(stringOrNumber, (found) => {
			const storable = storableNumber(found);
			if (storable === found && isSpelledOut(found)) spelled += 1;
			return storable;
		});
		if (spelled > mostSpelledOut)
			throw new SyntaxError(`it holds more than ${mostSpelledOut} numbers of 100 digits or more`);
	}
	const value: unknown = JSON.parse(text);
	if (isDeeperThan(value, deepest)) throw new SyntaxError(`it is nested more than ${deepest} levels deep`);
	return { text, value };
}

/** `normaliseJson` of something that must be an object; `what` names it in the refusal. */
export function parseJsonObject(sent: string, what: string): JsonObjectText {
	const { text, value } = normaliseOrRefuse(sent, what);
	if (!isJsonObject(value)) {
		throw new DomainError("INVALID_INPUT", `${what} must be a JSON object, not ${describe(value)}.`);
	}
	return { text, value };
}

export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function normaliseOrRefuse(sent: string, what: string): JsonText {
	try {
		return normaliseJson(sent);
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new DomainError("INVALID_INPUT", `${what} is not valid JSON: ${why.slice(0, 200)}.`, { cause });
	}
}

function describe(value: unknown): string {
	if (value === null) return "null";
	return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}

function storableEscape(found: string): string {
	if (found === "\\u0000") return "";
	const isHalfPair = found.length === 6;
	return isHalfPair ? "\\ufffd" : found;
}

function storableNumber(found: string): string {
	if (found.startsWith('"')) return found;
	if (bareWord.test(found)) return JSON.stringify(found);
	if (!suspectNumber.test(found)) return found;
	const number = Number(found);
	if (!Number.isFinite(number)) return JSON.stringify(String(number));
	// numeric would spell out every digit of 1e-400; a double holds 0.
	return number === 0 || found.length > 1000 ? String(number) : found;
}

/** PostgreSQL gives 1e300 back with all its digits: a few bytes become hundreds, and many a document of gigabytes. */
function isSpelledOut(number: string): boolean {
	return /^-?\d.*[eE][+-]?\d{3}$/.test(number);
}

function isDeeperThan(value: unknown, levels: number): boolean {
	if (typeof value !== "object" || value === null) return false;
	if (levels === 0) return true;
	const inner = Array.isArray(value) ? value : Object.values(value);
	return inner.some((item) => isDeeperThan(item, levels - 1));
}

/** What a run's config says under `_wandb`, cut down to some keys, as JSON text. */
export function wandbConfigText(config: string, keys: readonly string[] | null): string {
	const parsed: unknown = JSON.parse(config);
	const entry = isJsonObject(parsed) ? parsed._wandb : undefined;
	const value = isJsonObject(entry) && isJsonObject(entry.value) ? entry.value : {};
	if (keys === null) return JSON.stringify(value);
	return JSON.stringify(Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key))));
}
