import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { DomainError } from "../errors.ts";

/*
 * A ticket is the authority inside a signed URL: base64url(JSON) "." base64url(HMAC-SHA256).
 * Whoever holds it may do the one thing it names until it expires, which is at most 15 minutes after it was made.
 */

export const ticketLifeSeconds = 15 * 60;

const digest = (hexLength: number) => z.string().regex(new RegExp(`^[0-9a-f]{${hexLength}}$`));
const expiry = z.int().nonnegative();
/** Id of the key or session that the URL was given to, 16 bytes; none where the server itself asked, or nobody signed in. */
const givenTo = z.string().length(22).optional();

const putTargetSchema = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("artifact-file") }),
	z.strictObject({ kind: z.literal("artifact-part"), upload: digest(64), part: z.int().positive() }),
	z.strictObject({
		kind: z.literal("manifest"),
		id: z.string(),
		/** Of a manifest that is noted when its bytes arrive: the version's, and its own. */
		of: z.strictObject({ artifactId: z.string(), name: z.string() }).optional(),
	}),
	z.strictObject({ kind: z.literal("run-file"), runId: z.string(), name: z.string() }),
]);

const ticketSchema = z.discriminatedUnion("k", [
	z.strictObject({
		k: z.literal("put"),
		/** Project that will possess the bytes. */
		p: z.string(),
		md5: digest(32).optional(),
		xxh128: digest(32).optional(),
		/** Most bytes accepted. */
		max: z.int().nonnegative().optional(),
		to: putTargetSchema,
		by: givenTo,
		/** Seconds since the epoch. */
		exp: expiry,
	}),
	z.strictObject({
		k: z.literal("get"),
		sha256: digest(64),
		/** Where the store keeps the bytes. */
		at: z.string().optional(),
		name: z.string().optional(),
		type: z.string().optional(),
		by: givenTo,
		exp: expiry,
	}),
]);

/** What arrived bytes are for; a completion per kind makes it known to the noun concerned. */
export type PutTarget = z.infer<typeof putTargetSchema>;
export type Ticket = z.infer<typeof ticketSchema>;
export type PutTicket = Extract<Ticket, { k: "put" }>;
export type GetTicket = Extract<Ticket, { k: "get" }>;

/** Who a ticket is for, as it carries it. */
export function ticketHolder(actor: Actor): { by?: string } {
	const id = actor.kind === "user" ? actor.credential?.id : undefined;
	return id === undefined ? {} : { by: Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url") };
}

/** The id of the key or session that a ticket was given to. */
export function credentialIdOf(ticket: Ticket): string | null {
	if (ticket.by === undefined) return null;
	const hex = Buffer.from(ticket.by, "base64url").toString("hex");
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** The moment at which a ticket made `now` expires, in seconds since the epoch. */
export function ticketExpiry(now: Date): number {
	return Math.floor(now.getTime() / 1000) + ticketLifeSeconds;
}

export function sealTicket(secret: KeyObject, ticket: Ticket): string {
	const payload = Buffer.from(JSON.stringify(ticket)).toString("base64url");
	return `${payload}.${signature(secret, payload)}`;
}

/** The ticket in a URL, if it is ours, of this kind and still good: FORBIDDEN when forged, URL_EXPIRED when late. */
export function openTicket<K extends Ticket["k"]>(opening: {
	readonly secret: KeyObject;
	readonly text: string;
	readonly kind: K;
	readonly now: Date;
}): Extract<Ticket, { k: K }> {
	const { secret, text, kind, now } = opening;
	const dot = text.lastIndexOf(".");
	const payload = text.slice(0, Math.max(dot, 0));
	// Compared as text: base64 has several spellings of the same bytes, and only ours is good.
	if (dot < 0 || !equalInConstantTime(text.slice(dot + 1), signature(secret, payload))) {
		throw forged();
	}
	const ticket = parsePayload(payload);
	if (!isKind(ticket, kind)) {
		throw forged();
	}
	const nowSeconds = now.getTime() / 1000;
	if (ticket.exp <= nowSeconds) {
		const end = new Date(ticket.exp * 1000).toISOString();
		throw new DomainError(
			"URL_EXPIRED",
			`This URL expired at ${end}. Signed URLs are good for at most 15 minutes; ask the server for a new one.`,
		);
	}
	if (ticket.exp > nowSeconds + ticketLifeSeconds + 1) {
		throw forged();
	}
	return ticket;
}

function isKind<K extends Ticket["k"]>(ticket: Ticket, kind: K): ticket is Extract<Ticket, { k: K }> {
	return ticket.k === kind;
}

function parsePayload(payload: string): Ticket {
	const parsed = ticketSchema.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
	if (!parsed.success) {
		// Signed by us, yet of another shape: made by another release.
		throw new DomainError("URL_EXPIRED", "This URL was made by another release of the server; ask for a new one.", {
			cause: parsed.error,
		});
	}
	return parsed.data;
}

function signature(secret: KeyObject, payload: string): string {
	// The prefix keeps these signatures apart from whatever else the installation's secret may sign.
	return createHmac("sha256", secret).update("keifu blob ticket 1\n").update(payload).digest("base64url");
}

function equalInConstantTime(given: string, expected: string): boolean {
	const a = Buffer.from(given);
	const b = Buffer.from(expected);
	return a.length === b.length && timingSafeEqual(a, b);
}

function forged(): DomainError {
	return new DomainError(
		"FORBIDDEN",
		"This URL was not signed by this server, or was altered. Use the URL exactly as the server gave it.",
	);
}
