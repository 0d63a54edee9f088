import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import { JsonBytes } from "./json-bytes.ts";

const zip = promisify(gzip);
const leastToZip = 1_400;

/** Plain data. */
type PlainAnswer = { readonly asOf: Date; readonly written?: never } & object;
/** An object that was written as JSON already, but for its last bracket. */
export type WrittenAnswer = { readonly asOf: Date; readonly written: JsonBytes };
export type Answer = PlainAnswer | WrittenAnswer;

/** An answer as JSON: with an ETag that changes when the answer does, and packed for who takes that. */
export async function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer): Promise<FastifyReply> {
	const json = answer.written ?? withoutEnd(answer);
	// Weak: the moment of the answer is not part of it, nor is the packing.
	const etag = `W/"${createHash("sha1").update(json.bytes).digest("base64url")}"`;
	reply.headers({ etag, "cache-control": "private, no-cache", vary: "accept-encoding, authorization, cookie" });
	const known = request.headers["if-none-match"]?.split(/,\s*/) ?? [];
	if (known.includes(etag) || known.includes("*")) return reply.code(304).send();
	const body = json
		.comma(json.bytes.length === 1)
		.raw('"asOf":')
		.json(JSON.stringify(answer.asOf))
		.raw("}").bytes;
	reply.header("content-type", "application/json; charset=utf-8");
	if (body.length < leastToZip || !takesGzip(request)) return reply.send(body);
	return reply.header("content-encoding", "gzip").send(await zip(body, { level: 1 }));
}

function withoutEnd({ asOf, ...answer }: PlainAnswer): JsonBytes {
	const text = JSON.stringify(answer);
	return new JsonBytes(text.length + 64).json(text.slice(0, -1));
}

export function takesGzip({ headers }: FastifyRequest): boolean {
	return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(String(headers["accept-encoding"] ?? ""));
}
