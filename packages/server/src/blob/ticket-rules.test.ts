import { createSecretKey } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openTicket, sealTicket, type Ticket, ticketExpiry, ticketLifeSeconds } from "./ticket-rules.ts";

const secret = createSecretKey(Buffer.alloc(32, 7));
const now = new Date("2026-11-21T05:00:00.250Z");

const hex = (length: number) =>
	fc.array(fc.constantFrom(..."0123456789abcdef"), { minLength: length, maxLength: length }).map((all) => all.join(""));
const text = fc.string({ unit: "binary", maxLength: 40 });
const exp = fc.constant(ticketExpiry(now));
const optional = { noNullPrototype: true };

const putTicket = fc.record(
	{
		k: fc.constant("put" as const),
		p: fc.uuid(),
		md5: hex(32),
		max: fc.nat(),
		to: fc.oneof(
			fc.record({ kind: fc.constant("artifact-file" as const) }, optional),
			fc.record({ kind: fc.constant("manifest" as const), id: fc.uuid() }, optional),
			fc.record({ kind: fc.constant("run-file" as const), runId: fc.uuid(), name: text }, optional),
		),
		exp,
	},
	{ requiredKeys: ["k", "p", "to", "exp"], ...optional },
);
const getTicket = fc.record(
	{ k: fc.constant("get" as const), sha256: hex(64), name: text, type: text, exp },
	{ requiredKeys: ["k", "sha256", "exp"], ...optional },
);
const anyTicket: fc.Arbitrary<Ticket> = fc.oneof(putTicket, getTicket);

const sample: Ticket = { k: "put", p: "p1", to: { kind: "artifact-file" }, exp: ticketExpiry(now) };

function codeOf(open: () => unknown): unknown {
	try {
		open();
		return "accepted";
	} catch (error) {
		return error instanceof Error && "code" in error ? error.code : error;
	}
}

describe("tickets", () => {
	it("open to what was sealed, and go through a URL as they are", () => {
		fc.assert(
			fc.property(anyTicket, (ticket) => {
				const sealed = sealTicket(secret, ticket);
				expect(sealed).toMatch(/^[\w-]+\.[\w-]{43}$/);
				expect(openTicket({ secret, text: sealed, kind: ticket.k, now })).toEqual(ticket);
			}),
		);
	});

	it("are refused when any bit is flipped", () => {
		fc.assert(
			fc.property(anyTicket, fc.nat(), fc.integer({ min: 0, max: 7 }), (ticket, at, bit) => {
				const bytes = Buffer.from(sealTicket(secret, ticket), "latin1");
				const index = at % bytes.length;
				bytes.writeUInt8(bytes.readUInt8(index) ^ (1 << bit), index);
				const flipped = bytes.toString("latin1");
				expect(codeOf(() => openTicket({ secret, text: flipped, kind: ticket.k, now }))).toBe("FORBIDDEN");
			}),
			{ numRuns: 500 },
		);
	});

	it("are refused in every other spelling of the same signature", () => {
		const sealed = sealTicket(secret, sample);
		const signature = Buffer.from(sealed.slice(sealed.lastIndexOf(".") + 1), "base64url");
		for (const last of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=") {
			const other = sealed.slice(0, -1) + last;
			const sameBytes = Buffer.from(other.slice(other.lastIndexOf(".") + 1), "base64url").equals(signature);
			const expected = other === sealed ? "accepted" : "FORBIDDEN";
			expect([other, sameBytes, codeOf(() => openTicket({ secret, text: other, kind: "put", now }))]).toEqual([
				other,
				sameBytes,
				expected,
			]);
		}
	});

	it("are refused when signed with another secret, or when no ticket at all", () => {
		const others = [sealTicket(createSecretKey(Buffer.alloc(32, 8)), sample), "", ".", "a.b", "e30.", "x".repeat(5000)];
		for (const other of others) {
			expect(codeOf(() => openTicket({ secret, text: other, kind: "put", now }))).toBe("FORBIDDEN");
		}
	});

	it("do only what they were made for", () => {
		expect(codeOf(() => openTicket({ secret, text: sealTicket(secret, sample), kind: "get", now }))).toBe("FORBIDDEN");
	});

	it("live for 15 minutes, and say so afterwards", () => {
		const sealed = sealTicket(secret, sample);
		const at = (seconds: number) => new Date(Math.floor(now.getTime() / 1000) * 1000 + seconds * 1000);
		expect(codeOf(() => openTicket({ secret, text: sealed, kind: "put", now: at(ticketLifeSeconds - 1) }))).toBe(
			"accepted",
		);
		expect(() => openTicket({ secret, text: sealed, kind: "put", now: at(ticketLifeSeconds) })).toThrow(
			"expired at 2026-11-21T05:15:00.000Z",
		);
		expect(codeOf(() => openTicket({ secret, text: sealed, kind: "put", now: at(ticketLifeSeconds) }))).toBe(
			"URL_EXPIRED",
		);
	});

	it("are refused when they would live longer than any ticket may", () => {
		const sealed = sealTicket(secret, { ...sample, exp: ticketExpiry(now) + 3600 });
		expect(codeOf(() => openTicket({ secret, text: sealed, kind: "put", now }))).toBe("FORBIDDEN");
	});
});
