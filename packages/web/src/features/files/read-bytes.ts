/** Bytes of a file, and how many it has in all. */
export type FilePart = { bytes: Uint8Array<ArrayBuffer>; total: number };

/** A file that could not be read; the status tells whether its address has grown old. */
export class FileError extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.name = "FileError";
		this.status = status;
	}
}

async function failureOf(response: Response): Promise<FileError> {
	const text = await response.text().catch(() => "");
	let message = text.slice(0, 500);
	try {
		const body: unknown = JSON.parse(text);
		if (typeof body === "object" && body !== null && "error" in body && typeof body.error === "string") {
			message = body.error;
		}
	} catch {
		// Not every answer comes from the server itself: what stands between may speak HTML.
	}
	return new FileError(response.status, message || `HTTP ${response.status}`);
}

/** Reads a part of a file, never more: a server that sends all of it is cut off. */
export async function readPart(url: string, start: number, end: number, signal?: AbortSignal): Promise<FilePart> {
	if (end <= start) return { bytes: new Uint8Array(), total: 0 };
	const headers = { range: `bytes=${start}-${end - 1}` };
	const response = await fetch(url, { headers, credentials: "omit", signal: signal ?? null });
	if (response.status === 416) return { bytes: new Uint8Array(), total: totalOf(response) ?? 0 };
	if (!response.ok) throw await failureOf(response);
	const bytes = await readUpTo(response, end - start);
	return { bytes, total: totalOf(response) ?? bytes.length };
}

function totalOf(response: Response): number | undefined {
	const range = /\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1];
	const length = response.status === 200 ? response.headers.get("content-length") : null;
	const text = range ?? length;
	return text === null || text === undefined ? undefined : Number(text);
}

async function readUpTo(response: Response, most: number): Promise<Uint8Array<ArrayBuffer>> {
	const reader = response.body?.getReader();
	const pieces: Uint8Array[] = [];
	let length = 0;
	for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
		pieces.push(step.value.subarray(0, most - length));
		length += step.value.length;
		if (length >= most) {
			await reader?.cancel();
			break;
		}
	}
	const bytes = new Uint8Array(Math.min(length, most));
	let at = 0;
	for (const piece of pieces) {
		bytes.set(piece, at);
		at += piece.length;
	}
	return bytes;
}
