import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { parseCursor } from "./page.ts";

/** What a list is sorted by: never null; the row's id decides where it leaves the order open. */
export type SortKey = {
	readonly kind: "text" | "time" | "number" | "id";
	readonly value: RawBuilder<unknown>;
	readonly id: RawBuilder<unknown>;
};

/** A row of a sorted list: what makes its cursor. */
export type SortedRow = { readonly id: string; readonly sortValue: string };

/** Key of a row in a sorted list. */
export const sortedCursor = (row: SortedRow) => [row.sortValue, row.id];

type Sorted = {
	/** For the list of the select. */
	readonly column: RawBuilder<unknown>;
	/** True for rows after the cursor. */
	readonly beyond: RawBuilder<boolean>;
	readonly orderBy: RawBuilder<unknown>;
};

const text = z.string();
const values = {
	text,
	time: text.regex(/^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/),
	number: text.regex(/^-?\d{1,18}$/),
	id: z.uuid(),
};
const types = { text: sql`text`, time: sql`timestamptz`, number: sql`bigint`, id: sql`uuid` } as const;

/** The parts of a query that gives a list page by page in this order, complete whatever happens between two pages. */
export function sortedBy(
	key: SortKey,
	{ direction, after }: { readonly direction: "asc" | "desc"; readonly after: string | null },
): Sorted {
	const way = direction === "asc" ? sql`asc` : sql`desc`;
	return {
		// As text: times keep their microseconds, which a Date has not.
		column: sql`(${key.value})::text as "sortValue"`,
		beyond: after === null ? sql<boolean>`true` : beyondCursor(key, direction, after),
		orderBy: sql`${key.value} ${way}, ${key.id} ${way}`,
	};
}

function beyondCursor(key: SortKey, direction: "asc" | "desc", after: string): RawBuilder<boolean> {
	const [value, id] = parseCursor(after, z.tuple([values[key.kind], z.uuid()]));
	const compare = direction === "asc" ? sql`>` : sql`<`;
	return sql<boolean>`(${key.value}, ${key.id}) ${compare} (${value}::text::${types[key.kind]}, ${id}::uuid)`;
}
