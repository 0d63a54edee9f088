const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const base64Digits = Buffer.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
const padding = 0x3d;
/** What a text may grow to by being quoted and encoded: `\u0000` for each of its units. */
const bytesAUnit = 6;

/**
 * JSON as the bytes that go out, for answers of many thousand things: objects for `JSON.stringify` and the text that it
 * makes take several times as long, most of it the garbage collector's.
 */
export class JsonBytes {
	#bytes: Buffer;
	#length = 0;

	/** @param expected how many bytes it is likely to take */
	constructor(expected = 0) {
		this.#bytes = Buffer.allocUnsafeSlow(Math.max(expected, 1024));
	}

	get bytes(): Buffer {
		return this.#bytes.subarray(0, this.#length);
	}

	/** JSON that is known to be ASCII: names of fields, brackets. */
	raw(text: string): this {
		const bytes = this.#room(text.length);
		let at = this.#length;
		for (let place = 0; place < text.length; place++) bytes[at++] = text.charCodeAt(place);
		this.#length = at;
		return this;
	}

	/** Any JSON. */
	json(text: string): this {
		const bytes = this.#room(text.length * 3);
		this.#length += bytes.write(text, this.#length, "utf8");
		return this;
	}

	/** A list, or what stands for it in an object, is not begun with a comma. */
	comma(isFirst: boolean): this {
		if (isFirst) return this;
		this.#room(1)[this.#length++] = comma;
		return this;
	}

	text(value: string | null): this {
		if (value === null) return this.raw("null");
		const bytes = this.#room(value.length * bytesAUnit + 2);
		let at = this.#length;
		bytes[at++] = quote;
		for (let place = 0; place < value.length; place++) {
			const unit = value.charCodeAt(place);
			if (unit < 0x20 || unit > 0x7e || unit === quote || unit === backslash) return this.json(JSON.stringify(value));
			bytes[at++] = unit;
		}
		bytes[at++] = quote;
		this.#length = at;
		return this;
	}

	/** A whole number from 0 on, below 2^31. */
	count(value: number): this {
		const bytes = this.#room(10);
		let digits = 1;
		for (let most = 10; digits < 10 && value >= most; most *= 10) digits += 1;
		this.#length += digits;
		let rest = value;
		for (let at = this.#length - 1; digits > 0; digits--) {
			const next = (rest / 10) | 0;
			bytes[at--] = 0x30 + (rest - next * 10);
			rest = next;
		}
		return this;
	}

	/** Bytes in base64, in quotes. */
	base64(source: Uint8Array, length: number): this {
		const bytes = this.#room(Math.ceil(length / 3) * 4 + 2);
		let at = this.#length;
		bytes[at++] = quote;
		for (let place = 0; place < length; place += 3) {
			const [a, b, c] = [source[place] ?? 0, source[place + 1] ?? 0, source[place + 2] ?? 0];
			bytes[at++] = base64Digits[a >> 2] ?? 0;
			bytes[at++] = base64Digits[((a & 3) << 4) | (b >> 4)] ?? 0;
			bytes[at++] = place + 1 < length ? (base64Digits[((b & 15) << 2) | (c >> 6)] ?? 0) : padding;
			bytes[at++] = place + 2 < length ? (base64Digits[c & 63] ?? 0) : padding;
		}
		bytes[at++] = quote;
		this.#length = at;
		return this;
	}

	#room(more: number): Buffer {
		const wanted = this.#length + more;
		if (wanted <= this.#bytes.length) return this.#bytes;
		const larger = Buffer.allocUnsafeSlow(Math.max(wanted, this.#bytes.length * 2));
		this.#bytes.copy(larger, 0, 0, this.#length);
		this.#bytes = larger;
		return larger;
	}
}
