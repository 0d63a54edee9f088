import { DomainError } from "../errors.ts";

const longest = 500;
/** Each star lets the database try again from every place after it. */
const mostStars = 6;

/**
 * What a search for files means as a pattern of SQL's `like`: the text anywhere in the path; with `*` (anything) or `?`
 * (one character), all of the path or of the name.
 */
export function entryPattern(search: string): string {
	const text = search.trim();
	if (text.length > longest) throw refusal(`a search for files takes at most ${longest} characters`);
	if (text.includes("\u0000")) throw refusal("no file name has a NUL character");
	const escaped = text.replaceAll(/[\\%_]/g, "\\$&");
	if (!/[*?]/.test(text)) return `%${escaped}%`;
	const pattern = escaped.replaceAll(/\*+/g, "%").replaceAll("?", "_");
	if (pattern.split("%").length - 1 > mostStars + (text.match(/%/g)?.length ?? 0)) {
		throw refusal(`a search for files takes at most ${mostStars} stars`);
	}
	return pattern;
}

function refusal(what: string): DomainError {
	return new DomainError("INVALID_INPUT", `${what}: shorten it`);
}
