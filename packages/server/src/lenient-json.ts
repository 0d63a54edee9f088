const bareWords = ["NaN", "Infinity", "-Infinity"] as const;

/** Where the string that opens at `start` is over; the end of the text if it never is. */
export function endOfString(text: string, start: number): number {
	for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
		let backslashes = 0;
		while (text[quote - 1 - backslashes] === "\\") backslashes++;
		if (backslashes % 2 === 0) return quote + 1;
	}
	return text.length;
}

function bareWordAt(text: string, at: number): string | undefined {
	const first = text[at];
	if (first !== "N" && first !== "I" && first !== "-") return undefined;
	return bareWords.find((word) => text.startsWith(word, at));
}

/**
 * Puts the bare words NaN, Infinity and -Infinity of a document into quotes, in one pass: the text comes from outside
 * and may be long and broken, where a regular expression takes the square of its length.
 */
export function quoteBareNumbers(text: string): string {
	let quoted = "";
	let done = 0;
	let at = 0;
	while (at < text.length) {
		const word = bareWordAt(text, at);
		if (word !== undefined) {
			quoted += `${text.slice(done, at)}"${word}"`;
			at += word.length;
			done = at;
		} else {
			at = text[at] === '"' ? endOfString(text, at) : at + 1;
		}
	}
	return quoted + text.slice(done);
}

/**
 * `JSON.parse` that also takes NaN, Infinity and -Infinity, as the texts "NaN", "Infinity", "-Infinity".
 * wire: the client writes them bare into config, summary and history, and itself uses those texts where JSON is strict.
 */
export function parseLenientJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		const quoted = quoteBareNumbers(text);
		if (quoted === text) throw error;
		return JSON.parse(quoted);
	}
}
