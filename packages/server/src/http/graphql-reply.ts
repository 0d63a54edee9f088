import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from "graphql";
import { describeError, type ErrorReply } from "./error-reply.ts";

export type GraphqlBody = {
	readonly data?: ExecutionResult["data"];
	readonly errors?: readonly GraphQLFormattedError[];
};

export type GraphqlReply = {
	readonly status: number;
	readonly retryAfterSeconds: number | undefined;
	readonly body: GraphqlBody;
	/** What nobody foresaw, for the log. */
	readonly unexpected: ReadonlyArray<{ readonly error: unknown; readonly reply: ErrorReply }>;
};

type DescribedError = {
	readonly cause: unknown;
	readonly reply: ErrorReply;
	readonly formatted: GraphQLFormattedError;
};

/** The error that a resolver threw, out of the wrappings that graphql-js puts around it; undefined if it made it itself. */
export function thrownCause(error: GraphQLError): unknown {
	let cause: unknown = error;
	while (cause instanceof GraphQLError) cause = cause.originalError;
	return cause ?? undefined;
}

function describeGraphqlError(error: GraphQLError, requestId: string): DescribedError {
	const cause = thrownCause(error);
	const { message, locations, path } = error.toJSON();
	const reply: ErrorReply =
		cause === undefined
			? { status: 200, code: "INVALID_INPUT", message, retryAfterSeconds: undefined, unexpected: false }
			: describeError(cause, requestId);
	const formatted = {
		message: reply.message,
		...(locations === undefined ? {} : { locations }),
		...(path === undefined ? {} : { path }),
		extensions: { code: reply.code },
	};
	return { cause, reply, formatted };
}

/** No value, however deep: nothing would be lost with the data. An empty list is a value. */
function isEmpty(data: unknown): boolean {
	if (data === null || data === undefined) return true;
	return typeof data === "object" && !Array.isArray(data) && Object.values(data).every(isEmpty);
}

/**
 * Statuses that say something which the body does not, and that every client takes well: who asks, what they may, that
 * there is nothing, to come back later.
 */
const telling: ReadonlySet<number> = new Set([401, 403, 404, 429, 500, 503]);

/** Every item of a long list may have one; nobody reads them all. */
const mostErrors = 100;

/**
 * Turns the outcome of an execution into status and body.
 *
 * wire: how a client takes a status decides whether a user waits for minutes.
 * - Faults of the document or the variables: 200 with `errors`. No client ever retries that and every one shows the
 *   text as it is, while a 400 reaches code in clients up to 0.27 that looks for `Cannot query field …` in the
 *   exception as "400 Client Error: Bad Request", or as raw JSON with its quotes escaped.
 * - A refusal that leaves nothing but nulls: the status of the error table where it is one of the telling ones,
 *   else 200: clients up to 0.21 retry 410, 413, 422 and 501 for as long as a 500, though nothing can change.
 *   With anything in `data` it is 200, or the client would throw that away. `artifact_exists()` of 0.31 takes errors
 *   without a 404 for a failure of the network, and raises instead of answering no.
 */
export function replyToResult(result: ExecutionResult, requestId: string): GraphqlReply {
	const { data, errors = [] } = result;
	if (errors.length === 0)
		return { status: 200, retryAfterSeconds: undefined, body: { data: data ?? null }, unexpected: [] };
	const described = errors.slice(0, mostErrors).map((error) => describeGraphqlError(error, requestId));
	const first = described[0]?.reply;
	const decides = isEmpty(data) ? first : undefined;
	const formatted = described.map((entry) => entry.formatted);
	return {
		status: decides !== undefined && telling.has(decides.status) ? decides.status : 200,
		retryAfterSeconds: decides?.retryAfterSeconds,
		body: data === undefined ? { errors: formatted } : { data, errors: formatted },
		unexpected: described
			.filter((entry) => entry.reply.unexpected)
			.map((entry) => ({ error: entry.cause, reply: entry.reply })),
	};
}

/**
 * Answers a request that never came to execution: not signed in, not readable, over a limit.
 *
 * wire: 400 in place of what clients up to 0.21 would retry; they retry 413, and `wandb.init` hangs until its timeout.
 */
export function replyToRefusal(error: unknown, requestId: string): GraphqlReply {
	const reply = describeError(error, requestId);
	return {
		status: telling.has(reply.status) ? reply.status : 400,
		retryAfterSeconds: reply.retryAfterSeconds,
		body: { errors: [{ message: reply.message, extensions: { code: reply.code } }] },
		unexpected: reply.unexpected ? [{ error, reply }] : [],
	};
}
