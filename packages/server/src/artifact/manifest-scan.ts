const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const comma = 0x2c;
const open = { brace: 0x7b, bracket: 0x5b };
const close = { brace: 0x7d, bracket: 0x5d };
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** A member of a JSON object: where its value stands, for whoever wants to read it. */
export type Member = { readonly key: string; readonly start: number; readonly end: number };

/**
 * Walks over the members of a JSON object without reading their values, so that a document of any length is never in
 * memory but as its bytes. `start` is where the object begins; text behind it is the caller's to judge (`endOfObject`).
 * Throws a `SyntaxError` where the bytes are no object; what is inside a value is checked when it is read.
 */
export function* membersOf(bytes: Buffer, start = skipMark(bytes)): Generator<Member, number> {
	let at = skipSpace(bytes, start);
	at = skipSpace(bytes, expect(bytes, at, open.brace));
	if (bytes[at] === close.brace) return at + 1;
	while (true) {
		const keyEnd = endOfText(bytes, at);
		const key: unknown = JSON.parse(bytes.toString("utf8", at, keyEnd));
		const valueStart = skipSpace(bytes, expect(bytes, skipSpace(bytes, keyEnd), colon));
		const valueEnd = endOfValue(bytes, valueStart);
		yield { key: String(key), start: valueStart, end: valueEnd };
		at = skipSpace(bytes, valueEnd);
		if (bytes[at] === close.brace) return at + 1;
		at = skipSpace(bytes, expect(bytes, at, comma));
	}
}

/** Throws a `SyntaxError` unless nothing but white space follows. */
export function expectEnd(bytes: Buffer, at: number): void {
	const end = skipSpace(bytes, at);
	if (end < bytes.length) throw unexpected(bytes, end);
}

export function readValue(bytes: Buffer, { start, end }: Member): unknown {
	return JSON.parse(bytes.toString("utf8", start, end));
}

function skipMark(bytes: Buffer): number {
	return bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark) ? byteOrderMark.length : 0;
}

function skipSpace(bytes: Buffer, from: number): number {
	let at = from;
	while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
	return at;
}

function expect(bytes: Buffer, at: number, byte: number): number {
	if (bytes[at] !== byte) throw unexpected(bytes, at);
	return at + 1;
}

/** The place after the text that begins here. */
function endOfText(bytes: Buffer, start: number): number {
	expect(bytes, start, quote);
	let at = start;
	while (true) {
		at = bytes.indexOf(quote, at + 1);
		if (at < 0) throw unexpected(bytes, bytes.length);
		let slashes = 0;
		while (bytes[at - 1 - slashes] === backslash) slashes++;
		if (slashes % 2 === 0) return at + 1;
	}
}

/** The place after the value that begins here: after its last bracket, or before what ends a number or word. */
function endOfValue(bytes: Buffer, start: number): number {
	if (bytes[start] === quote) return endOfText(bytes, start);
	let depth = 0;
	let at = start;
	while (at < bytes.length) {
		const byte = bytes[at];
		if (byte === quote) {
			at = endOfText(bytes, at);
			continue;
		}
		if (byte === open.brace || byte === open.bracket) depth++;
		else if (byte === close.brace || byte === close.bracket) {
			if (depth === 0) return at;
			depth--;
			if (depth === 0) return at + 1;
		} else if (byte === comma && depth === 0) return at;
		at++;
	}
	throw unexpected(bytes, at);
}

function unexpected(bytes: Buffer, at: number): SyntaxError {
	if (at >= bytes.length) return new SyntaxError("Unexpected end of JSON input");
	return new SyntaxError(`Unexpected ${JSON.stringify(String.fromCharCode(bytes[at] ?? 0))} in JSON at byte ${at}`);
}
