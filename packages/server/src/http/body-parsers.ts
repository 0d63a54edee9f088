import { createGunzip } from "node:zlib";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { DomainError } from "../errors.ts";
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

function parseJsonBody(text: string, lenient: boolean): unknown {
	if (text.trim() === "") return undefined;
	try {
		return lenient ? parseLenientJson(text) : JSON.parse(text);
	} catch (cause) {
		const why = cause instanceof Error ? `: ${cause.message.slice(0, 200)}` : "";
		throw new DomainError("INVALID_INPUT", `the request body is not valid JSON${why}`, { cause });
	}
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
		async (request: FastifyRequest, body: string) =>
			parseJsonBody(body, request.routeOptions.config.lenientJson === true),
	);
	app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
	app.addHook("preParsing", async (request, _reply, payload) => {
		const encoding = request.headers["content-encoding"]?.toLowerCase() ?? "identity";
		if (encoding === "identity" || !isJson(request.headers["content-type"])) return payload;
		if (encoding !== "gzip" && encoding !== "x-gzip") {
			throw new DomainError("INVALID_INPUT", `the Content-Encoding ${encoding} is not understood: use gzip or none`);
		}
		// wire: file_stream bodies come gzipped from clients that see FILESTREAM_GZIP.
		let receivedEncodedLength = 0;
		payload.on("data", (chunk: Buffer) => {
			receivedEncodedLength += chunk.length;
		});
		// Fastify counts what comes out against the body limit, and compares this property with the Content-Length.
		const inflated = Object.defineProperty(createGunzip(), "receivedEncodedLength", {
			get: () => receivedEncodedLength,
		});
		payload.on("error", (error) => inflated.destroy(error));
		return payload.pipe(inflated);
	});
}
