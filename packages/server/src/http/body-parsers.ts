import type { IncomingMessage } from "node:http";
import { type Duplex, Transform } from "node:stream";
import { createGunzip } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { DomainError } from "../errors.ts";
import { hasMoreValuesThan } from "../json-values.ts";
import { parseLenientJson } from "../lenient-json.ts";

declare module "fastify" {
	interface FastifyContextConfig {
		/** JSON bodies of this route may hold bare NaN and Infinity; they arrive as texts. */
		lenientJson?: boolean;
	}
}

function isJson(contentType: string | undefined): boolean {
	return contentType !== undefined && /^application\/([\w.+-]+\+)?json\b/i.test(contentType);
}

/** Bodies up to this size cost too little to be counted. */
const smallJsonBody = 1024 * 1024;
/** What all larger JSON bodies may hold together while they are read and answered; parsed they take several times that. */
const mostHeldBytes = 80 * 1024 * 1024;
/** Values take far more memory than the text that names them: `{},` is 3 bytes, and 60 when parsed. */
const mostValues = 1_000_000;

/** A `DomainError` where it cannot be parsed: who parses for Fastify must not throw. */
function parseJsonBody(text: string, lenient: boolean): unknown {
	if (text.trim() === "") return undefined;
	if (text.length > smallJsonBody && hasMoreValuesThan(text, mostValues)) {
		return new DomainError(
			"INVALID_INPUT",
			`the request body holds more than ${mostValues} values: send it in several requests`,
		);
	}
	try {
		return lenient ? parseLenientJson(text) : JSON.parse(text);
	} catch (cause) {
		const why = cause instanceof Error ? `: ${cause.message.slice(0, 200)}` : "";
		return new DomainError("INVALID_INPUT", `the request body is not valid JSON${why}`, { cause });
	}
}

/** Whether the body may be larger than what is worth a closer look; one that does not tell its size may be. */
export function mayBeLarge({ headers }: Pick<IncomingMessage, "headers">): boolean {
	const length = headers["content-length"];
	return length === undefined ? headers["transfer-encoding"] !== undefined : Number(length) > smallJsonBody;
}

/** `from` through `to`, with its errors. After a refusal nobody listens to either any more, and a reset may still come. */
function passThrough(from: NodeJS.ReadableStream, to: Duplex): Duplex {
	from.on("error", (error) => to.destroy(error));
	to.on("error", () => undefined);
	return from.pipe(to);
}

function inflate(payload: NodeJS.ReadableStream): Duplex {
	let receivedEncodedLength = 0;
	payload.on("data", (chunk: Buffer) => {
		receivedEncodedLength += chunk.length;
	});
	// Fastify counts what comes out against the body limit, and compares this property with the Content-Length.
	const inflated = Object.defineProperty(createGunzip(), "receivedEncodedLength", {
		get: () => receivedEncodedLength,
	});
	return passThrough(payload, inflated);
}

/** Counts the bytes of large bodies that are held at this moment, all together, and refuses what would be too many. */
function holdLargeBodies(): (payload: NodeJS.ReadableStream, reply: FastifyReply) => Duplex {
	let held = 0;
	return (payload, reply) => {
		let own = 0;
		const release = () => {
			held -= own;
			own = 0;
		};
		reply.raw.once("close", release);
		const counted = new Transform({
			transform(chunk: Buffer, _encoding, done) {
				if (held + chunk.length > mostHeldBytes) {
					release();
					done(new DomainError("UNAVAILABLE", "too many large requests are being read at this moment: try again"));
					return;
				}
				own += chunk.length;
				held += chunk.length;
				done(null, chunk);
			},
		});
		if ("receivedEncodedLength" in payload) {
			const encoded = payload;
			Object.defineProperty(counted, "receivedEncodedLength", { get: () => encoded.receivedEncodedLength });
		}
		return passThrough(payload, counted);
	};
}

/**
 * JSON bodies are parsed (and inflated when gzipped, within the route's body limit); the body of everything else is
 * handed to the route as the stream it is, not read at all.
 */
export function addBodyParsers(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser<string>(
		/^application\/([\w.+-]+\+)?json\b/i,
		{ parseAs: "string" },
		(request: FastifyRequest, body: string, done) => {
			const parsed = parseJsonBody(body, request.routeOptions.config.lenientJson === true);
			done(parsed instanceof DomainError ? parsed : null, parsed);
		},
	);
	app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
	const hold = holdLargeBodies();
	app.addHook("preParsing", (request, reply, payload, done) => {
		if (!isJson(request.headers["content-type"])) return done(null, payload);
		const encoding = request.headers["content-encoding"]?.toLowerCase() ?? "identity";
		if (encoding === "identity") return done(null, mayBeLarge(request) ? hold(payload, reply) : payload);
		if (encoding !== "gzip" && encoding !== "x-gzip") {
			const text = `the Content-Encoding ${encoding} is not understood: use gzip or none`;
			return done(new DomainError("INVALID_INPUT", text));
		}
		// wire: file_stream bodies come gzipped from clients that see FILESTREAM_GZIP.
		done(null, hold(inflate(payload), reply));
	});
}
