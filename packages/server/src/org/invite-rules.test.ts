import { createSecretKey } from "node:crypto";
import { expect, test } from "vitest";
import { inviteState, inviteToken, refuseClosed } from "./invite-rules.ts";
import type { InviteRow } from "./org-rows.ts";

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const invite: InviteRow = {
	id: "i",
	organizationId: "o",
	entityId: null,
	email: null,
	userId: null,
	role: "member",
	organizationRole: "member",
	createdBy: null,
	createdAt: at(1),
	expiresAt: at(8),
	acceptedAt: null,
	acceptedBy: null,
	revokedAt: null,
};

test.each([
	["PENDING", invite, at(7)],
	["EXPIRED", invite, at(8)],
	["REVOKED", { ...invite, revokedAt: at(2) }, at(9)],
	["ACCEPTED", { ...invite, acceptedAt: at(2) }, at(9)],
] as const)("an invitation is %s", (state, row, now) => {
	expect(inviteState(row, now)).toBe(state);
	if (state === "PENDING") expect(() => refuseClosed(state)).not.toThrow();
	else expect(() => refuseClosed(state)).toThrow("ask whoever sent it for another one");
});

test("its token is made again from the server's secret, and is that of no other", () => {
	const [one, two] = [createSecretKey(Buffer.alloc(32, 1)), createSecretKey(Buffer.alloc(32, 2))];
	const tokens = [inviteToken(one, "i"), inviteToken(one, "j"), inviteToken(two, "i")];
	expect(inviteToken(one, "i")).toBe(tokens[0]);
	expect(new Set(tokens).size).toBe(3);
	for (const token of tokens) expect(token).toMatch(/^[a-z0-9]{40}$/);
});
