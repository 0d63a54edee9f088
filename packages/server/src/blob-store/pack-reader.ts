import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { packKey } from "./blob-paths.ts";

/** Packs held open. */
const mostOpen = 32;
/** What is read at a time, but for the end of a record that begins inside. */
const windowSize = 128 * 1024;
/** Windows kept: 9 MB at the most. */
const mostWindows = 48;

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
		const into = Buffer.allocUnsafe(windowSize + longestRecord);
		return into.subarray(0, await files.read(pack, into, number * windowSize));
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
			const number = Math.floor(start / windowSize);
			const key = `${pack}/${number}`;
			const from = start - number * windowSize;
			const known = windows.get(key);
			let window = await keep(key, known ?? load(pack, number));
			if (known !== undefined && from + length > window.length) {
				const newer = windows.get(key);
				window = await keep(key, newer === undefined || newer === known ? load(pack, number) : newer);
			}
			return from + length > window.length ? null : window.subarray(from, from + length);
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
