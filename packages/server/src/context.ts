import type { KeyObject } from "node:crypto";
import type { Actor } from "./access/actor.ts";
import type { ActorCache } from "./access/actor-cache.ts";
import type { GraphShelf } from "./adjacency/graph-shelf.ts";
import type { BlobStore } from "./blob-store/blob-store.ts";
import type { Config } from "./config.ts";
import type { Database } from "./db/database.ts";
import type { Guards } from "./guards.ts";
import type { Log } from "./observe/log.ts";

/** What lives as long as the process. Made once in `app.ts` (and by `testing/test-app.ts`). */
export type Services = {
	readonly config: Config;
	readonly db: Database;
	readonly blobs: BlobStore;
	readonly log: Log;
	readonly guards: Guards;
	/** Secret of this installation, for signed URLs and the like. */
	readonly secret: KeyObject;
	/** Now. The only clock the domain reads. */
	readonly clock: () => Date;
	readonly ids: Ids;
	/** Who has just been asking; see `access/actor-cache.ts`. */
	readonly actors: ActorCache;
	/** Lineage graphs in memory; see ADR 0025. */
	readonly graphs: GraphShelf;
};

/** Sources of identity and randomness. */
export type Ids = {
	/** A new UUIDv7. */
	uuid(): string;
	/** `length` random characters of `[a-z0-9]`. */
	token(length: number): string;
};

/** Everything a use case may touch. Made per request, per job, per command. */
export type Ctx = Services & {
	readonly actor: Actor;
	/** Base of every URL handed out in this request, without a trailing slash. */
	readonly baseUrl: string;
	/** Aborted when the caller has gone before the answer. */
	readonly signal: AbortSignal;
	readonly requestId: string;
	/** Set inside a transaction: what to do when it has ended. Use `afterTransaction` of `db/transaction.ts`. */
	readonly afterTransaction?: (then: () => void) => void;
	/** The API key that came with the request, as it was sent: its sender may see it again. */
	readonly sentApiKey?: string | undefined;
	/** Told of each URL that is signed; may refuse it. Absent where nobody counts. */
	readonly onSignedUrl?: () => void;
};
