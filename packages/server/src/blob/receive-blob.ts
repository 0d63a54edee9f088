import type { Readable } from "node:stream";
import type { KeepBlob } from "../blob-store/blob-store.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { BlobOfProject } from "./project-blob-store.ts";
import { type BlobCompletion, type BlobRecorder, recordBlob, recordCompletely } from "./record-blob.ts";
import { openTicket, type PutTarget, type PutTicket } from "./ticket-rules.ts";

type TargetKind = PutTarget["kind"];
export type PutTargetOf<K extends TargetKind> = Extract<PutTarget, { kind: K }>;

/**
 * Asks a higher noun what is to be written with the bytes that it asked for, now that they have arrived. It may be asked
 * again for an upload that is sent again. Where nothing can be written the upload is refused, and the project has the bytes.
 */
export type BlobReceived<K extends TargetKind> = (
	ctx: Ctx,
	to: PutTargetOf<K>,
	received: BlobOfProject,
) => BlobCompletion;

/** One per kind of target that somebody waits for; files of artifacts are looked up by digest at commit, parts when joined. */
export type BlobCompletions = {
	readonly [K in Exclude<TargetKind, "artifact-file" | "artifact-part">]: BlobReceived<K>;
};

export type Upload = {
	readonly ticket: string;
	/** Asks whether whoever the URL was given to may still use it; throws if not. */
	readonly admit?: (ticket: PutTicket) => Promise<void>;
	readonly stream: AsyncIterable<Uint8Array> | Readable;
	readonly contentLength?: number | undefined;
	/** The header as sent: base64. */
	readonly contentMd5?: string | undefined;
	readonly completions: BlobCompletions;
	/** Given where uploads come many at a time; default: each by itself. */
	readonly record?: BlobRecorder | undefined;
};

/** Takes the bytes a ticket allows: verified and on the disk first, then recorded for the project and made known. */
export async function receiveBlob(ctx: Ctx, upload: Upload): Promise<BlobOfProject> {
	const ticket = openTicket({ secret: ctx.secret, text: upload.ticket, kind: "put", now: ctx.clock() });
	await upload.admit?.(ticket);
	const sentMd5 = upload.contentMd5 === undefined ? undefined : parseContentMd5(upload.contentMd5);
	if (sentMd5 !== undefined && ticket.md5 !== undefined && sentMd5 !== ticket.md5) {
		throw new DomainError(
			"DIGEST_MISMATCH",
			`The URL was given for bytes with the MD5 digest ${ticket.md5}; Content-MD5 says ${sentMd5}. Ask for a new URL.`,
		);
	}
	const { xxh128: xxh128Hex } = ticket;
	const expect = { md5Hex: ticket.md5 ?? sentMd5, xxh128Hex, size: upload.contentLength, maxSize: ticket.max };
	const { to } = ticket;
	if (to.kind === "artifact-part") {
		return { projectId: ticket.p, ...(await ctx.blobs.putPart(to, upload.stream, expect, ctx.signal)) };
	}
	const record = upload.record ?? recordBlob;
	const keep: KeepBlob = async (stored, place) => {
		const { sha256, md5Hex, size } = stored;
		const received: BlobOfProject = { projectId: ticket.p, sha256, md5Hex, xxh128Hex, size, place };
		if (to.kind === "artifact-file") await record(ctx.db, received);
		else await recordCompletely(ctx.db, received, completionOf(ctx, { to, received, completions: upload.completions }));
	};
	// Of files of artifacts it was asked before whether the project has them; the others hardly ever came before.
	const blob = { ...expect, keep, isNew: to.kind !== "artifact-file", compress: to.kind === "manifest" };
	const { sha256, md5Hex, size } = await ctx.blobs.put(upload.stream, blob, ctx.signal);
	return { projectId: ticket.p, sha256, md5Hex, xxh128Hex, size };
}

function completionOf(
	ctx: Ctx,
	arrival: {
		to: Exclude<PutTarget, { kind: "artifact-file" | "artifact-part" }>;
		received: BlobOfProject;
		completions: BlobCompletions;
	},
): BlobCompletion {
	const { to, received, completions } = arrival;
	switch (to.kind) {
		case "manifest":
			return completions.manifest(ctx, to, received);
		case "run-file":
			return completions["run-file"](ctx, to, received);
	}
}

function parseContentMd5(header: string): string {
	const digest = Buffer.from(header.trim(), "base64");
	if (digest.length !== 16) {
		throw new DomainError("INVALID_INPUT", "Content-MD5 must be the base64 form of a 16-byte MD5 digest.");
	}
	return digest.toString("hex");
}
