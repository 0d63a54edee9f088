import type { Ctx } from "../context.ts";
import { countQueries } from "../db/count-queries.ts";
import { chargeQuery, chargeSignedUrl, createFieldBudget, type FieldBudget } from "./field-budget.ts";

/** What tells one loader of a request from another: a symbol, or the function that makes it. */
export type LoaderKey = symbol | ((...args: never[]) => unknown);

/** The third argument of every resolver. */
export type GqlContext = {
	readonly ctx: Ctx;
	/** What the request may still cost. */
	readonly budget: FieldBudget;
	/** The loader of this request under `key`, made on first use. One key must always stand for one type. */
	loader<T>(key: LoaderKey, make: () => T): T;
};

/** Wraps the context of one request for the resolvers; loaders live as long as the request. */
export function createGqlContext(ctx: Ctx): GqlContext {
	const loaders = new Map<LoaderKey, unknown>();
	const budget = createFieldBudget();
	return {
		ctx: {
			...ctx,
			db: countQueries(ctx.db, () => chargeQuery(budget)),
			onSignedUrl: () => chargeSignedUrl(budget),
		},
		budget,
		loader<T>(key: LoaderKey, make: () => T): T {
			if (!loaders.has(key)) loaders.set(key, make());
			// The map holds loaders of many types; that a key stands for one type is the caller's side of the contract.
			return loaders.get(key) as T;
		},
	};
}
