import { DomainError } from "../errors.ts";

// The pattern of $regex is written as for Python, and read by PostgreSQL's engine, which knows no back-tracking. What both
// read alike stays as it is, what is only spelt otherwise is translated, and the rest is refused.

/** Escapes outside of brackets: in PostgreSQL `\b` is a backspace and `\B` a backslash. */
const escapes: ReadonlyMap<string, string> = new Map([
	["b", "\\y"],
	["B", "\\Y"],
	["A", "\\A"],
	["Z", "\\Z"],
	["z", "\\Z"],
	["d", "\\d"],
	["D", "\\D"],
	["w", "\\w"],
	["W", "\\W"],
	["s", "\\s"],
	["S", "\\S"],
	["n", "\\n"],
	["r", "\\r"],
	["t", "\\t"],
	["f", "\\f"],
	["v", "\\v"],
]);
const constraints = /[bBAZz]/;
/** Python's flags by PostgreSQL's letters; there the dot takes newlines anyhow. */
const flags: ReadonlyMap<string, string> = new Map([
	["i", "i"],
	["m", "w"],
	["s", ""],
]);

/** The pattern as PostgreSQL means the same by it. */
export function translatePattern(pattern: string): string {
	const { options, start } = readFlags(pattern);
	const reader = { text: pattern, at: start };
	let translated = "";
	while (reader.at < pattern.length) translated += nextPart(reader);
	if (/^\*\*\*/.test(translated)) throw notUnderstood("***");
	return `${options}${translated}`;
}

type Reader = { readonly text: string; at: number };

function readFlags(pattern: string): { options: string; start: number } {
	const given = /^\(\?([a-zA-Z]+)\)/.exec(pattern);
	const letters = [...new Set(given?.[1] ?? "")].map((letter) => {
		const ours = flags.get(letter);
		if (ours === undefined) throw notUnderstood(`(?${letter})`);
		return ours;
	});
	const ours = letters.join("");
	return { options: ours === "" ? "" : `(?${ours})`, start: given?.[0].length ?? 0 };
}

function nextPart(reader: Reader): string {
	const character = reader.text[reader.at] ?? "";
	if (character === "\\") return readEscape(reader, false);
	if (character === "[") return readBrackets(reader);
	if (character === "(") return readGroup(reader);
	reader.at += 1;
	return character;
}

function readGroup(reader: Reader): string {
	const rest = reader.text.slice(reader.at);
	const name = /^\(\?P?<[A-Za-z_]\w*>/.exec(rest)?.[0];
	const special = /^\(\?(?::|=|!|<=|<!)/.exec(rest)?.[0];
	if (name === undefined && special === undefined && rest.startsWith("(?")) throw notUnderstood(rest.slice(0, 4));
	reader.at += (name ?? special ?? "(").length;
	return special ?? "(";
}

function readEscape(reader: Reader, inBrackets: boolean): string {
	const letter = reader.text[reader.at + 1];
	if (letter === undefined) throw notUnderstood("\\");
	const code = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(reader.text.slice(reader.at));
	if (code !== null) {
		reader.at += code[0].length;
		const digits = (code[1] ?? code[2] ?? "").padStart(4, "0");
		if (digits === "0000") throw notUnderstood(code[0]);
		return `\\u${digits}`;
	}
	reader.at += 2;
	if (!/[A-Za-z0-9_]/.test(letter)) return `\\${letter}`;
	const ours = inBrackets && constraints.test(letter) ? undefined : escapes.get(letter);
	if (ours === undefined) throw notUnderstood(`\\${letter}`);
	return ours;
}

/** A set of characters; an opening bracket in it is a character, but for `[:name:]`. */
function readBrackets(reader: Reader): string {
	const opening = /^\[\^?\]?/.exec(reader.text.slice(reader.at))?.[0] ?? "[";
	let taken = opening.endsWith("]") ? `${opening.slice(0, -1)}\\]` : opening;
	reader.at += opening.length;
	while (reader.at < reader.text.length) {
		const character = reader.text[reader.at] ?? "";
		const named = /^\[:[a-z]+:\]/.exec(reader.text.slice(reader.at))?.[0];
		if (character === "\\") taken += readEscape(reader, true);
		else if (named !== undefined) {
			taken += named;
			reader.at += named.length;
		} else {
			reader.at += 1;
			if (character === "]") return `${taken}]`;
			taken += character === "[" ? "\\[" : character;
		}
	}
	throw new DomainError("INVALID_INPUT", "The pattern of $regex has a bracket [ that is never closed.");
}

function notUnderstood(what: string): DomainError {
	return new DomainError(
		"INVALID_INPUT",
		`The pattern of $regex has ${JSON.stringify(what)}, which this server does not understand: use characters, ., [], (), |, ^, $, *, +, ?, {}, \\d, \\w, \\s, \\b, (?:), (?=), (?!), (?i) at the start; no back-references.`,
	);
}
