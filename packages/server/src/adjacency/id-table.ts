const wordsEach = 4;
const hexEach = 8;
const idLength = 36;
const dash = 0x2d;

/** UUIDs by small numbers and back: 24 to 32 bytes each, where a map of texts takes more than a hundred. */
export class IdTable {
	#words = new Uint32Array(wordsEach * 64);
	/** Open addressing: number + 1, or 0 where nothing is. At most half full. */
	#places = new Int32Array(128);
	#count = 0;
	/** Where an id is written before it becomes a text: putting one together of pieces takes twice as long. */
	readonly #text = Buffer.alloc(idLength);
	/** The words of the id that is looked for. */
	readonly #wanted = new Uint32Array(wordsEach);

	get count(): number {
		return this.#count;
	}

	get bytes(): number {
		return this.#words.byteLength + this.#places.byteLength;
	}

	/** The number of an id; -1 where it has none. */
	find(id: string): number {
		const [a = 0, b = 0, c = 0, d = 0] = this.#wordsOf(id);
		return (this.#places[this.#placeOf(a, b, c, d)] ?? 0) - 1;
	}

	/** The number of an id, which is given one where it has none. */
	add(id: string): number {
		const [a = 0, b = 0, c = 0, d = 0] = this.#wordsOf(id);
		return this.#addWords(a, b, c, d);
	}

	/** As `add`, of the sixteen bytes of an id. */
	addBytes(bytes: Buffer, at: number): number {
		return this.#addWords(
			bytes.readUInt32BE(at),
			bytes.readUInt32BE(at + 4),
			bytes.readUInt32BE(at + 8),
			bytes.readUInt32BE(at + 12),
		);
	}

	idOf(number: number): string {
		this.copyId(number, this.#text, 0);
		return this.#text.toString("latin1");
	}

	/** Writes the text of an id, 36 bytes, to a place in others. */
	copyId(number: number, target: Uint8Array, at: number): void {
		let place = at;
		for (let word = 0; word < wordsEach; word++) {
			const value = this.#words[number * wordsEach + word] ?? 0;
			for (let shift = 28; shift >= 0; shift -= 4) {
				if (isDash(place - at)) target[place++] = dash;
				target[place++] = digits[(value >>> shift) & 15] ?? 0;
			}
		}
	}

	/** Which of two ids comes first, as texts do. */
	compare(a: number, b: number): number {
		for (let word = 0; word < wordsEach; word++) {
			const difference = (this.#words[a * wordsEach + word] ?? 0) - (this.#words[b * wordsEach + word] ?? 0);
			if (difference !== 0) return difference;
		}
		return 0;
	}

	/** Puts the `count` numbers whose ids come first before the others of a list, from a place in it on: quickselect. */
	putFirst(numbers: number[], from: number, count: number): void {
		const last = from + count - 1;
		let [low, high] = [from, numbers.length - 1];
		while (low < high) {
			const pivot = numbers[(low + high) >>> 1] ?? 0;
			let [left, right] = [low, high];
			while (left <= right) {
				while (this.compare(numbers[left] ?? 0, pivot) < 0) left += 1;
				while (this.compare(numbers[right] ?? 0, pivot) > 0) right -= 1;
				if (left > right) break;
				const moved = numbers[left] ?? 0;
				numbers[left++] = numbers[right] ?? 0;
				numbers[right--] = moved;
			}
			if (last <= right) high = right;
			else if (last >= left) low = left;
			else return;
		}
	}

	#wordsOf(id: string): Uint32Array {
		const words = this.#wanted;
		let place = 0;
		for (let word = 0; word < wordsEach; word++) {
			let value = 0;
			for (let digit = 0; digit < hexEach; digit++) {
				if (isDash(place)) place += 1;
				const code = id.charCodeAt(place++);
				// Of a digit its low four bits; letters, small or capital, have bit 6, and begin at 1.
				value = (value << 4) | ((code & 15) + (code >> 6) * 9);
			}
			words[word] = value;
		}
		return words;
	}

	#addWords(a: number, b: number, c: number, d: number): number {
		if (2 * (this.#count + 1) > this.#places.length) this.#grow();
		const place = this.#placeOf(a, b, c, d);
		const known = (this.#places[place] ?? 0) - 1;
		if (known >= 0) return known;
		const number = this.#count++;
		this.#places[place] = number + 1;
		const at = number * wordsEach;
		this.#words[at] = a;
		this.#words[at + 1] = b;
		this.#words[at + 2] = c;
		this.#words[at + 3] = d;
		return number;
	}

	/** Where the id is, or where it would be put. */
	#placeOf(a: number, b: number, c: number, d: number): number {
		const mask = this.#places.length - 1;
		let place = hashOf(a, b, c, d) & mask;
		for (;;) {
			const number = (this.#places[place] ?? 0) - 1;
			if (number < 0) return place;
			const at = number * wordsEach;
			const words = this.#words;
			if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return place;
			place = (place + 1) & mask;
		}
	}

	#grow(): void {
		const words = new Uint32Array(this.#words.length * 2);
		words.set(this.#words);
		this.#words = words;
		this.#places = new Int32Array(this.#places.length * 2);
		for (let number = 0; number < this.#count; number++) {
			const at = number * wordsEach;
			const place = this.#placeOf(words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0, words[at + 3] ?? 0);
			this.#places[place] = number + 1;
		}
	}
}

const digits = Buffer.from("0123456789abcdef");
const isDash = (place: number) => place === 8 || place === 13 || place === 18 || place === 23;

/** Ids of one moment begin alike: all four words are mixed. */
function hashOf(a: number, b: number, c: number, d: number): number {
	let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35);
	hash = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f) ^ Math.imul(c, 0x165667b1);
	hash = Math.imul(hash ^ (hash >>> 13), 0x9e3779b1) ^ Math.imul(d, 0x85ebca77);
	return (hash ^ (hash >>> 16)) >>> 0;
}
