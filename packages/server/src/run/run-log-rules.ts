import { isJsonObject } from "./run-json-rules.ts";

/** A line of the console, taken apart. */
export type ConsoleLine = {
	readonly timestamp: string | null;
	readonly level: string | null;
	readonly label: string | null;
	readonly content: string;
};

const plainLine = /^(ERROR )?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?) ?/;

/**
 * wire: a line is either JSON `{"ts", "content", "level"?, "label"?}` (STRUCTURED_CONSOLE_LOGS) or text, `[ERROR ]TIME TEXT`.
 * Readers of logs get the parts; the client does not take lines apart itself.
 */
export function parseConsoleLine(line: string): ConsoleLine {
	return parseStructured(line) ?? parsePlain(line);
}

function parseStructured(line: string): ConsoleLine | undefined {
	if (!line.startsWith("{")) return undefined;
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch {
		return undefined;
	}
	if (!isJsonObject(value) || typeof value.content !== "string") return undefined;
	return {
		timestamp: textOrNull(value.ts),
		level: textOrNull(value.level),
		label: textOrNull(value.label),
		content: value.content,
	};
}

function parsePlain(line: string): ConsoleLine {
	const found = plainLine.exec(line);
	if (found === null) return { timestamp: null, level: null, label: null, content: line };
	return {
		timestamp: found[2] ?? null,
		level: found[1] === undefined ? null : "error",
		label: null,
		content: line.slice(found[0].length),
	};
}

function textOrNull(value: unknown): string | null {
	return typeof value === "string" ? value : null;
}
