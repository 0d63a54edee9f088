import { errorFromReply, hasErrors, KeifuError } from "./errors.ts";

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

export type RetryPolicy = {
	/** Requests sent in all, the first one included. */
	attempts: number;
	firstDelayMs: number;
	maxDelayMs: number;
};

export type TransportOptions = {
	/** Where the server is, for example `https://keifu.example.org`. */
	baseUrl: string;
	/** Sent with every request; in a browser leave it out and the session cookie is used. */
	apiKey?: string | undefined;
	fetch?: Fetch | undefined;
	retry?: Partial<RetryPolicy> | undefined;
};

export type RequestOptions = { signal?: AbortSignal | undefined };

export type Transport = {
	/** Sends one request under the retry rules; answers other than 2xx are thrown as KeifuError. */
	request(path: string, init?: RequestInit): Promise<Response>;
	/** Sends one GraphQL operation and returns its data; any error in the answer is thrown. */
	graphql<T>(document: string, variables?: Record<string, unknown>, options?: RequestOptions): Promise<T>;
};

const defaultRetry: RetryPolicy = { attempts: 5, firstDelayMs: 250, maxDelayMs: 10_000 };

/** Waits, unless the signal ends it first. */
function sleep(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
	return new Promise((resolve, reject) => {
		if (signal?.aborted) {
			reject(signal.reason);
			return;
		}
		const onAbort = () => {
			clearTimeout(timer);
			reject(signal?.reason);
		};
		const timer = setTimeout(() => {
			signal?.removeEventListener("abort", onAbort);
			resolve();
		}, ms);
		signal?.addEventListener("abort", onAbort, { once: true });
	});
}

/** Milliseconds a Retry-After header asks for: seconds or a date; undefined when absent or unreadable. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
	if (header === null || header.trim() === "") return undefined;
	const seconds = Number(header);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Exponential with jitter, so that many clients do not come back at the same instant. */
function backoffMs(policy: RetryPolicy, attempt: number): number {
	const full = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (attempt - 1));
	return full * (0.5 + Math.random() / 2);
}

/** 429 and 5xx may pass by themselves; 501 and every other 4xx will not. */
function isWorthRetrying(status: number): boolean {
	return status === 429 || (status >= 500 && status !== 501);
}

async function readJson(response: Response): Promise<unknown> {
	try {
		return await response.json();
	} catch {
		return undefined;
	}
}

function basicAuth(apiKey: string): string {
	const bytes = new TextEncoder().encode(`api:${apiKey}`);
	return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

async function sendOnce(send: Fetch, url: string, init: RequestInit): Promise<Response | KeifuError> {
	try {
		return await send(url, init);
	} catch (cause) {
		if (init.signal?.aborted) throw cause;
		return new KeifuError(`No answer from ${new URL(url).origin}. Check the address and the network.`, {
			status: 0,
			code: "NETWORK",
			cause,
		});
	}
}

async function sendWithRetry(
	send: Fetch,
	policy: RetryPolicy,
	request: { url: string; init: RequestInit },
): Promise<Response> {
	for (let attempt = 1; ; attempt += 1) {
		const result = await sendOnce(send, request.url, request.init);
		if (result instanceof Response && !isWorthRetrying(result.status)) return result;
		if (attempt >= policy.attempts) {
			if (result instanceof KeifuError) throw result;
			return result;
		}
		const asked = result instanceof Response ? retryAfterMs(result.headers.get("retry-after"), Date.now()) : undefined;
		if (result instanceof Response) await result.body?.cancel();
		await sleep(Math.min(asked ?? backoffMs(policy, attempt), policy.maxDelayMs), request.init.signal);
	}
}

/** Makes the one way requests go out: address, credentials, retry, errors. */
export function createTransport(options: TransportOptions): Transport {
	const send: Fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
	const policy: RetryPolicy = { ...defaultRetry, ...options.retry };
	const base = new URL(options.baseUrl.endsWith("/") ? options.baseUrl : `${options.baseUrl}/`);

	async function request(path: string, init: RequestInit = {}): Promise<Response> {
		const url = new URL(path, base);
		const headers = new Headers(init.headers);
		// Signed file addresses may lead to another host, which must not see the key.
		if (options.apiKey !== undefined && url.origin === base.origin && !headers.has("authorization")) {
			headers.set("authorization", basicAuth(options.apiKey));
		}
		const response = await sendWithRetry(send, policy, {
			url: url.href,
			init: { credentials: "same-origin", ...init, headers },
		});
		if (!response.ok) throw errorFromReply(response, await readJson(response));
		return response;
	}

	async function graphql<T>(
		document: string,
		variables: Record<string, unknown> = {},
		{ signal }: RequestOptions = {},
	): Promise<T> {
		const response = await request("graphql", {
			method: "POST",
			headers: { "content-type": "application/json", accept: "application/json" },
			body: JSON.stringify({ query: document, variables }),
			signal: signal ?? null,
		});
		const body = await readJson(response);
		if (hasErrors(body)) throw errorFromReply(response, body);
		if (typeof body !== "object" || body === null || !("data" in body)) {
			throw new KeifuError(`${base.origin} did not answer like a Keifu server. Check the address.`, {
				status: response.status,
				code: "NOT_KEIFU",
			});
		}
		// The one cast at this border: the caller names the shape that its document asks for.
		return body.data as T;
	}

	return { request, graphql };
}
