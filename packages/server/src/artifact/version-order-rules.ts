import { DomainError } from "../errors.ts";

export type VersionOrder = {
	readonly by: "version" | "created" | "updated" | "size";
	readonly direction: "asc" | "desc";
};

/** wire: the client passes on what its user wrote, in either spelling. */
const fields: ReadonlyMap<string, VersionOrder["by"]> = new Map([
	["version", "version"],
	["version_index", "version"],
	["versionIndex", "version"],
	["created_at", "created"],
	["createdAt", "created"],
	["updated_at", "updated"],
	["updatedAt", "updated"],
	["size", "size"],
]);

/** `+created_at`, `-size`; newest version first where nothing is said. */
export function parseVersionOrder(text: string | null): VersionOrder {
	const order = text?.trim() ?? "";
	if (order === "") return { by: "version", direction: "desc" };
	const by = fields.get(order.replace(/^[+-]/, ""));
	if (by === undefined) {
		const shown = JSON.stringify(order.slice(0, 80));
		throw new DomainError(
			"INVALID_INPUT",
			`versions cannot be ordered by ${shown}: use version, created_at, updated_at or size, with + or - in front`,
		);
	}
	return { by, direction: order.startsWith("-") ? "desc" : "asc" };
}

/** wire: the client always asks for `{"state": "COMMITTED"}`, which is what is listed; it narrows by tags itself. */
export function checkVersionFilter(text: string | null): void {
	const filter: unknown = text === null || text.trim() === "" ? null : JSON.parse(text);
	if (filter === null || typeof filter !== "object") return;
	const { state, ...others } = { state: "COMMITTED", ...filter };
	if (state === "COMMITTED" && Object.keys(others).length === 0) return;
	throw new DomainError(
		"NOT_IMPLEMENTED",
		'this server lists the versions that are committed, all of them: filter by {"state": "COMMITTED"} or by nothing, and choose among what comes',
	);
}
