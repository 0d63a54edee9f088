import { type RawBuilder, sql } from "kysely";
import { escapeLike, filterSql } from "../db/filter-sql.ts";
import type { Filter, FilterField } from "../filter/filter-rules.ts";
import { collectionFieldsSql, versionFieldsSql } from "./artifact-fields-reader.ts";
import type { CollectionFilter, VersionColumn, VersionFilter } from "./artifact-filter-rules.ts";

// Ids of rows that an index finds by one of a filter's conditions, wherever they are: all that the whole filter leaves are
// among them. Null where no condition is of that kind.

type Likely = RawBuilder<unknown>;
type Leaf<C extends string> = Exclude<Filter<FilterField<C>>, { kind: "all" | "any" | "not" }>;

/** So many are looked at one by one; where a condition leaves more, a list in its order is faster. */
export const fewRows = 3_000;

/** Members that a filter of versions may leave. */
export function likelyMembers(filter: VersionFilter): Likely | null {
	return likely(filter, (leaf) => {
		const { field } = leaf;
		if (field.kind === "json") return isEquality(leaf) ? byDocument(leaf) : null;
		if (field.kind !== "set") return null;
		if (field.column === "aliases") return byAlias(leaf, sql`l.member_id`);
		const tag = textTest(leaf, sql`g.name`);
		return tag === null
			? null
			: sql`select m.id from artifact_tag g join artifact_member m on m.artifact_id = g.artifact_id where ${tag}`;
	});
}

/** Collections that a filter may leave. */
export function likelyCollections(filter: CollectionFilter): Likely | null {
	return likely(filter, (leaf) => {
		const { field } = leaf;
		if (field.column === "name") {
			const isByName = isEquality(leaf) || leaf.kind === "regex" || leaf.kind === "contains";
			return isByName
				? sql`select c.id from artifact_collection c where ${filterSql(leaf, collectionFieldsSql)}`
				: null;
		}
		if (field.kind !== "set") return null;
		if (field.column === "aliases") return byAlias(leaf, sql`l.collection_id`);
		const tag = textTest(leaf, sql`g.name`);
		return tag === null ? null : sql`select g.collection_id as id from artifact_collection_tag g where ${tag}`;
	});
}

function likely<C extends string>(
	filter: Filter<FilterField<C>>,
	ofLeaf: (leaf: Leaf<C>) => Likely | null,
): Likely | null {
	switch (filter.kind) {
		case "all":
			return filter.of.map((inner) => likely(inner, ofLeaf)).find((found) => found !== null) ?? null;
		case "any": {
			const found = filter.of.map((inner) => likely(inner, ofLeaf));
			const known = found.filter((each) => each !== null);
			if (known.length === 0 || known.length < found.length) return null;
			return sql.join(
				known.map((each) => sql`(${each})`),
				sql` union `,
			);
		}
		case "not":
			return null;
		default:
			return ofLeaf(filter);
	}
}

/** Equality to something: what has nothing there is in no index. */
function isEquality(leaf: Leaf<string>): boolean {
	if (leaf.kind === "in") return !leaf.values.includes(null);
	return leaf.kind === "compare" && leaf.operator === "eq" && leaf.value !== null;
}

function textTest(leaf: Leaf<string>, column: RawBuilder<unknown>): RawBuilder<unknown> | null {
	if (leaf.kind === "regex") return sql`${column} ~ ${leaf.pattern}`;
	if (leaf.kind === "contains") return sql`${column} like ${`%${escapeLike(leaf.text)}%`}`;
	if (!isEquality(leaf) || !(leaf.kind === "compare" || leaf.kind === "in")) return null;
	const values = leaf.kind === "in" ? leaf.values.map(String) : [String(leaf.value)];
	return sql`${column} = any(${values}::text[])`;
}

function byAlias(leaf: Leaf<string>, id: RawBuilder<unknown>): Likely | null {
	const test = textTest(leaf, sql`l.alias`);
	if (test === null) return null;
	if (isEquality(leaf)) return sql`select ${id} as id from artifact_alias l where ${test}`;
	// The index of parts of aliases leaves out the one that every collection has.
	return sql`select ${id} as id from artifact_alias l where l.alias <> 'latest' and ${test}
		union all select ${id} from artifact_alias l where l.alias = 'latest' and ${test}`;
}

/** The rows of its partial index. */
function byDocument(leaf: Leaf<VersionColumn>): Likely {
	return sql`select m.id from artifact a join artifact_member m on m.artifact_id = a.id
		where a.state = 'COMMITTED' and a.metadata is not null and ${filterSql(leaf, versionFieldsSql)}`;
}
