import { type FileHandle, open } from "node:fs/promises";

/** Writes all chunks at the file's current position. */
export async function writeAll(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
	const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
	if (total === 0) {
		return;
	}
	const { bytesWritten } = await file.writev([...chunks]);
	if (bytesWritten < total) {
		// A short write is legal; `writeFile` goes on from the current position until all is out.
		await file.writeFile(Buffer.concat(chunks).subarray(bytesWritten));
	}
}

/** Makes what was created, renamed or removed in a folder safe. */
export async function syncFolder(path: string): Promise<void> {
	const folder = await open(path, "r");
	try {
		await folder.sync();
	} finally {
		await folder.close();
	}
}
