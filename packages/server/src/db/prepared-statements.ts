import { createHash } from "node:crypto";
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type pg from "pg";

/** Uses of one text until it is worth a name on every connection. */
const usesBefore = 3;
/** Texts that are remembered; lists spelled out in a text (`in ($1, $2, …)`) make many that hardly ever come again. */
const mostTexts = 2_000;
const longestText = 10_000;

type NameOf = (text: string) => string | undefined;

const beginPattern = /^(begin|start transaction)\b/i;
const endPattern = /^(commit|rollback)\s*;?$/i;

/**
 * A pool whose frequent queries are prepared once a connection: planning a join of five tables costs more than running it.
 * Its clients must be opened with `pipeline`: a transaction's beginning is held back and leaves with its first query, in
 * one write; a transaction without a query does not reach the database at all.
 * Not for connections through a transaction pooler, which gives a session to somebody else between two statements.
 */
export function prepareFrequent(pool: pg.Pool): PostgresPool {
	const nameOf = countingNames();
	const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
	return {
		options: pool.options,
		async connect() {
			const client = await pool.connect();
			const prepared = known.get(client) ?? new PreparingClient(client, nameOf);
			known.set(client, prepared);
			return prepared;
		},
		end: () => pool.end(),
	};
}

/** Gives a text its name from the third use on; the same text has the same name on every connection. */
function countingNames(): NameOf {
	const uses = new Map<string, number>();
	const names = new Map<string, string>();
	return (text) => {
		const name = names.get(text);
		if (name !== undefined || text.length > longestText || names.size >= mostTexts) return name;
		const count = (uses.get(text) ?? 0) + 1;
		if (uses.size >= mostTexts) uses.clear();
		uses.set(text, count);
		if (count < usesBefore) return undefined;
		uses.delete(text);
		const made = `k${createHash("sha256").update(text).digest("hex").slice(0, 32)}`;
		names.set(text, made);
		return made;
	};
}

class PreparingClient implements PostgresPoolClient {
	readonly #client: pg.PoolClient;
	readonly #nameOf: NameOf;
	/** Held back until there is something to say in the transaction. */
	#begin: string | undefined;

	constructor(client: pg.PoolClient, nameOf: NameOf) {
		this.#client = client;
		this.#nameOf = nameOf;
	}

	query<R>(sql: string, parameters: ReadonlyArray<unknown>): Promise<PostgresQueryResult<R>>;
	query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
	query<R>(
		sql: string | PostgresCursor<R>,
		parameters: ReadonlyArray<unknown> = [],
	): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
		if (typeof sql !== "string") throw new Error("cursors are not used here: page with keys instead");
		const begin = this.#begin;
		this.#begin = undefined;
		if (parameters.length === 0 && beginPattern.test(sql)) {
			this.#begin = sql;
			return nothingSent("SELECT");
		}
		if (begin === undefined) return this.#send(sql, parameters);
		const end = endPattern.exec(sql)?.[1]?.toUpperCase();
		if (end === "COMMIT" || end === "ROLLBACK") return nothingSent(end);
		return this.#sendBoth(begin, sql, parameters);
	}

	async #sendBoth<R>(begin: string, sql: string, parameters: ReadonlyArray<unknown>): Promise<PostgresQueryResult<R>> {
		const { stream } = this.#client.connection;
		stream.cork();
		let sent: [Promise<unknown>, Promise<PostgresQueryResult<R>>];
		try {
			sent = [this.#client.query(begin), this.#send<R>(sql, parameters)];
		} finally {
			stream.uncork();
		}
		return (await Promise.all(sent))[1];
	}

	#send<R>(sql: string, parameters: ReadonlyArray<unknown>): Promise<PostgresQueryResult<R>> {
		// Statements without parameters are begin, commit and the texts of migrations, which hold several statements.
		if (parameters.length === 0) return asKysely<R>(this.#client.query(sql));
		const name = this.#nameOf(sql);
		const query = { text: sql, values: [...parameters], ...(name === undefined ? {} : { name }) };
		return asKysely<R>(this.#client.query(query));
	}

	release(destroy?: boolean): void {
		this.#begin = undefined;
		this.#client.release(destroy);
	}
}

/** The answer to what needs not be sent. */
async function nothingSent<R>(command: "SELECT" | "COMMIT" | "ROLLBACK"): Promise<PostgresQueryResult<R>> {
	return { command, rowCount: 0, rows: [] };
}

/** What `pg` answers is what Kysely expects; only `pg`'s types leave open which commands there are. */
function asKysely<R>(result: Promise<pg.QueryResult>): Promise<PostgresQueryResult<R>> {
	// The rows have the shape that the caller of the query declared, as with every query of Kysely.
	return result as unknown as Promise<PostgresQueryResult<R>>;
}
