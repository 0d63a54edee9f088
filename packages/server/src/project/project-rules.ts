import type { EntityKind, ProjectAccess } from "../access/project-role.ts";
import { DomainError } from "../errors.ts";
import { whatIsUnseen } from "../visible-name.ts";

/** Where runs go that name no project. */
export const defaultProjectName = "uncategorized";

const longestName = 128;
const longestDescription = 100_000;

/** Refuses what cannot be the name of a project: the client's own rule, and what no address could carry. */
export function checkProjectName(name: string): void {
	const wrong = whatIsWrong(name);
	if (wrong === null) return;
	const shown = JSON.stringify(name.length > 150 ? `${name.slice(0, 150)}…` : name);
	throw new DomainError("INVALID_INPUT", `${shown} cannot be the name of a project: ${wrong}`);
}

function whatIsWrong(name: string): string | null {
	if (name.trim() === "") return "it is empty";
	if (name.length > longestName) return `it has ${name.length} characters, and may have ${longestName}`;
	if (/[/\\#?%:]/.test(name)) return "it may not contain any of / \\ # ? % :";
	if (name === "." || name === "..") return "no address could name it";
	return whatIsUnseen(name);
}

/** The form in which names are compared: as they are; without case under an org entity, where registries live. */
export function projectNameKey(entityKind: EntityKind, name: string): string {
	return entityKind === "organization" ? name.toLowerCase() : name;
}

export function checkDescription(description: string): void {
	if (description.length > longestDescription) {
		throw new DomainError("TOO_LARGE", `a description has at most ${longestDescription} characters`);
	}
	if (description.includes("\u0000"))
		throw new DomainError("INVALID_INPUT", "a description is text without NUL characters");
}

const accesses: readonly ProjectAccess[] = ["PRIVATE", "USER_READ", "USER_WRITE", "RESTRICTED"];

export function parseAccess(text: string): ProjectAccess {
	const access = accesses.find((known) => known === text);
	if (access !== undefined) return access;
	throw new DomainError(
		"INVALID_INPUT",
		`${JSON.stringify(text.slice(0, 100))} is no access: use PRIVATE (members only), USER_READ (public), USER_WRITE (open) or RESTRICTED`,
	);
}
