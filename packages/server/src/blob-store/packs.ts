import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { packKey, packsFolder } from "./blob-paths.ts";
import { syncFolder, writeAll } from "./durable-write.ts";
import { inBatches } from "./in-batches.ts";
import { bodyOfRecord, type PackPlace, recordHeader, recordHeaderSize } from "./pack-format.ts";
import type { PackIndex } from "./pack-index-store.ts";
import { createPackReader } from "./pack-reader.ts";

/** Small bodies, many to a file: making a file of its own costs the kernel more than all else about a small upload. */
export type Packs = {
	/**
	 * Whether these bytes were there before. Resolves when they are safe, and findable: their place is handed to `note`
	 * once they are on the disk, and without it noted here. Bytes that have a place keep it.
	 */
	put(body: PackedBody, note?: NotePlace): Promise<boolean>;
	find(sha256: string): Promise<PackPlace | null>;
	/** Null when the place holds other bytes, or none. */
	read(sha256: string, place: PackPlace): Promise<Uint8Array | null>;
	remove(sha256: string): Promise<void>;
	close(): Promise<void>;
};

/** Makes the place of bytes known, for good. */
export type NotePlace = (place: PackPlace | null) => Promise<void>;

type PackedBody = {
	readonly sha256: string;
	readonly body: Uint8Array;
	/** Looked for only among those that came so lately. */
	readonly isNew: boolean;
};
/** `place`: to be noted; null where it is known already. */
type Written = { readonly place: PackPlace | null; readonly existed: boolean };
type OpenPack = { readonly id: string; readonly file: FileHandle; end: number };

/** Bodies in one write; with their headers below the least limit of vectors that systems promise (1,024). */
const mostTogether = 256;
/** Larger bodies have files of their own. */
export const mostPackedBytes = 64 * 1024;
/** Places that are remembered of bytes that were taken to be new: many runs send the same list of packages. */
const mostRecent = 2_000;
/** A pack that has grown to this is left as it is, and a new one begun. */
const packSize = 128 * 1024 * 1024;

/** Opens the packs of a store in its folder, making the folder when missing. */
export async function openPacks(root: string, index: PackIndex): Promise<Packs> {
	await mkdir(join(root, packsFolder), { recursive: true, mode: 0o700 });
	await syncFolder(root);
	const writer = createWriter(root);
	const reader = createPackReader(root, recordHeaderSize + mostPackedBytes);
	const read = async (sha256: string, place: PackPlace) => {
		const record = await reader.read(place.pack, place.start, recordHeaderSize + place.size);
		return record === null ? null : bodyOfRecord(record, sha256);
	};
	/** Bytes that are on the disk, while their places are being noted. */
	const unnoted = new Map<string, PackPlace>();
	const recent = createRecentPlaces();
	const write = inBatches<PackedBody, Written>({
		most: mostTogether,
		run: async (items) => {
			const wanted = new Map(items.map(({ sha256, body }) => [sha256, body]));
			// Whoever brings such bytes meanwhile notes the place, too: that the first one will is not sure.
			const places = new Map([...unnoted].filter(([sha256]) => wanted.has(sha256)));
			const unsure = new Set(items.flatMap(({ sha256, isNew }) => (isNew || places.has(sha256) ? [] : [sha256])));
			const known = unsure.size === 0 ? new Map<string, PackPlace>() : await index.find([...unsure]);
			const remembered = recent.find([...wanted.keys()].filter((sha256) => !unsure.has(sha256) && !places.has(sha256)));
			const seen = await findSame(read, wanted, new Map([...known, ...remembered]));
			// The index may know of another place by now.
			for (const [sha256, place] of remembered) if (seen.has(sha256)) places.set(sha256, place);
			for (const sha256 of places.keys()) seen.add(sha256);
			const fresh = new Map([...wanted].filter(([sha256]) => !seen.has(sha256)));
			if (fresh.size > 0) {
				for (const [sha256, place] of await writer.append(fresh)) {
					places.set(sha256, place);
					unnoted.set(sha256, place);
					if (!unsure.has(sha256)) recent.keep(sha256, place);
				}
			}
			return items.map(({ sha256 }) => {
				const existed = seen.has(sha256);
				seen.add(sha256);
				return { place: places.get(sha256) ?? null, existed };
			});
		},
	});
	const noteHere = inBatches<readonly [string, PackPlace], null>({
		most: mostTogether,
		run: async (items) => {
			await index.set(new Map(items));
			return items.map(() => null);
		},
	});

	return {
		async put(item, note) {
			const { sha256 } = item;
			const { place, existed } = await write(item);
			try {
				if (note !== undefined) await note(place);
				else if (place !== null) await noteHere([sha256, place]);
			} finally {
				if (place !== null && unnoted.get(sha256) === place) unnoted.delete(sha256);
			}
			return existed;
		},
		read,
		find: async (sha256) => (await index.find([sha256])).get(sha256) ?? null,
		remove: (sha256) => {
			recent.drop(sha256);
			return index.remove(sha256);
		},
		close: async () => {
			reader.close();
			await writer.close();
		},
	};
}

/** Which of these are at their places as they should be. What a place promises and does not hold is written again. */
async function findSame(
	read: Packs["read"],
	wanted: ReadonlyMap<string, Uint8Array>,
	places: ReadonlyMap<string, PackPlace>,
): Promise<Set<string>> {
	const same = await Promise.all(
		[...places].map(async ([sha256, place]) => {
			const stored = await read(sha256, place);
			return stored !== null && Buffer.compare(stored, wanted.get(sha256) ?? new Uint8Array()) === 0 ? [sha256] : [];
		}),
	);
	return new Set(same.flat());
}

/** Places of bytes that came lately, those that came again last the longest. */
function createRecentPlaces() {
	const recent = new Map<string, PackPlace>();

	function keep(sha256: string, place: PackPlace): void {
		recent.delete(sha256);
		recent.set(sha256, place);
		for (const oldest of recent.keys()) {
			if (recent.size <= mostRecent) break;
			recent.delete(oldest);
		}
	}

	return {
		keep,
		find(sha256s: readonly string[]): ReadonlyMap<string, PackPlace> {
			const found = new Map<string, PackPlace>();
			for (const sha256 of sha256s) {
				const place = recent.get(sha256);
				if (place === undefined) continue;
				found.set(sha256, place);
				keep(sha256, place);
			}
			return found;
		},
		drop: (sha256: string) => void recent.delete(sha256),
	};
}

/** Appends to one pack after the other. A process begins a new one: what a crash left at an end is behind nothing. */
function createWriter(root: string) {
	let current: OpenPack | undefined;

	async function begin(): Promise<OpenPack> {
		const id = randomUUID();
		const file = await open(join(root, packKey(id)), "wx", 0o600);
		await syncFolder(join(root, packsFolder));
		return { id, file, end: 0 };
	}

	async function leave(): Promise<void> {
		const left = current;
		current = undefined;
		await left?.file.close();
	}

	async function write(pack: OpenPack, pieces: readonly Uint8Array[]): Promise<void> {
		try {
			await writeAll(pack.file, pieces);
			await pack.file.datasync();
		} catch (error) {
			// Where the file ends now nobody knows.
			await leave();
			throw error;
		}
		if (pack.end >= packSize) await leave();
	}

	return {
		/** The places of the bytes, which are safe there when it resolves. One call at a time. */
		async append(bodies: ReadonlyMap<string, Uint8Array>): Promise<ReadonlyMap<string, PackPlace>> {
			current ??= await begin();
			const pack = current;
			const places = new Map<string, PackPlace>();
			const pieces: Uint8Array[] = [];
			for (const [sha256, body] of bodies) {
				places.set(sha256, { pack: pack.id, start: pack.end, size: body.length });
				pieces.push(recordHeader(sha256, body.length), body);
				pack.end += recordHeaderSize + body.length;
			}
			await write(pack, pieces);
			return places;
		},
		close: leave,
	};
}
