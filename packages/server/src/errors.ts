import type { Database } from "./db/database.ts";

/**
 * The closed table of everything that can go wrong for a reason we know.
 * The domain throws `DomainError(code, message)`; only `http/error-reply.ts` turns it into a status and a body.
 *
 * Status codes are chosen for the client's retry rules: it never retries 400, 401, 403, 404, 409, 410, 413, 422 and 501,
 * and retries every other 4xx and all 5xx for minutes. A user's mistake therefore never maps to anything else.
 * Old clients are stricter on `/graphql`, which answers most of these with 200 and `errors`: `http/graphql-reply.ts`.
 */
export const errorTable = {
	UNAUTHENTICATED: { status: 401 },
	FORBIDDEN: { status: 403 },
	NOT_FOUND: { status: 404 },
	GONE: { status: 410 },
	/** Valid request that contradicts what is stored. Not 409 on upsertBucket: the client retries that one. */
	CONFLICT: { status: 422 },
	INVALID_INPUT: { status: 400 },
	UNPROCESSABLE: { status: 422 },
	MANIFEST_INCOMPLETE: { status: 422 },
	DIGEST_MISMATCH: { status: 422 },
	URL_EXPIRED: { status: 403 },
	TOO_LARGE: { status: 413 },
	STORAGE_FULL: { status: 413 },
	TOO_MANY_REQUESTS: { status: 429 },
	RANGE_NOT_SATISFIABLE: { status: 416 },
	NOT_IMPLEMENTED: { status: 501 },
	UNAVAILABLE: { status: 503 },
} as const satisfies Record<string, { status: number }>;

export type ErrorCode = keyof typeof errorTable;

type DomainErrorOptions = {
	readonly cause?: unknown;
	readonly retryAfterSeconds?: number;
	readonly inFull?: (db: Database) => Promise<string>;
};

/** An error whose text is meant for the user: it says what is wrong and the way out. */
export class DomainError extends Error {
	readonly code: ErrorCode;
	readonly retryAfterSeconds: number | undefined;
	/** Says it with what only the database knows. Asked for where the answer is written, by which time nothing is locked. */
	readonly inFull: ((db: Database) => Promise<string>) | undefined;

	constructor(code: ErrorCode, message: string, options: DomainErrorOptions = {}) {
		super(message, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = "DomainError";
		this.code = code;
		this.retryAfterSeconds = options.retryAfterSeconds;
		this.inFull = options.inFull;
	}

	get status(): number {
		return errorTable[this.code].status;
	}
}

/** A wrong setting or an unusable environment: stops the start with one line and exit status 2. */
export class SetupError extends Error {
	constructor(message: string, options?: { cause?: unknown }) {
		super(message, options);
		this.name = "SetupError";
	}
}
