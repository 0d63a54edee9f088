import DataLoader from "dataloader";
import type { GqlContext, LoaderKey } from "./gql-context.ts";

/** How rows are read for many keys at once, in any order, and which key a row belongs to. */
type Batch<R> = {
	readonly read: (keys: readonly string[]) => Promise<readonly R[]>;
	readonly keyOf: (row: R) => string;
};

/** The loader of this request under `name` that finds the one row of a key; null for a key that has none. */
export function oneLoader<R>(gql: GqlContext, name: LoaderKey, batch: Batch<R>): DataLoader<string, R | null> {
	return gql.loader(
		name,
		() =>
			new DataLoader<string, R | null>(async (keys) => {
				const found = new Map((await batch.read(keys)).map((row) => [batch.keyOf(row), row]));
				return keys.map((key) => found.get(key) ?? null);
			}),
	);
}

/** The loader of this request under `name` that finds all rows of a key, in the order in which they are read. */
export function manyLoader<R>(gql: GqlContext, name: LoaderKey, batch: Batch<R>): DataLoader<string, R[]> {
	return gql.loader(
		name,
		() =>
			new DataLoader<string, R[]>(async (keys) => {
				const found = Map.groupBy(await batch.read(keys), batch.keyOf);
				return keys.map((key) => found.get(key) ?? []);
			}),
	);
}
