import { type RawBuilder, sql } from "kysely";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import type { PackPlace } from "./pack-format.ts";

/** Knows where packed bytes are. */
export type PackIndex = {
	find(sha256s: readonly string[]): Promise<ReadonlyMap<string, PackPlace>>;
	/** Gives bytes their place; bytes that had one move. Safe once it resolves. */
	set(places: ReadonlyMap<string, PackPlace>): Promise<void>;
	remove(sha256: string): Promise<void>;
};

/** A place as one word, which `parsePlace` reads; null where a left join found none. For readers of other tables. */
export const packedPlace = sql<string | null>`packed_blob.pack || ':' || packed_blob.start || ':' || packed_blob.size`;

/**
 * A part of a statement that gives bytes their places: an insert from `rows`, which has the columns sha256, pack, start and
 * size, none of them null, the same bytes perhaps twice. Bytes that had a place move.
 */
export function placing(rows: RawBuilder<unknown>): RawBuilder<unknown> {
	return sql`
		insert into packed_blob (sha256, pack, start, size)
		select distinct on (sha256) sha256, pack, start, size from ${rows} order by sha256
		on conflict (sha256) do update set pack = excluded.pack, start = excluded.start, size = excluded.size
		where packed_blob.pack <> excluded.pack or packed_blob.start <> excluded.start`;
}

/** The index of packs in the database. */
export function createPackIndex(db: Database): PackIndex {
	return {
		async find(sha256s) {
			// The list within a subselect has no length for the planner, so it plans once, not anew for each list.
			const query = sql<{ sha256: string; pack: string; start: number; size: number }>`
				select sha256, pack, start, size from packed_blob where sha256 = any((select ${[...sha256s]}::text[])::text[])`;
			const { rows } = await named("blobStore.findPlaces", query).execute(db);
			return new Map(rows.map(({ sha256, ...place }) => [sha256, place]));
		},
		async set(places) {
			const rows = [...places].map(([sha256, place]) => ({ sha256, ...place }));
			const given = sql`unnest(
				${rows.map((row) => row.sha256)}::text[], ${rows.map((row) => row.pack)}::uuid[],
				${rows.map((row) => row.start)}::bigint[], ${rows.map((row) => row.size)}::integer[]
			) as t (sha256, pack, start, size)`;
			const insert = placing(given);
			await named("blobStore.setPlaces", insert).execute(db);
		},
		async remove(sha256) {
			await named("blobStore.removePlace", db.deleteFrom("packed_blob").where("sha256", "=", sha256)).execute();
		},
	};
}
