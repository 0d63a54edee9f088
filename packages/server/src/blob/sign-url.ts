import { refuseReadOnly } from "../access/refuse-read-only.ts";
import type { Ctx } from "../context.ts";
import { type PutTarget, sealTicket, ticketExpiry, ticketHolder } from "./ticket-rules.ts";

export type SignedUpload = {
	/** Project that will possess the bytes. */
	readonly projectId: string;
	/** What the bytes must hash to, in hex; other bytes are refused. */
	readonly md5Hex?: string | undefined;
	/** As well, for bytes that a manifest names by this digest. */
	readonly xxh128Hex?: string | undefined;
	readonly maxSize?: number | undefined;
	readonly to: PutTarget;
};

export type SignedDownload = {
	readonly sha256: string;
	/** Where the bytes are, when known: spares a look for each download. */
	readonly place?: string | null;
	/** File name or path; its last part becomes the name under which a browser saves. */
	readonly name: string;
	readonly contentType?: string | undefined;
};

type Signer = Pick<Ctx, "actor" | "secret" | "baseUrl" | "clock" | "onSignedUrl">;

/** A URL that takes one upload from whoever holds it. Ask policy before signing. */
export function signPutUrl(ctx: Signer, upload: SignedUpload): string {
	refuseReadOnly(ctx.actor);
	ctx.onSignedUrl?.();
	const ticket = sealTicket(ctx.secret, {
		k: "put",
		p: upload.projectId,
		...(upload.md5Hex === undefined ? {} : { md5: upload.md5Hex }),
		...(upload.xxh128Hex === undefined ? {} : { xxh128: upload.xxh128Hex }),
		...(upload.maxSize === undefined ? {} : { max: upload.maxSize }),
		to: upload.to,
		...ticketHolder(ctx.actor),
		exp: ticketExpiry(ctx.clock()),
	});
	return `${ctx.baseUrl}/blobs/put/${ticket}`;
}

/** A URL that gives the bytes to whoever holds it. Ask policy before signing. */
export function signGetUrl(ctx: Signer, download: SignedDownload): string {
	ctx.onSignedUrl?.();
	// A lone surrogate cannot be written in UTF-8, hence in a URL.
	const name = (download.name.split("/").at(-1) ?? "").toWellFormed();
	const ticket = sealTicket(ctx.secret, {
		k: "get",
		sha256: download.sha256,
		...(download.place ? { at: download.place } : {}),
		...(name === "" ? {} : { name }),
		...(download.contentType === undefined ? {} : { type: download.contentType }),
		...ticketHolder(ctx.actor),
		exp: ticketExpiry(ctx.clock()),
	});
	return `${ctx.baseUrl}/blobs/get/${ticket}/${encodeURIComponent(name)}`;
}
