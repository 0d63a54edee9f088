import type { Database } from "../db/database.ts";
import { DomainError } from "../errors.ts";

/** Puts what only the database knows into the text of a refusal; where that fails, the text stays as it is. */
export async function completeRefusal(db: Database, error: unknown): Promise<void> {
	if (!(error instanceof DomainError) || error.inFull === undefined) return;
	try {
		error.message = await error.inFull(db);
	} catch {
		// Less is said, and what is said is true.
	}
}
