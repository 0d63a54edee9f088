import type { KeyObject } from "node:crypto";
import { DomainError } from "../errors.ts";
import { derivedSecret } from "../identity/index.ts";
import type { InviteRow, InviteState } from "./org-rows.ts";

const tokenLength = 40;
export const inviteDays = 7;

/** What the link of an invitation carries: made from its id and the server's secret, so that it can be shown again. */
export function inviteToken(secret: KeyObject, id: string): string {
	return derivedSecret(secret, `invite ${id}`, tokenLength);
}

export function inviteState(invite: InviteRow, now: Date): InviteState {
	if (invite.acceptedAt !== null) return "ACCEPTED";
	if (invite.revokedAt !== null) return "REVOKED";
	return invite.expiresAt <= now ? "EXPIRED" : "PENDING";
}

/** Refuses an invitation that nobody can accept any more. */
export function refuseClosed(state: InviteState): void {
	const reasons: Record<Exclude<InviteState, "PENDING">, string> = {
		ACCEPTED: "has been accepted already, and is good once",
		REVOKED: "was taken back",
		EXPIRED: `has expired, after ${inviteDays} days`,
	};
	if (state === "PENDING") return;
	throw new DomainError("GONE", `this invitation ${reasons[state]}: ask whoever sent it for another one`);
}
