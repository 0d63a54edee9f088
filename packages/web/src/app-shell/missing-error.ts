/** What can be missing; each has its own words on the page that says so. */
export type MissingKind =
	| "page"
	| "entity"
	| "project"
	| "run"
	| "sweep"
	| "artifact"
	| "collection"
	| "version"
	| "organization"
	| "registry";

/** A name in the address that names nothing, or nothing the viewer may know of: the server answers both alike. */
export class MissingError extends Error {
	readonly kind: MissingKind;
	readonly subject: string;

	constructor(kind: MissingKind, subject: string) {
		super(`${kind} not found: ${subject}`);
		this.name = "MissingError";
		this.kind = kind;
		this.subject = subject;
	}
}

/** Passes a value on, or says which name was not found. */
export function found<T>(value: T | null | undefined, kind: MissingKind, subject: string): T {
	if (value === null || value === undefined) throw new MissingError(kind, subject);
	return value;
}
