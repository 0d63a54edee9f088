import { inBatches } from "../blob-store/in-batches.ts";
import type { Database } from "../db/database.ts";
import { DomainError } from "../errors.ts";
import { type BlobOfProject, type Completing, recordAll, recordAndComplete } from "./project-blob-store.ts";

/** Records what has arrived, together with what arrives at the same time. */
export type BlobRecorder = (db: Database, blob: BlobOfProject) => Promise<void>;

/** Uploads recorded in one statement. */
const recordedTogether = 256;

/**
 * Records that a project possesses verified bytes; recording twice changes nothing. One statement, so it needs no
 * transaction of its own. CONFLICT when the project holds other bytes of the same MD5, GONE when there is no such project.
 */
export async function recordBlob(db: Database, blob: BlobOfProject): Promise<void> {
	const [refusal] = await recordAll(db, [blob]);
	if (refusal instanceof DomainError) throw refusal;
}

/** What the noun that waited for bytes writes once they are recorded. */
export type BlobCompletion = {
	/** Of the query. */
	readonly name: string;
	readonly completing: Completing;
	/** Why nothing could be written. */
	readonly refusal: () => DomainError;
};

/** As `recordBlob`, with what its noun makes of the bytes, in the same statement. */
export async function recordCompletely(db: Database, blob: BlobOfProject, completion: BlobCompletion): Promise<void> {
	const outcome = await recordAndComplete(db, blob, completion);
	if (outcome instanceof DomainError) throw outcome;
	if (!outcome) throw completion.refusal();
}

/**
 * Records like `recordBlob`, the uploads that end at the same time in one statement: a commit of the database costs a
 * sync of its disk, however many rows it brings. Each caller waits for the statement that holds its own row.
 */
export function createBlobRecorder(): BlobRecorder {
	const record = inBatches<{ db: Database; blob: BlobOfProject }, DomainError | null>({
		most: recordedTogether,
		run: async (items) => {
			const [first] = items;
			if (first === undefined) return [];
			const blobs = items.map(({ blob }) => blob);
			try {
				return await recordAll(first.db, blobs);
			} catch (error) {
				if (!(error instanceof DomainError)) throw error;
				// A project is gone: the others' uploads are not to fail for it.
				return await Promise.all(items.map(({ db, blob }) => refusalOf(recordBlob(db, blob))));
			}
		},
	});
	return async (db, blob) => {
		const refusal = await record({ db, blob });
		if (refusal !== null) throw refusal;
	};
}

async function refusalOf(recorded: Promise<void>): Promise<DomainError | null> {
	try {
		await recorded;
		return null;
	} catch (error) {
		if (error instanceof DomainError) return error;
		throw error;
	}
}
