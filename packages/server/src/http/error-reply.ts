import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { DomainError, type ErrorCode, errorTable } from "../errors.ts";
import type { Log } from "../observe/log.ts";

/** What an error looks like from outside. */
export type ErrorReply = {
	readonly status: number;
	readonly code: ErrorCode | "INTERNAL";
	readonly message: string;
	readonly retryAfterSeconds: number | undefined;
	/** Nobody foresaw this one: it belongs in the log, with its stack. */
	readonly unexpected: boolean;
};

export type ErrorBody = {
	readonly error: string;
	readonly errors: ReadonlyArray<{ readonly message: string; readonly code: string }>;
};

type Known = { readonly code: ErrorCode; readonly message: string };

const badText = "the input holds a character that cannot be stored (NUL or half of a surrogate pair): remove it";
const badValue = "the input holds a value that does not fit where it is used, such as a number out of range";

const storageFull: Known = {
	code: "STORAGE_FULL",
	message: "storage full: the server's disk has no space left; free some and try again",
};

/** SQLSTATEs (PostgreSQL, appendix A) that say something about the caller's input or about a passing state. */
const sqlStates: Readonly<Record<string, Known>> = {
	"22001": { code: "INVALID_INPUT", message: badValue },
	"22003": { code: "INVALID_INPUT", message: badValue },
	"22007": { code: "INVALID_INPUT", message: badValue },
	"22008": { code: "INVALID_INPUT", message: badValue },
	"22021": { code: "INVALID_INPUT", message: badText },
	"22P02": { code: "INVALID_INPUT", message: badValue },
	"22P05": { code: "INVALID_INPUT", message: badText },
	"2201B": { code: "INVALID_INPUT", message: "the input holds a regular expression that is not valid" },
	"40001": { code: "UNAVAILABLE", message: "others were writing the same things at this moment: try again" },
	"40P01": { code: "UNAVAILABLE", message: "others were writing the same things at this moment: try again" },
	"53100": storageFull,
	"57014": { code: "UNAVAILABLE", message: "the database took too long to answer: try again, or ask for less" },
};

const databaseAway: Known = { code: "UNAVAILABLE", message: "the database cannot be reached at the moment: try again" };
const awayMessages =
	/^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection)/;
const awayCodes: ReadonlySet<string> = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOENT", "ETIMEDOUT"]);
const databaseError = z.looseObject({ code: z.string().length(5), severity: z.string() });
const diskFull = z.looseObject({ code: z.enum(["ENOSPC", "EDQUOT"]) });
const connectError = z.looseObject({ code: z.string(), syscall: z.enum(["connect", "read", "write"]) });

function describeSystemError(error: unknown): Known | undefined {
	if (diskFull.safeParse(error).success) return storageFull;
	const fromDatabase = databaseError.safeParse(error);
	if (fromDatabase.success) {
		const state = fromDatabase.data.code;
		// 08: connection; 53300 and 57P0x: too many connections, shutting down or starting up.
		if (/^(08|57P0|53300)/.test(state)) return databaseAway;
		if (state.startsWith("54")) {
			return { code: "INVALID_INPUT", message: "the input is too large or too deeply nested for the database" };
		}
		return sqlStates[state];
	}
	const away = connectError.safeParse(error);
	if (away.success && awayCodes.has(away.data.code)) return databaseAway;
	return error instanceof Error && awayMessages.test(error.message) ? databaseAway : undefined;
}

const httpError = z.looseObject({ statusCode: z.number().int().min(400).max(499), message: z.string() });

/** Errors that Fastify raises about a request before any code of ours has seen it. */
function describeRequestError(error: unknown): (Known & { readonly status: number }) | undefined {
	const parsed = httpError.safeParse(error);
	if (!parsed.success) return undefined;
	const { statusCode: status, message } = parsed.data;
	if (status === 413) {
		const message = "the request body is too large: send less at once, and what is large as a file";
		return { status, code: "TOO_LARGE", message };
	}
	if (status === 404) return { status, code: "NOT_FOUND", message };
	return { status, code: "INVALID_INPUT", message };
}

/** Tells what to answer to an error; an unknown one shows nothing but an id that stands in the log. */
export function describeError(error: unknown, requestId: string): ErrorReply {
	if (error instanceof DomainError) {
		const { status, code, message, retryAfterSeconds } = error;
		return { status, code, message, retryAfterSeconds: retryAfterSeconds ?? retryAfter(status), unexpected: false };
	}
	const known = describeSystemError(error);
	if (known !== undefined) {
		const { status } = errorTable[known.code];
		const unexpected = status >= 500 || known.code === "STORAGE_FULL";
		return { status, ...known, retryAfterSeconds: retryAfter(status), unexpected };
	}
	if (error instanceof RangeError && error.message.includes("call stack")) {
		const { status } = errorTable.INVALID_INPUT;
		const message = "the input is nested too deeply";
		return { status, code: "INVALID_INPUT", message, retryAfterSeconds: undefined, unexpected: true };
	}
	const refused = describeRequestError(error);
	if (refused !== undefined) return { ...refused, retryAfterSeconds: undefined, unexpected: false };
	return {
		status: 500,
		code: "INTERNAL",
		message: `internal error, id ${requestId}: the log of the server says more under this id`,
		retryAfterSeconds: undefined,
		unexpected: true,
	};
}

function retryAfter(status: number): number | undefined {
	return status === 429 || status === 503 ? 2 : undefined;
}

/** The body of a REST error; the client reads `error` or joins the messages of `errors`. */
export function errorBody(reply: ErrorReply): ErrorBody {
	return { error: reply.message, errors: [{ message: reply.message, code: reply.code }] };
}

type LoggedRequest = { readonly id: string; readonly log: Pick<Log, "error"> };

/** Writes an unforeseen error to the log, with the id that its reader will quote. */
export function logIfUnexpected({ id, log }: LoggedRequest, reply: ErrorReply, error: unknown): void {
	if (reply.unexpected) log.error({ reqId: id, err: error, code: reply.code }, reply.message);
}

/** Answers a request with an error. Fastify's error handler; routes that stream may call it too, before the first byte. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
	const described = describeError(error, request.id);
	logIfUnexpected(request, described, error);
	if (described.retryAfterSeconds !== undefined) reply.header("retry-after", String(described.retryAfterSeconds));
	return sendJson(reply.code(described.status), errorBody(described));
}

/** Sends a value as JSON text: header and body leave in one write, with a Content-Length. */
export function sendJson(reply: FastifyReply, value: unknown): FastifyReply {
	return reply.header("content-type", "application/json; charset=utf-8").send(JSON.stringify(value));
}
