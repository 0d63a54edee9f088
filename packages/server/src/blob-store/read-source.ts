import { Readable } from "node:stream";
import { DomainError } from "../errors.ts";

export type Source = AsyncIterable<Uint8Array> | Readable;

/**
 * Chunks of a source until its end. Only `signal` destroys the source: when the reader stops early, an HTTP request
 * must stay open, or its sender would see a reset instead of the reply that says why.
 */
export async function* readSource(source: Source, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
	const given = source instanceof Readable;
	const readable = given ? source : Readable.from(source);
	const onAbort = () => readable.destroy(new Error("aborted", { cause: signal.reason }));
	if (signal.aborted) {
		onAbort();
	}
	signal.addEventListener("abort", onAbort, { once: true });
	let size = 0;
	try {
		for await (const chunk of readable.iterator({ destroyOnReturn: false })) {
			if (!(chunk instanceof Uint8Array)) {
				throw new TypeError("a blob is made of bytes, not of text or objects");
			}
			size += chunk.length;
			yield chunk;
		}
	} catch (cause) {
		if (cause instanceof DomainError || cause instanceof TypeError) {
			throw cause;
		}
		throw new DomainError(
			"UNAVAILABLE",
			`The upload broke off after ${size} bytes. Nothing was stored; send it again.`,
			{
				cause,
			},
		);
	} finally {
		signal.removeEventListener("abort", onAbort);
		if (!given) {
			readable.destroy();
		}
	}
}
