import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";

const zip = promisify(gzip);
const leastToZip = 1_400;

/** An answer as JSON: with an ETag that changes when the answer does, and packed for who takes that. */
export async function sendAnswer(
	request: FastifyRequest,
	reply: FastifyReply,
	{ asOf, ...answer }: { readonly asOf: Date } & object,
): Promise<FastifyReply> {
	const rest = JSON.stringify(answer);
	// Weak: the moment of the answer is not part of it, nor is the packing.
	const etag = `W/"${createHash("sha1").update(rest).digest("base64url")}"`;
	reply.headers({ etag, "cache-control": "private, no-cache", vary: "accept-encoding, authorization, cookie" });
	const known = request.headers["if-none-match"]?.split(/,\s*/) ?? [];
	if (known.includes(etag) || known.includes("*")) return reply.code(304).send();
	const body = `${rest.slice(0, -1)}${rest === "{}" ? "" : ","}"asOf":${JSON.stringify(asOf)}}`;
	reply.header("content-type", "application/json; charset=utf-8");
	if (body.length < leastToZip || !takesGzip(request)) return reply.send(body);
	return reply.header("content-encoding", "gzip").send(await zip(body, { level: 1 }));
}

export function takesGzip({ headers }: FastifyRequest): boolean {
	return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(String(headers["accept-encoding"] ?? ""));
}
