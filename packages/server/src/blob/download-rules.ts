import type { ByteRange } from "../blob-store/blob-store.ts";

/** What a `Range` header asks of a body of `size` bytes (RFC 9110 §14): everything, one part, or nothing that exists. */
export type AskedRange = { readonly kind: "whole" | "unsatisfiable" } | ({ readonly kind: "part" } & ByteRange);

/**
 * Only a single range is served as a part. Several, an unknown unit or a header that makes no sense are ignored,
 * which the RFC allows: the whole body answers every question.
 */
export function askedRange(header: string | undefined, size: number): AskedRange {
	const match = /^bytes=(\d*)-(\d*)$/i.exec((header ?? "").trim());
	const [, first = "", last = ""] = match ?? [];
	if (match === null || (first === "" && last === "")) {
		return { kind: "whole" };
	}
	if (first === "") {
		const length = Math.min(Number(last), size);
		return length === 0 ? { kind: "unsatisfiable" } : { kind: "part", start: size - length, end: size - 1 };
	}
	const start = Number(first);
	const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
	if (last !== "" && Number(last) < start) {
		return { kind: "whole" };
	}
	return start >= size ? { kind: "unsatisfiable" } : { kind: "part", start, end };
}

/** Whether an `If-None-Match` or `If-Range` header names this entity tag. */
export function namesEntityTag(header: string | undefined, etag: string): boolean {
	return (header ?? "").split(",").some((item) => item.trim().replace(/^W\//, "") === etag);
}

/** `Content-Disposition` that no file name can break out of: an ASCII stand-in, and the true name as RFC 5987 has it. */
export function contentDisposition(name: string, contentType: string): string {
	const base = (name.split("/").at(-1) ?? "").toWellFormed();
	const verb = shownInline.test(contentType) ? "inline" : "attachment";
	if (base === "") {
		return verb;
	}
	const ascii = base.replace(/[^\x20-\x7e]|["\\%]/g, "_");
	const encoded = encodeURIComponent(base).replace(
		/['()*]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
	);
	return `${verb}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** The declared type if it can be a header value, else one that follows from the name, else plain bytes. */
export function safeContentType(declared: string | undefined, name: string): string {
	if (declared !== undefined && /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(; ?charset=[\w-]+)?$/.test(declared)) {
		return declared;
	}
	const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
	return contentTypes.get(extension) ?? "application/octet-stream";
}

/** Types a browser may show in place; whatever can carry a script is saved instead. */
const shownInline = /^(image\/(?!svg)|audio\/|video\/|text\/plain\b|text\/csv\b|application\/json\b)/;

const contentTypes: ReadonlyMap<string, string> = new Map([
	["txt", "text/plain; charset=utf-8"],
	["log", "text/plain; charset=utf-8"],
	["md", "text/plain; charset=utf-8"],
	["py", "text/plain; charset=utf-8"],
	["yaml", "text/plain; charset=utf-8"],
	["yml", "text/plain; charset=utf-8"],
	["patch", "text/plain; charset=utf-8"],
	["csv", "text/csv; charset=utf-8"],
	["json", "application/json"],
	["html", "text/html; charset=utf-8"],
	["svg", "image/svg+xml"],
	["png", "image/png"],
	["jpg", "image/jpeg"],
	["jpeg", "image/jpeg"],
	["gif", "image/gif"],
	["webp", "image/webp"],
	["bmp", "image/bmp"],
	["mp4", "video/mp4"],
	["webm", "video/webm"],
	["wav", "audio/wav"],
	["mp3", "audio/mpeg"],
	["ogg", "audio/ogg"],
	["pdf", "application/pdf"],
	["gz", "application/gzip"],
	["zip", "application/zip"],
]);
