import type { OrgRole } from "../access/actor.ts";
import { reservedNames } from "../config.ts";
import { DomainError } from "../errors.ts";

const namePattern = /^[A-Za-z0-9_-]{1,64}$/;
const longestName = 64;
const longestEmail = 320;

/** The form in which names are compared. */
export function nameKey(name: string): string {
	return name.toLowerCase();
}

/** Can this be the name of a user, a team or an organisation? */
export function isUsableName(name: string): boolean {
	return namePattern.test(name) && !reservedNames.has(nameKey(name));
}

/** Refuses what cannot be the name of a user, a team or an organisation; `what` says which. */
export function checkName(name: string, what: "user" | "team" | "organisation"): void {
	if (!namePattern.test(name)) {
		throw new DomainError(
			"INVALID_INPUT",
			`${JSON.stringify(name.slice(0, 100))} cannot be the name of a ${what}: use 1 to ${longestName} letters, digits, "-" and "_"`,
		);
	}
	if (reservedNames.has(nameKey(name))) {
		throw new DomainError("INVALID_INPUT", `the name "${name}" is reserved: choose another one for the ${what}`);
	}
}

export function nameTaken(name: string): DomainError {
	return new DomainError(
		"CONFLICT",
		`the name "${name}" is taken: users, teams and organisations share one name space, compared without case. Choose another one`,
	);
}

export function checkEmail(email: string): void {
	if (email.length <= longestEmail && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(email)) return;
	throw new DomainError(
		"INVALID_INPUT",
		`${JSON.stringify(email.slice(0, 100))} is no e-mail address like ada@example.org`,
	);
}

/** What stands before the `@` of an address. */
export function localPart(email: string): string {
	return email.slice(0, email.indexOf("@"));
}

/**
 * Names that a user may get who is to be called like this text, best first: itself (number 1), then with `-2`, `-3`, …
 * What a name cannot hold becomes `-`.
 */
export function usernameCandidates(text: string, range: { readonly first: number; readonly count: number }): string[] {
	const base = text.replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^-+|-+$/g, "") || "user";
	const names = Array.from({ length: range.count }, (_, index) => {
		const number = range.first + index;
		const suffix = number === 1 ? "" : `-${number}`;
		return `${base.slice(0, longestName - suffix.length)}${suffix}`;
	});
	return names.filter(isUsableName);
}

/** The names that an organisation's entity may get, best first. */
export function orgEntityNames(organizationName: string): readonly string[] {
	return [organizationName, `${organizationName}-org`].filter(isUsableName);
}

const orgRoles: readonly OrgRole[] = ["admin", "member", "viewer"];

export function parseOrgRole(text: string): OrgRole {
	const role = orgRoles.find((known) => known === text.toLowerCase());
	if (role !== undefined) return role;
	throw new DomainError(
		"INVALID_INPUT",
		`${JSON.stringify(text.slice(0, 100))} is no role: use admin, member or viewer`,
	);
}
