import { endOfString } from "./lenient-json.ts";

/** Whether a JSON text holds more values than `most`, told without building them. Broken texts are counted as they go. */
export function hasMoreValuesThan(text: string, most: number): boolean {
	let values = 1;
	for (let at = 0; at < text.length && values <= most; at++) {
		const character = text[at];
		if (character === '"') at = endOfString(text, at) - 1;
		// Each of these begins a value, or comes before one.
		else if (character === "," || character === ":" || character === "[" || character === "{") values++;
	}
	return values > most;
}
