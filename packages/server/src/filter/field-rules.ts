import { DomainError } from "../errors.ts";
import type { FilterField } from "./filter-rules.ts";

/** The fields that a list of some noun can be filtered by, by their keys; several keys may mean one field. */
export type FieldTable<C extends string> = ReadonlyMap<string, FilterField<C>>;

/** Finds the field behind a key; `metadata.a.b` lies in the document `metadata`. An unknown one is refused with a list. */
export function fieldsOf<C extends string>(noun: string, table: FieldTable<C>): (key: string) => FilterField<C> {
	return (key) => {
		const field = table.get(key);
		if (field !== undefined) return field;
		const dot = key.indexOf(".");
		const root = table.get(key.slice(0, Math.max(dot, 0)));
		const inner = key
			.slice(dot + 1)
			.replaceAll("\u0000", "")
			.toWellFormed();
		if (root?.kind === "json" && inner !== "") return { ...root, paths: documentPaths(inner) };
		const known = [...table].map(([name, { kind }]) => (kind === "json" ? `${name}.KEY` : name)).join(", ");
		throw new DomainError(
			"INVALID_INPUT",
			`${noun} have no field ${JSON.stringify(key.slice(0, 100))}; there are ${known}.`,
		);
	};
}

/** A key with dots may mean a place inside, or be one key. */
export function documentPaths(key: string): ReadonlyArray<readonly string[]> {
	return key.includes(".") ? [key.split("."), [key]] : [[key]];
}

export type ListOrder<K extends string> = { readonly by: K; readonly direction: "asc" | "desc" };

/** What lists of some noun can be sorted by: the keys that a caller may write, and the reader's name for each. */
export type OrderTable<K extends string> = { readonly noun: string; readonly keys: ReadonlyMap<string, K> };

/** `+created_at`, `-name`; null where nothing is said. */
export function parseOrder<K extends string>(
	text: string | null | undefined,
	{ noun, keys }: OrderTable<K>,
): ListOrder<K> | null {
	const order = text?.trim() ?? "";
	if (order === "") return null;
	const by = keys.get(order.replace(/^[+-]/, ""));
	if (by !== undefined) return { by, direction: order.startsWith("-") ? "desc" : "asc" };
	const shown = JSON.stringify(order.slice(0, 80));
	const known = [...keys.keys()].join(", ");
	throw new DomainError(
		"INVALID_INPUT",
		`${noun} cannot be ordered by ${shown}: use one of ${known}, with + or - in front`,
	);
}
