import type { Database } from "../db/database.ts";
import { afterTransaction } from "../db/transaction.ts";
import type { ActorCache } from "./actor-cache.ts";

type Changing = {
	readonly db: Database;
	readonly actors: ActorCache;
	readonly afterTransaction?: (then: () => void) => void;
};

/**
 * The one door for writes to what actors are made of (keys, sessions, users, memberships), and to what is remembered for
 * them: projects with their names, entities and registries. Whoever asks after the answer to such a write is known, and
 * answered, by its result.
 */
export async function changeActors<T>(ctx: Changing, write: (db: Database) => Promise<T>): Promise<T> {
	try {
		return await write(ctx.db);
	} finally {
		afterTransaction(ctx, () => ctx.actors.forgetAll());
	}
}
