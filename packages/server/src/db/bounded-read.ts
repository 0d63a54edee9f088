import { sql } from "kysely";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { type Filter, patternsOf } from "../filter/filter-rules.ts";
import { named } from "./query-name.ts";
import { inTransaction } from "./transaction.ts";

const milliseconds = 5000;

/**
 * A read with filters, none of which can take for ever: whoever asks gets a sentence in the end. Patterns are looked at
 * before any row is: whether a bad one is refused must not tell whether there are rows.
 */
export async function boundedByFilter<T>(
	ctx: Ctx,
	filters: readonly Filter[],
	read: (ctx: Ctx) => Promise<T>,
	{ isCostly: costly = false }: { readonly isCostly?: boolean } = {},
): Promise<T> {
	const patterns = filters.flatMap(patternsOf);
	if (!costly && patterns.length === 0 && !filters.some(isCostly)) return await read(ctx);
	try {
		return await inTransaction(ctx, async (tx) => {
			const checked = sql.join([sql`true`, ...patterns.map((pattern) => sql`'' ~ ${pattern}::text`)]);
			const bound = sql`select set_config('statement_timeout', ${String(milliseconds)}, true),
				set_config('plan_cache_mode', 'force_custom_plan', true), array[${checked}]`;
			await named("filter.bound", bound).execute(tx.db);
			return await read(tx);
		});
	} catch (cause) {
		throw refusalOf(cause) ?? cause;
	}
}

/** What no index may serve: looking into documents and sets of everything there is. */
function isCostly(filter: Filter): boolean {
	if (filter.kind === "all" || filter.kind === "any") return filter.of.some(isCostly);
	if (filter.kind === "not") return isCostly(filter.of);
	return (
		filter.kind === "regex" || filter.kind === "contains" || filter.field.kind === "json" || filter.field.kind === "set"
	);
}

function refusalOf(cause: unknown): DomainError | undefined {
	const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
	if (code === "2201B") {
		return new DomainError("INVALID_INPUT", "The pattern of $regex is not a valid regular expression.", { cause });
	}
	if (code === "57014") {
		const text = `The search took longer than ${milliseconds / 1000} seconds. Use a simpler $regex, or narrow the list down by other keys first.`;
		return new DomainError("INVALID_INPUT", text, { cause });
	}
	return undefined;
}
