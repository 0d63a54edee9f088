import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DomainError } from "../errors.ts";
import { createLog } from "../observe/log.ts";
import { createMetrics } from "../observe/metrics.ts";
import { baseUrlOf } from "./base-url.ts";
import { createHttpServer, type HttpServer, type HttpServerOptions } from "./server.ts";

let webRoot: string;
let lines: string[];
let server: HttpServer;
let release: () => void;
let reached: Promise<void>;

function addTestRoutes(app: FastifyInstance): void {
	const hold = Promise.withResolvers<void>();
	const arrival = Promise.withResolvers<void>();
	release = hold.resolve;
	reached = arrival.promise;
	app.post("/api/echo", { bodyLimit: 1000, config: { lenientJson: true } }, async (request) => ({ got: request.body }));
	app.post("/api/strict", async (request) => ({ got: request.body }));
	app.put("/blobs/put/:ticket", async (request) => {
		let bytes = 0;
		for await (const chunk of request.raw) bytes += chunk.length;
		return { bytes, untouched: request.body === request.raw || request.body === undefined };
	});
	app.get("/files/:name", async () => "content");
	app.get("/api/base", async (request) => ({ base: baseUrlOf(request, { publicUrl: undefined }), ip: request.ip }));
	app.get("/api/public-base", async (request) => ({
		base: baseUrlOf(request, { publicUrl: "https://keifu.example.org" }),
	}));
	app.get("/api/refused", async () => {
		throw new DomainError("GONE", "that was deleted");
	});
	app.get("/api/bug", async () => {
		throw new TypeError("x is not a function");
	});
	app.get("/api/held", async () => {
		arrival.resolve();
		await hold.promise;
		return { done: true };
	});
}

const settings = { host: "127.0.0.1", port: 0, publicUrl: undefined, trustedProxies: [] };

function open(options: Partial<HttpServerOptions> = {}): Promise<HttpServer> {
	const log = createLog("debug", { isTerminal: false, write: (line) => void lines.push(line) });
	const { config = settings, metrics = createMetrics(), ready = () => true, register = addTestRoutes } = options;
	return createHttpServer({ ...options, config, log, metrics, ready, webRoot, register });
}

beforeEach(async () => {
	lines = [];
	webRoot = mkdtempSync(join(tmpdir(), "keifu-web-"));
	await mkdir(join(webRoot, "assets"));
	writeFileSync(join(webRoot, "index.html"), "<!doctype html><title>Keifu</title>");
	writeFileSync(join(webRoot, "llms.txt"), "# Keifu");
	writeFileSync(join(webRoot, "assets", "main-a1b2.js"), "export {};");
	server = await open();
});

afterEach(async () => {
	release();
	await server.drain();
	rmSync(webRoot, { recursive: true });
});

function get(url: string, headers: Record<string, string> = {}) {
	return server.app.inject({ method: "GET", url, headers });
}

describe("probes", () => {
	it("tells alive from ready", async () => {
		expect((await get("/healthz")).statusCode).toBe(200);
		expect((await get("/ready")).statusCode).toBe(200);
		const unready = await open({ ready: () => false });
		expect((await unready.app.inject("/ready")).statusCode).toBe(503);
		expect((await unready.app.inject("/healthz")).statusCode).toBe(200);
		await unready.drain();
	});

	it("counts requests by route, not by address", async () => {
		await get("/files/one");
		await get("/files/two");
		const { payload, headers } = await get("/metrics");
		expect(headers["content-type"]).toContain("text/plain");
		expect(payload).toContain('keifu_http_requests_total{method="GET",route="/files/:name",status="200"} 2');
	});
});

describe("bodies", () => {
	function send(url: string, payload: string | Buffer, headers: Record<string, string> = {}) {
		return server.app.inject({
			method: "POST",
			url,
			payload,
			headers: { "content-type": "application/json", ...headers },
		});
	}

	it("reads JSON, gzipped or not, and leniently only where asked", async () => {
		expect((await send("/api/echo", '{"a": NaN}')).json()).toEqual({ got: { a: "NaN" } });
		const gzip = { "content-encoding": "gzip" };
		expect((await send("/api/echo", gzipSync('{"a": 1}'), gzip)).json()).toEqual({ got: { a: 1 } });
		const strict = await send("/api/strict", '{"a": NaN}');
		expect(strict.statusCode).toBe(400);
		expect(strict.json().error).toContain("not valid JSON");
	});

	it("refuses what is too large, also when it only becomes so", async () => {
		const large = JSON.stringify("x".repeat(5_000));
		expect((await send("/api/echo", large)).statusCode).toBe(413);
		const inflated = await send("/api/echo", gzipSync(large), { "content-encoding": "gzip" });
		expect(inflated.statusCode).toBe(413);
		expect(inflated.json()).toEqual({
			error: "the request body is too large: send less at once, and what is large as a file",
			errors: [
				{ message: "the request body is too large: send less at once, and what is large as a file", code: "TOO_LARGE" },
			],
		});
	});

	it("refuses a broken or an unknown encoding", async () => {
		expect((await send("/api/echo", "no gzip", { "content-encoding": "gzip" })).statusCode).toBe(400);
		expect((await send("/api/echo", "{}", { "content-encoding": "br" })).statusCode).toBe(400);
	});

	it("hands everything else to the route as a stream", async () => {
		const payload = Buffer.alloc(3_000, 1);
		for (const type of ["application/octet-stream", "image/png", ""]) {
			const headers = type === "" ? {} : { "content-type": type };
			const response = await server.app.inject({ method: "PUT", url: "/blobs/put/t", payload, headers });
			expect(response.json()).toEqual({ bytes: 3_000, untouched: true });
		}
	});
});

describe("errors", () => {
	it("answers with status, text and code", async () => {
		const response = await get("/api/refused");
		expect(response.statusCode).toBe(410);
		expect(response.json()).toEqual({
			error: "that was deleted",
			errors: [{ message: "that was deleted", code: "GONE" }],
		});
	});

	it("writes what nobody foresaw to the log, under the id that is shown", async () => {
		const response = await get("/api/bug");
		const id = String(response.headers["x-request-id"]);
		expect(response.statusCode).toBe(500);
		expect(response.json().error).toContain(id);
		expect(response.payload).not.toContain("not a function");
		expect(lines.filter((line) => line.includes("x is not a function") && line.includes(id))).toHaveLength(1);
	});

	it("answers with the same body to an address that is no address", async () => {
		const response = await get("/files/%zz");
		expect(response.statusCode).toBe(400);
		expect(response.json().errors).toHaveLength(1);
	});

	it("keeps tickets out of the log", async () => {
		await server.app.inject({ method: "PUT", url: "/blobs/put/secret-ticket?sig=secret", payload: "x" });
		expect(lines.join()).toContain("/blobs/put/…");
		expect(lines.join()).not.toContain("secret");
	});
});

describe("the web app", () => {
	const browser = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

	it("answers at every address of a page", async () => {
		for (const url of [
			"/",
			"/ada/zoo/runs/r1",
			"/registry/",
			"/orgs/My%20Org/registry/model?view=membership",
			"/login",
		]) {
			const response = await get(url, browser);
			expect([url, response.statusCode]).toEqual([url, 200]);
			expect(response.payload).toContain("<title>Keifu</title>");
			expect(response.headers["content-security-policy"]).toContain("default-src 'self'");
			expect(response.headers["cache-control"]).toBe("no-cache");
		}
	});

	it("answers 404, with the page, where pageExists finds nothing", async () => {
		const strict = await open({ pageExists: async (pathname) => pathname === "/there" });
		const gone = await strict.app.inject({ url: "/nowhere?x=1", headers: browser });
		expect(gone.statusCode).toBe(404);
		expect(gone.payload).toContain("<title>Keifu</title>");
		expect((await strict.app.inject({ url: "/there", headers: browser })).statusCode).toBe(200);
		await strict.drain();
	});

	it("never answers for the API", async () => {
		for (const url of ["/api/nothing", "/graphql", "/files/a/b/c", "/artifactsV2/x", "/blobs/get/x", "/assets/no.js"]) {
			const response = await get(url, browser);
			expect([url, response.statusCode]).toEqual([url, 404]);
			expect(response.json().errors[0].code).toBe("NOT_FOUND");
		}
		const post = await server.app.inject({ method: "POST", url: "/ada/zoo", headers: browser });
		expect(post.statusCode).toBe(404);
		expect((await get("/ada/zoo", { accept: "application/json" })).statusCode).toBe(404);
	});

	it("serves its files, those with a hash in the name for ever", async () => {
		const asset = await get("/assets/main-a1b2.js");
		expect(asset.payload).toBe("export {};");
		expect(asset.headers["cache-control"]).toContain("immutable");
		expect((await get("/llms.txt")).payload).toBe("# Keifu");
		for (const url of ["/assets/..%2findex.html", "/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/assets/"]) {
			const outside = await get(url);
			expect([url, outside.statusCode >= 400 && outside.statusCode < 500]).toEqual([url, true]);
			expect(outside.payload).not.toContain("<title>");
		}
	});

	it("says how to build it when it is not there", async () => {
		rmSync(join(webRoot, "index.html"));
		const unbuilt = await open();
		const response = await unbuilt.app.inject({ url: "/", headers: browser });
		expect(response.payload).toContain("npm run build");
		await unbuilt.drain();
	});
});

describe("who may call from where", () => {
	it("lets other sites reach files only", async () => {
		const origin = { origin: "http://elsewhere.test" };
		const preflight = await server.app.inject({
			method: "OPTIONS",
			url: "/files/a",
			headers: { ...origin, "access-control-request-method": "PUT", "access-control-request-headers": "authorization" },
		});
		expect(preflight.statusCode).toBe(204);
		expect(preflight.headers["access-control-allow-methods"]).toMatch(/GET.*PUT/);
		expect(preflight.headers["access-control-allow-headers"]).toBe("authorization");
		const file = await get("/files/a", origin);
		expect(file.headers["access-control-allow-origin"]).toBe("*");
		expect(file.headers["access-control-allow-credentials"]).toBeUndefined();
		expect(file.headers["content-security-policy"]).toContain("sandbox");
		expect((await get("/api/base", origin)).headers["access-control-allow-origin"]).toBeUndefined();
	});

	it("takes the base of its addresses from the Host, and from a proxy only when it is trusted", async () => {
		const forwarded = { host: "keifu.test:8080", "x-forwarded-proto": "https", "x-forwarded-host": "evil.test" };
		expect((await get("/api/base", forwarded)).json().base).toBe("http://keifu.test:8080");
		const behind = await open({ config: { ...settings, trustedProxies: ["127.0.0.1"] } });
		const trusted = await behind.app.inject({ url: "/api/base", headers: forwarded });
		expect(trusted.json().base).toBe("https://evil.test");
		await behind.drain();
		expect((await get("/api/public-base", forwarded)).json().base).toBe("https://keifu.example.org");
	});

	it.each(["a b", "x/y", "user@host", 'host"', "host:99999999"])("refuses the Host %j", async (host) => {
		expect((await get("/api/base", { host })).statusCode).toBe(400);
	});
});

async function openSocket(address: string): Promise<Socket> {
	const socket = connect(Number(new URL(address).port), "127.0.0.1");
	await once(socket, "connect");
	return socket;
}

describe("on a real connection", () => {
	it("sends header and body of a reply together", async () => {
		const socket = await openSocket(await server.listen());
		for (let round = 0; round < 5; round++) {
			socket.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
			const [first] = await once(socket, "data");
			expect(String(first)).toMatch(/content-length: \d+[\s\S]*\r\n\r\n\{"status":"alive"\}$/i);
		}
		socket.destroy();
	});

	it("finishes what is under way before it stops, and hangs up on the idle", async () => {
		const address = await server.listen();
		const idle = await openSocket(address);
		const idleClosed = once(idle, "close");
		idle.on("error", () => {});
		const answer = fetch(`${address}/api/held`);
		await reached;
		const stopped = server.drain();
		await idleClosed;
		await expect(fetch(`${address}/ready`)).rejects.toThrow();
		release();
		const response = await answer;
		expect(await response.json()).toEqual({ done: true });
		expect(response.headers.get("connection")).toBe("close");
		await stopped;
		await expect(fetch(`${address}/healthz`)).rejects.toThrow();
	});

	it("cuts off what does not end", async () => {
		const impatient = await open({ drainMilliseconds: 1 });
		const address = await impatient.listen();
		const answer = fetch(`${address}/api/held`);
		answer.catch(() => {});
		await reached;
		await impatient.drain();
		await expect(answer).rejects.toThrow();
	});
});
