import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { entryQuery } from "../entries.queries.ts";
import { FileError, type FilePart, readPart } from "../read-bytes.ts";

const partsKeptMs = 60_000;

/** Reads a part of a version's file; its address is asked for again when it has grown old. */
export async function readFilePart(
	client: QueryClient,
	file: { id: string; path: string },
	[start, end]: readonly [number, number],
	signal?: AbortSignal,
): Promise<FilePart> {
	const read = async () => {
		const entry = await client.fetchQuery(entryQuery(file.id, file.path));
		if (!entry?.directUrl) throw new FileError(404, `${file.path}: no bytes to read`);
		return await readPart(entry.directUrl, start, end, signal);
	};
	try {
		return await read();
	} catch (error) {
		if (!(error instanceof FileError) || (error.status !== 401 && error.status !== 403)) throw error;
		await client.invalidateQueries(entryQuery(file.id, file.path));
		return await read();
	}
}

/** The first bytes of a file. */
export function filePartQuery(client: QueryClient, file: { id: string; path: string }, end: number) {
	return queryOptions({
		queryKey: ["file-part", file.id, file.path, end],
		staleTime: Number.POSITIVE_INFINITY,
		gcTime: partsKeptMs,
		queryFn: ({ signal }) => readFilePart(client, file, [0, end], signal),
	});
}

const firstPart = 256 * 1024;
const laterPart = 1024 * 1024;

/** A file from its beginning, more of it each time that it is asked for, up to `most` bytes. */
export function growingFileQuery(client: QueryClient, file: { id: string; path: string }, most: number) {
	return infiniteQueryOptions({
		queryKey: ["file-growing", file.id, file.path, most],
		staleTime: Number.POSITIVE_INFINITY,
		gcTime: partsKeptMs,
		initialPageParam: 0,
		queryFn: ({ pageParam, signal }) => {
			const length = pageParam === 0 ? firstPart : laterPart;
			return readFilePart(client, file, [pageParam, Math.min(pageParam + length, most)], signal);
		},
		getNextPageParam: ({ total }, pages) => {
			const read = lengthOf(pages);
			return read < Math.min(total, most) ? read : undefined;
		},
	});
}

function lengthOf(parts: readonly FilePart[]): number {
	return parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** Parts one after the other as text; of a character cut off at the end nothing is shown. */
export function textOfParts(parts: readonly FilePart[]): string {
	const decoder = new TextDecoder();
	return parts.map(({ bytes }) => decoder.decode(bytes, { stream: true })).join("");
}
