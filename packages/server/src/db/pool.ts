import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Database, DatabaseHooks } from "./database.ts";
import { prepareFrequent } from "./prepared-statements.ts";
import { queryLogger } from "./query-name.ts";
import type { DB } from "./schema.gen.ts";

const int8 = 20;

/** At most this many connections; the rest of the callers wait their turn. */
export const poolSize = 16;

/**
 * An unused connection is kept for so long: a new one signs in, reads the catalogue and plans each statement anew, together
 * about what a hundred statements take. The last one used is used next, so that the others do end.
 */
const idleMilliseconds = 5 * 60_000;

/** A pool in Kysely's clothes. Ending it is `db.destroy()`. `prepare`: sessions are ours alone, so statements may be named. */
export function openPool(
	connection: pg.PoolConfig,
	hooks: DatabaseHooks,
	{ prepare = true }: { readonly prepare?: boolean } = {},
): Database {
	const pool = new pg.Pool({
		max: poolSize,
		application_name: "keifu",
		connectionTimeoutMillis: 30_000,
		idleTimeoutMillis: idleMilliseconds,
		pipeline: prepare,
		...connection,
		types: { getTypeParser },
	});
	// Without listeners a lost connection would end the process: the pool listens for idle ones only, and a query in flight
	// learns of it by itself, but one lost between two queries of a transaction has nobody else.
	pool.on("error", (error) => hooks.onConnectionError?.(error));
	pool.on("connect", (client) => client.on("error", () => {}));
	return new Kysely<DB>({
		dialect: new PostgresDialect({ pool: prepare ? prepareFrequent(pool) : pool }),
		log: queryLogger(hooks),
	});
}

/** Sizes and counts stay below 2^53, so `bigint` is read as a number; anything larger is an error, never a wrong figure. */
function parseInt8(text: string): number {
	const value = Number(text);
	if (!Number.isSafeInteger(value)) throw new RangeError(`the bigint ${text} does not fit into a number`);
	return value;
}

const getTypeParser: pg.CustomTypesConfig["getTypeParser"] = (oid, format) =>
	oid === int8 && format !== "binary" ? parseInt8 : pg.types.getTypeParser(oid, format);
