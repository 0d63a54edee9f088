import type { OutgoingHttpHeaders } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { OpenBlob } from "../blob-store/blob-store.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { askedRange, contentDisposition, namesEntityTag, safeContentType } from "./download-rules.ts";
import { type BlobCompletions, receiveBlob } from "./receive-blob.ts";
import { createBlobRecorder } from "./record-blob.ts";
import { credentialIdOf, openTicket, type Ticket } from "./ticket-rules.ts";

export type BlobRoutesOptions = {
	readonly makeCtx: (request: FastifyRequest) => Ctx | Promise<Ctx>;
	readonly completions: BlobCompletions;
	/** Asks whether the key or session that a URL was given to is still good, and refuses the request if not. */
	readonly admit?: (request: FastifyRequest, credentialId: string) => Promise<void>;
};

export type BlobToSend = {
	readonly sha256: string;
	/** File name or path; the last part becomes the name under which a browser saves. */
	readonly name: string;
	readonly contentType?: string | undefined;
	/** Saves a look at the store when known. */
	readonly size?: number | undefined;
	/** Where the store keeps the bytes, when known. */
	readonly place?: string | null | undefined;
	/** `immutable` only where the address names the content itself; default `private, no-cache` (ask again, by ETag). */
	readonly cacheControl?: string | undefined;
};

/** Up to this size a body goes out in one write together with its headers. */
const smallBody = 64 * 1024;
const bytes = "application/octet-stream";
const year = 31_536_000;

/**
 * Uploads and downloads by signed URL: `/blobs/put/<ticket>` and `/blobs/get/<ticket>/<name>`.
 * A sender that falls silent is cut off by the server's `connectionTimeout`; what had come of the upload is dropped.
 */
export async function blobRoutes(app: FastifyInstance, options: BlobRoutesOptions): Promise<void> {
	// Whatever the type says, the body is bytes and stays in the request's stream.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(bytes, (_request, _payload, done) => done(null));
	app.addHook("onRequest", async (request) => {
		refuseEncodedUpload(request);
		request.raw.headers["content-type"] = bytes;
	});

	const admit = async (request: FastifyRequest, ticket: Ticket) => {
		const credentialId = credentialIdOf(ticket);
		if (credentialId !== null) await options.admit?.(request, credentialId);
	};
	const record = createBlobRecorder();
	// Wildcards, since a router parameter is limited to 100 characters by default.
	app.route<{ Params: { "*": string } }>({
		method: "PUT",
		url: "/blobs/put/*",
		handler: async (request, reply) => {
			const ctx = await options.makeCtx(request);
			const received = await receiveBlob(ctx, {
				ticket: request.params["*"],
				admit: (ticket) => admit(request, ticket),
				stream: request.raw,
				contentLength: contentLength(request),
				contentMd5: header(request, "content-md5"),
				completions: options.completions,
				record,
			});
			return reply.header("etag", `"${received.md5Hex}"`).send();
		},
	});

	app.route<{ Params: { "*": string } }>({
		method: ["GET", "HEAD"],
		url: "/blobs/get/*",
		exposeHeadRoute: false,
		handler: async (request, reply) => {
			const ctx = await options.makeCtx(request);
			const [text = ""] = request.params["*"].split("/", 1);
			const ticket = openTicket({ secret: ctx.secret, text, kind: "get", now: ctx.clock() });
			await admit(request, ticket);
			return sendBlob(request, reply, ctx, {
				sha256: ticket.sha256,
				name: ticket.name ?? "",
				contentType: ticket.type,
				place: ticket.at,
				cacheControl: `private, max-age=${year}, immutable`,
			});
		},
	});
}

/**
 * Sends stored bytes: whole, one range, or just the headers; conditional requests included.
 * The caller has asked policy. NOT_FOUND when the bytes are missing.
 */
export async function sendBlob(
	request: FastifyRequest,
	reply: FastifyReply,
	ctx: Pick<Ctx, "blobs">,
	blob: BlobToSend,
): Promise<FastifyReply> {
	const place = blob.place ?? undefined;
	const size = blob.size ?? (await ctx.blobs.head(blob.sha256, place))?.size;
	if (size === undefined) {
		throw new DomainError("NOT_FOUND", "The bytes of this file are not in the store.");
	}
	const etag = `"${blob.sha256}"`;
	const isHead = request.method === "HEAD";
	if (namesEntityTag(header(request, "if-none-match"), etag)) {
		return setDownloadHeaders(reply, blob).code(304).send();
	}
	const ifRange = header(request, "if-range");
	const rangeHeader = ifRange === undefined || namesEntityTag(ifRange, etag) ? header(request, "range") : undefined;
	const range = askedRange(rangeHeader, size);
	if (range.kind === "unsatisfiable") {
		reply.header("content-range", `bytes */${size}`);
		throw new DomainError("RANGE_NOT_SATISFIABLE", `The file has ${size} bytes; the asked range is outside.`);
	}
	const length = range.kind === "part" ? range.end - range.start + 1 : size;
	if (isHead) {
		setPartHeaders(setDownloadHeaders(reply, blob), range, size);
		return reply.header("content-length", length).send();
	}
	if (range.kind === "whole" && size <= smallBody) {
		const body = await ctx.blobs.read(blob.sha256, smallBody, place);
		return setDownloadHeaders(reply, blob).send(body);
	}
	const opened = await ctx.blobs.get(blob.sha256, range.kind === "part" ? range : undefined, place);
	setPartHeaders(setDownloadHeaders(reply, blob), range, size);
	return await sendLong(reply.header("content-length", length), opened);
}

/** Past the framework, whose streams cost more than the bytes that they bring. */
async function sendLong(reply: FastifyReply, opened: OpenBlob): Promise<FastifyReply> {
	const { raw } = reply.hijack();
	raw.writeHead(reply.statusCode, outgoing(reply.getHeaders()));
	try {
		await opened.sendTo(raw);
	} catch (error) {
		reply.log.debug({ err: error }, "a download was cut off");
		raw.destroy();
	}
	return reply;
}

/** The framework's type of headers has names without a value, which Node's has not. */
function outgoing(headers: ReturnType<FastifyReply["getHeaders"]>): OutgoingHttpHeaders {
	return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}

function setDownloadHeaders(reply: FastifyReply, blob: BlobToSend): FastifyReply {
	const contentType = safeContentType(blob.contentType, blob.name);
	return reply
		.header("content-type", contentType)
		.header("content-disposition", contentDisposition(blob.name, contentType))
		.header("etag", `"${blob.sha256}"`)
		.header("accept-ranges", "bytes")
		.header("cache-control", blob.cacheControl ?? "private, no-cache")
		.header("content-security-policy", reply.getHeader("content-security-policy") ?? "sandbox")
		.header("x-content-type-options", "nosniff");
}

function setPartHeaders(reply: FastifyReply, range: ReturnType<typeof askedRange>, size: number): void {
	if (range.kind === "part") {
		reply.code(206).header("content-range", `bytes ${range.start}-${range.end}/${size}`);
	}
}

/** Digests are of the bytes as sent: an encoded body could never match. */
function refuseEncodedUpload(request: FastifyRequest): void {
	const encoding = header(request, "content-encoding")?.toLowerCase() ?? "identity";
	if (request.method === "PUT" && encoding !== "identity") {
		throw new DomainError(
			"INVALID_INPUT",
			`Files are stored as they are: send the body without Content-Encoding ${encoding}.`,
		);
	}
}

function contentLength(request: FastifyRequest): number | undefined {
	const text = request.headers["content-length"];
	return text === undefined ? undefined : Number(text);
}

function header(request: FastifyRequest, name: string): string | undefined {
	const value = request.headers[name];
	return Array.isArray(value) ? value[0] : value;
}
