import { sql } from "kysely";
import type { Database } from "../db/database.ts";

/** For the benchmarks: the least that a server with a database can do for what it is told and asked, a row by its key. */
export type LeastRows = {
	keep(id: string, body: string): Promise<void>;
	find(id: string): Promise<string | undefined>;
};

/** A table of ids and texts in a database that holds nothing else. */
export async function makeLeastRows(db: Database): Promise<LeastRows> {
	await sql`create table kept (id text primary key, body text not null)`.execute(db);
	return {
		keep: async (id, body) => {
			await sql`insert into kept (id, body) values (${id}, ${body}) on conflict (id) do update set body = excluded.body`.execute(
				db,
			);
		},
		find: async (id) => {
			const { rows } = await sql<{ body: string }>`select body from kept where id = ${id}`.execute(db);
			return rows[0]?.body;
		},
	};
}
