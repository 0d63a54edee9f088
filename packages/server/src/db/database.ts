import type { Kysely } from "kysely";
import type { DB } from "./schema.gen.ts";

/** The database as every store and reader sees it: a pool, or a running transaction in its place. */
export type Database = Kysely<DB>;

/** What the process wants to hear about its queries. */
export type DatabaseHooks = {
	/** Called once per finished query with its name from `named()`, or `unnamed`. */
	readonly onQuery?: (name: string, milliseconds: number) => void;
	/** Called for a query that took longer than 500 ms. The text carries placeholders, never values. */
	readonly onSlowQuery?: (name: string, milliseconds: number, text: string) => void;
	/** A pooled connection broke while nobody was using it; the pool replaces it by itself. */
	readonly onConnectionError?: (error: Error) => void;
};

/** A database that somebody has to close again. */
export type OpenDatabase = {
	readonly db: Database;
	readonly kind: "embedded" | "external";
	/** Tells a second server on the same data folder where this one answers. */
	announce(address: string): Promise<void>;
	/** Ends the connections and, when embedded, the database server. May be called twice. */
	close(): Promise<void>;
};

/** The part of a logger that the database needs; pino's fits. */
export type DatabaseLog = {
	debug(fields: object, message: string): void;
	info(fields: object, message: string): void;
	warn(fields: object, message: string): void;
	error(fields: object, message: string): void;
};
