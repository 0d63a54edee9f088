import type { FileHandle } from "node:fs/promises";
import type { Writable } from "node:stream";
import type { ByteRange } from "./blob-store.ts";

/** Large enough to make few calls, small enough to stay in the processor's cache. */
const bufferSize = 256 * 1024;

/**
 * Writes a range of a file to `target`. Two buffers take turns, one being filled while the other is on its way: with new
 * ones for each piece, as streams have them, half of what a long download costs is making and forgetting them.
 * Fails when the target closes before its end. The caller closes the file, and ends the target.
 */
export async function sendFile(file: FileHandle, target: Writable, { start, end }: ByteRange): Promise<void> {
	const length = Math.min(bufferSize, end + 1 - start);
	let [filling, leaving] = [Buffer.allocUnsafeSlow(length), Buffer.allocUnsafeSlow(length)];
	const closing = watchClose(target);
	try {
		let sent: Promise<void> = Promise.resolve();
		for (let at = start; at <= end; ) {
			const { bytesRead } = await file.read(filling, 0, Math.min(length, end + 1 - at), at);
			if (bytesRead === 0) throw new Error(`a stored file ends at ${at} and should reach ${end}`);
			await Promise.race([sent, closing.closed]);
			sent = write(target, filling.subarray(0, bytesRead));
			sent.catch(() => undefined);
			[filling, leaving] = [leaving, filling];
			at += bytesRead;
		}
		await Promise.race([sent, closing.closed]);
	} finally {
		closing.forget();
	}
}

function write(target: Writable, chunk: Uint8Array): Promise<void> {
	return new Promise((resolve, reject) => {
		target.write(chunk, (error) => (error ? reject(error) : resolve()));
	});
}

/** A write that waits inside a response whose connection is gone is never answered. */
function watchClose(target: Writable) {
	let onClose = () => {};
	const closed = new Promise<never>((_, reject) => {
		onClose = () => reject(new Error("the receiver has gone"));
	});
	closed.catch(() => undefined);
	if (target.destroyed) onClose();
	target.once("close", onClose);
	return { closed, forget: () => target.off("close", onClose) };
}
