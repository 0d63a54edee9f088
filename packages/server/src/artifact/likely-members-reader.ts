import { type RawBuilder, sql } from "kysely";
import { filterSql } from "../db/filter-sql.ts";
import type { FilterField } from "../filter/filter-rules.ts";
import { versionFieldsSql } from "./artifact-fields-reader.ts";
import type { VersionColumn, VersionFilter } from "./artifact-filter-rules.ts";

type Likely = RawBuilder<unknown>;

/**
 * Members that an index finds by one of a filter's conditions, wherever they are: all that the whole filter leaves are
 * among them. Null where no condition is of that kind.
 */
export function likelyMembers(filter: VersionFilter): Likely | null {
	switch (filter.kind) {
		case "all":
			return filter.of.map(likelyMembers).find((found) => found !== null) ?? null;
		case "any": {
			const found = filter.of.map(likelyMembers);
			const known = found.filter((each) => each !== null);
			if (known.length === 0 || known.length < found.length) return null;
			return sql.join(
				known.map((each) => sql`(${each})`),
				sql` union `,
			);
		}
		case "compare":
		case "in":
			return byEquality(filter);
		default:
			return null;
	}
}

function byEquality(filter: Extract<VersionFilter, { kind: "compare" | "in" }>): Likely | null {
	const { field } = filter;
	const values = filter.kind === "in" ? filter.values : [filter.value];
	// What has nothing there is in no index.
	if (values.includes(null) || (filter.kind === "compare" && filter.operator !== "eq")) return null;
	return bySet(field, values.map(String)) ?? byDocument(filter);
}

function bySet(field: FilterField<VersionColumn>, values: readonly string[]): Likely | null {
	if (field.kind !== "set") return null;
	if (field.column === "aliases") {
		return sql`select l.member_id as id from artifact_alias l where l.alias = any(${[...values]}::text[])`;
	}
	return sql`select m.id from artifact_tag g join artifact_member m on m.artifact_id = g.artifact_id
		where g.name = any(${[...values]}::text[])`;
}

function byDocument(filter: VersionFilter): Likely | null {
	if (!("field" in filter) || filter.field.kind !== "json") return null;
	// The rows of its partial index.
	return sql`select m.id from artifact a join artifact_member m on m.artifact_id = a.id
		where a.state = 'COMMITTED' and a.metadata is not null and ${filterSql(filter, versionFieldsSql)}`;
}
