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
	/** Whether these bytes were there before. Resolves when they are safe, and findable. */
	put(body: PackedBody): Promise<boolean>;
	find(sha256: string): Promise<PackPlace | null>;
	/** Null when the place holds other bytes, or none. */
	read(sha256: string, place: PackPlace): Promise<Uint8Array | null>;
	remove(sha256: string): Promise<void>;
	close(): Promise<void>;
};

type PackedBody = { readonly sha256: string; readonly body: Uint8Array };
type OpenPack = { readonly id: string; readonly file: FileHandle; end: number };

/** Bodies in one write; with their headers below the least limit of vectors that systems promise (1,024). */
const mostTogether = 256;
/** Larger bodies have files of their own. */
export const mostPackedBytes = 64 * 1024;
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
	const put = inBatches<PackedBody, boolean>({
		most: mostTogether,
		run: async (items) => {
			const wanted = new Map(items.map(({ sha256, body }) => [sha256, body]));
			const held = await findSame(wanted);
			const fresh = new Map([...wanted].filter(([sha256]) => !held.has(sha256)));
			if (fresh.size > 0) {
				const { places, written } = await writer.append(fresh);
				// Side by side, each being a sync of a disk. A place that a crash leaves without its bytes leads nowhere, which
				// readers and the next put of the same bytes find out; nobody was told that they are here.
				throwFirst(await Promise.allSettled([written, index.set(places)]));
			}
			return items.map(({ sha256 }) => {
				const existed = held.has(sha256);
				held.add(sha256);
				return existed;
			});
		},
	});

	/** Which of these are stored as they should be. What a place promises and does not hold is written again. */
	async function findSame(wanted: ReadonlyMap<string, Uint8Array>): Promise<Set<string>> {
		const places = await index.find([...wanted.keys()]);
		const same = await Promise.all(
			[...places].map(async ([sha256, place]) => {
				const stored = await read(sha256, place);
				return stored !== null && Buffer.compare(stored, wanted.get(sha256) ?? new Uint8Array()) === 0 ? [sha256] : [];
			}),
		);
		return new Set(same.flat());
	}

	return {
		put,
		read,
		find: async (sha256) => (await index.find([sha256])).get(sha256) ?? null,
		remove: (sha256) => index.remove(sha256),
		close: async () => {
			reader.close();
			await writer.close();
		},
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
		/** The places at once; `written` resolves when the bytes are safe there. One call at a time, until it does. */
		async append(bodies: ReadonlyMap<string, Uint8Array>) {
			current ??= await begin();
			const pack = current;
			const places = new Map<string, PackPlace>();
			const pieces: Uint8Array[] = [];
			for (const [sha256, body] of bodies) {
				places.set(sha256, { pack: pack.id, start: pack.end, size: body.length });
				pieces.push(recordHeader(sha256, body.length), body);
				pack.end += recordHeaderSize + body.length;
			}
			return { places, written: write(pack, pieces) };
		},
		close: leave,
	};
}

function throwFirst(outcomes: readonly PromiseSettledResult<unknown>[]): void {
	for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
}
