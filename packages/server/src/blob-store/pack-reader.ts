import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { packKey } from "./blob-paths.ts";

/** Packs held open. */
const mostOpen = 32;
/**
 * What is read at a time. Clients send files in no order and ask for them in another: a larger window would mostly bring
 * what is forgotten before it is asked for.
 */
const windowSize = 64 * 1024;
/** Windows kept: 12 MB at the most, which holds 2,000 files of 4 KiB. */
const mostWindows = 192;

export type PackReader = {
	/** A record; null where the pack ends before, or is not there. */
	read(pack: string, start: number, length: number): Promise<Buffer | null>;
	close(): void;
};

/**
 * Reads records of packs. Bytes that came together are mostly asked for together: what lies behind a record is read
 * along with it and kept for a while, so that nearly every read is one from memory. Packs only grow, so a window can lack
 * what was appended since, and is never wrong.
 */
export function createPackReader(root: string, longestRecord: number): PackReader {
	const files = createFiles(root);
	const windows = new Map<string, Promise<Buffer>>();

	async function load(pack: string, number: number): Promise<Buffer> {
		const into = Buffer.allocUnsafe(windowSize);
		return into.subarray(0, await files.read(pack, into, number * windowSize));
	}

	/** A window, read anew where it was read before it reached so far. */
	async function windowTo(pack: string, number: number, until: number): Promise<Buffer> {
		const key = `${pack}/${number}`;
		const known = windows.get(key);
		const window = await keep(key, known ?? load(pack, number));
		if (known === undefined || window.length >= until) return window;
		const newer = windows.get(key);
		return await keep(key, newer === undefined || newer === known ? load(pack, number) : newer);
	}

	function keep(key: string, window: Promise<Buffer>): Promise<Buffer> {
		// The map's order is the order of use.
		windows.delete(key);
		windows.set(key, window);
		const [eldest = key] = windows.keys();
		if (windows.size > mostWindows) windows.delete(eldest);
		window.catch(() => windows.delete(key));
		return window;
	}

	return {
		async read(pack, start, length) {
			if (length > longestRecord) return null;
			const end = start + length;
			const parts: Buffer[] = [];
			for (let number = Math.floor(start / windowSize); number * windowSize < end; number++) {
				const base = number * windowSize;
				const until = Math.min(end - base, windowSize);
				const window = await windowTo(pack, number, until);
				if (window.length < until) return null;
				parts.push(window.subarray(Math.max(start - base, 0), until));
			}
			const [only] = parts;
			return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
		},
		close() {
			windows.clear();
			files.close();
		},
	};
}

type OpenFile = { readonly file: Promise<FileHandle>; users: number; isLeft: boolean };

/** Keeps the packs that were read last open. */
function createFiles(root: string) {
	const files = new Map<string, OpenFile>();

	function enter(pack: string): OpenFile {
		const reader = files.get(pack) ?? { file: open(join(root, packKey(pack)), "r"), users: 0, isLeft: false };
		reader.users++;
		// The map's order is the order of use.
		files.delete(pack);
		files.set(pack, reader);
		const [eldest] = files;
		if (files.size > mostOpen && eldest !== undefined) leave(...eldest);
		return reader;
	}

	function leave(pack: string, reader: OpenFile): void {
		if (files.get(pack) === reader) files.delete(pack);
		reader.isLeft = true;
		closeUnused(reader);
	}

	return {
		/** How many bytes came: fewer where the pack ends, none when there is no such pack. */
		async read(pack: string, into: Buffer, start: number): Promise<number> {
			const reader = enter(pack);
			try {
				return (await (await reader.file).read(into, 0, into.length, start)).bytesRead;
			} catch (error) {
				leave(pack, reader);
				if (error instanceof Error && "code" in error && error.code === "ENOENT") return 0;
				throw error;
			} finally {
				reader.users--;
				closeUnused(reader);
			}
		},
		close(): void {
			for (const [pack, reader] of files) leave(pack, reader);
		},
	};
}

function closeUnused(reader: OpenFile): void {
	if (!reader.isLeft || reader.users > 0) return;
	// One that could not be opened needs no closing, and a second closing does nothing.
	void reader.file.then((file) => file.close()).catch(() => undefined);
}
