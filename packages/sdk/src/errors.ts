/** Anything a Keifu server refused or could not do; the message is meant for the user. */
export class KeifuError extends Error {
	/** HTTP status of the answer; 0 when there was none. */
	readonly status: number;
	/** One of the server's closed list, such as NOT_FOUND or FORBIDDEN; NETWORK when there was no answer. */
	readonly code: string;
	/** What to quote to whoever runs the server. */
	readonly requestId: string | undefined;

	constructor(
		message: string,
		details: { status: number; code: string; requestId?: string | undefined; cause?: unknown },
	) {
		super(message, details.cause === undefined ? undefined : { cause: details.cause });
		this.name = "KeifuError";
		this.status = details.status;
		this.code = details.code;
		this.requestId = details.requestId;
	}
}

const codeByStatus: Readonly<Record<number, string>> = {
	400: "INVALID_INPUT",
	401: "UNAUTHENTICATED",
	403: "FORBIDDEN",
	404: "NOT_FOUND",
	410: "GONE",
	413: "TOO_LARGE",
	429: "TOO_MANY_REQUESTS",
	503: "UNAVAILABLE",
};

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null;
}

function text(value: unknown): string | undefined {
	return typeof value === "string" && value !== "" ? value : undefined;
}

type Told = { message: string | undefined; code: string | undefined; requestId: string | undefined };

/** Reads what an error body tells: GraphQL's `errors`, or `{ error: … }` as text or object, or a bare `{ message }`. */
function readErrorBody(body: unknown): Told {
	if (!isRecord(body)) return { message: undefined, code: undefined, requestId: undefined };
	const errors: unknown[] = Array.isArray(body.errors) ? body.errors : [];
	const first = errors.find(isRecord);
	const error = first ?? (isRecord(body.error) ? body.error : body);
	const extensions = isRecord(error.extensions) ? error.extensions : error;
	return {
		message: text(error.message) ?? text(body.error) ?? errors.map(text).find((line) => line !== undefined),
		code: text(extensions.code),
		requestId: text(extensions.requestId) ?? text(body.requestId),
	};
}

/** The error that an answer stands for; `body` is its parsed JSON, or undefined when it was none. */
export function errorFromReply(response: Response, body: unknown): KeifuError {
	const told = readErrorBody(body);
	return new KeifuError(told.message ?? `The server answered ${response.status} ${response.statusText}`.trim(), {
		status: response.status,
		code: told.code ?? codeByStatus[response.status] ?? "UNKNOWN",
		requestId: told.requestId ?? response.headers.get("x-request-id") ?? undefined,
	});
}

/** True when a GraphQL body carries errors, whatever its HTTP status. */
export function hasErrors(body: unknown): boolean {
	return isRecord(body) && Array.isArray(body.errors) && body.errors.length > 0;
}
