import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { createClient } from "./client.ts";
import { KeifuError } from "./errors.ts";
import { retryAfterMs } from "./transport.ts";

const quick = { attempts: 4, firstDelayMs: 1, maxDelayMs: 5 };

async function listen(handler: RequestListener): Promise<string> {
	const server = createServer(handler);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("no port");
	return `http://127.0.0.1:${address.port}`;
}

async function readBody(request: IncomingMessage): Promise<string> {
	let body = "";
	for await (const chunk of request) body += String(chunk);
	return body;
}

async function failure(promise: Promise<unknown>): Promise<KeifuError> {
	const error = await promise.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (!(error instanceof KeifuError)) throw new Error(`expected a KeifuError, got ${String(error)}`);
	return error;
}

test("sends document, variables and the key as Basic api:<key>, and returns the data", async () => {
	const seen: { authorization: string | undefined; body: string; url: string | undefined }[] = [];
	const baseUrl = await listen(async (request, response) => {
		seen.push({ authorization: request.headers.authorization, body: await readBody(request), url: request.url });
		response.end(JSON.stringify({ data: { viewer: { id: "1" } } }));
	});
	const client = createClient({ baseUrl, apiKey: "k".repeat(40) });
	expect(await client.graphql("query Q { viewer { id } }", { a: 1 })).toEqual({ viewer: { id: "1" } });
	expect(seen).toEqual([
		{
			authorization: `Basic ${Buffer.from(`api:${"k".repeat(40)}`).toString("base64")}`,
			body: JSON.stringify({ query: "query Q { viewer { id } }", variables: { a: 1 } }),
			url: "/graphql",
		},
	]);
});

test.each([429, 500, 503])("retries %i until it passes", async (status) => {
	let calls = 0;
	const baseUrl = await listen((_, response) => {
		calls += 1;
		if (calls < 3) response.writeHead(status, { "retry-after": "0" }).end("{}");
		else response.end(JSON.stringify({ data: { ok: true } }));
	});
	expect(await createClient({ baseUrl, retry: quick }).graphql("{ ok }")).toEqual({ ok: true });
	expect(calls).toBe(3);
});

test.each([400, 401, 403, 404, 410, 413, 422, 501])(
	"never retries %i and tells message, code and id",
	async (status) => {
		let calls = 0;
		const baseUrl = await listen((_, response) => {
			calls += 1;
			response.writeHead(status, { "x-request-id": "req-7" });
			response.end(JSON.stringify({ errors: [{ message: "no such thing", extensions: { code: "SOME_CODE" } }] }));
		});
		const error = await failure(createClient({ baseUrl, retry: quick }).graphql("{ ok }"));
		expect(error).toMatchObject({ status, code: "SOME_CODE", message: "no such thing", requestId: "req-7" });
		expect(calls).toBe(1);
	},
);

test("gives up after the bounded number of attempts", async () => {
	let calls = 0;
	const baseUrl = await listen((_, response) => {
		calls += 1;
		response.writeHead(500).end(JSON.stringify({ error: "internal error, id abc" }));
	});
	const error = await failure(createClient({ baseUrl, retry: quick }).graphql("{ ok }"));
	expect(error).toMatchObject({ status: 500, message: "internal error, id abc" });
	expect(calls).toBe(quick.attempts);
});

test("a dropped connection is retried", async () => {
	let calls = 0;
	const baseUrl = await listen((request, response) => {
		calls += 1;
		if (calls === 1) request.socket.destroy();
		else response.end(JSON.stringify({ data: {} }));
	});
	expect(await createClient({ baseUrl, retry: quick }).graphql("{ ok }")).toEqual({});
	expect(calls).toBe(2);
});

test("a server that is not there is one NETWORK error", async () => {
	const baseUrl = "http://127.0.0.1:1";
	const error = await failure(createClient({ baseUrl, retry: quick }).graphql("{ ok }"));
	expect(error).toMatchObject({ status: 0, code: "NETWORK" });
});

test("an abort ends the waiting between attempts", async () => {
	const controller = new AbortController();
	let calls = 0;
	const baseUrl = await listen((_, response) => {
		calls += 1;
		response.writeHead(503, { "retry-after": "3600" }).end();
		setImmediate(() => controller.abort(new Error("stopped by the user")));
	});
	const slow = { attempts: 4, firstDelayMs: 3_600_000, maxDelayMs: 3_600_000 };
	const pending = createClient({ baseUrl, retry: slow }).graphql("{ ok }", {}, { signal: controller.signal });
	await expect(pending).rejects.toThrow("stopped by the user");
	expect(calls).toBe(1);
});

test("errors in a 200 answer are thrown", async () => {
	const baseUrl = await listen((_, response) => {
		response.end(JSON.stringify({ data: { project: null }, errors: [{ message: "unknown field" }] }));
	});
	const error = await failure(createClient({ baseUrl }).graphql("{ project }"));
	expect(error).toMatchObject({ status: 200, message: "unknown field", code: "UNKNOWN" });
});

test("a server that is something else is named as such", async () => {
	const baseUrl = await listen((_, response) => response.end("<html>"));
	expect((await failure(createClient({ baseUrl }).graphql("{ ok }"))).code).toBe("NOT_KEIFU");
});

test("the key is not sent to another host", async () => {
	const seen: (string | undefined)[] = [];
	const other = await listen((request, response) => {
		seen.push(request.headers.authorization);
		response.end("bytes");
	});
	const client = createClient({ baseUrl: "http://localhost:1", apiKey: "secret" });
	expect(await (await client.request(`${other}/file`)).text()).toBe("bytes");
	expect(seen).toEqual([undefined]);
});

test("Retry-After is read as seconds or as a date", () => {
	const now = Date.parse("2026-11-21T00:00:00Z");
	expect(retryAfterMs("2", now)).toBe(2000);
	expect(retryAfterMs("Sat, 21 Nov 2026 00:00:03 GMT", now)).toBe(3000);
	expect(retryAfterMs("Fri, 20 Nov 2026 00:00:00 GMT", now)).toBe(0);
	expect(retryAfterMs("soon", now)).toBeUndefined();
	expect(retryAfterMs(null, now)).toBeUndefined();
});
