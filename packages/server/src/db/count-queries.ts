import type { Database } from "./database.ts";

/** The same database, telling of each query before it is sent. */
export function countQueries(db: Database, onQuery: () => void): Database {
	return db.withPlugin({
		transformQuery: ({ node }) => {
			onQuery();
			return node;
		},
		transformResult: async ({ result }) => result,
	});
}
