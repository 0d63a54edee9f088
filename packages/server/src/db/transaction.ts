import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "./database.ts";

const attempts = 5;
/** serialization_failure, deadlock_detected: the database asks for the whole transaction once more. */
const retryable = new Set(["40001", "40P01"]);

type Transactional = { readonly db: Database; readonly afterTransaction?: (then: () => void) => void };

/** Does something when the running transaction has ended, well or badly; at once where none is running. */
export function afterTransaction(ctx: Transactional, then: () => void): void {
	if (ctx.afterTransaction === undefined) then();
	else ctx.afterTransaction(then);
}

/**
 * Runs `fn` in one READ COMMITTED transaction, handing it the same context with `db` replaced by the transaction.
 * A nested call joins the running transaction. `fn` may run several times: nothing but SQL through `ctx.db` inside.
 */
export async function inTransaction<C extends Transactional, T>(ctx: C, fn: (ctx: C) => Promise<T>): Promise<T> {
	if (ctx.db.isTransaction) return await fn(ctx);
	for (let attempt = 1; ; attempt++) {
		const endings: Array<() => void> = [];
		try {
			return await ctx.db
				.transaction()
				.setIsolationLevel("read committed")
				.execute(async (trx) => await fn({ ...ctx, db: trx, afterTransaction: (then) => endings.push(then) }));
		} catch (error) {
			if (attempt > attempts || !isRetryable(error)) throw error;
			await sleep(Math.random() * 10 * 2 ** attempt);
		} finally {
			// Also after an error: the commit may have gone through, and only the answer been lost.
			for (const then of endings) then();
		}
	}
}

function isRetryable(error: unknown): boolean {
	return error instanceof Error && "code" in error && typeof error.code === "string" && retryable.has(error.code);
}
