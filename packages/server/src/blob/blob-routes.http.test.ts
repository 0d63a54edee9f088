import { createHash, createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import fastify, { type FastifyInstance } from "fastify";
import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { system } from "../access/actor.ts";
import { createActorCache } from "../access/actor-cache.ts";
import { createGraphShelf } from "../adjacency/graph-shelf.ts";
import type { BlobStore } from "../blob-store/blob-store.ts";
import { openFsStore } from "../blob-store/fs-store.ts";
import { loadConfig } from "../config.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { noGuards } from "../guards.ts";
import { sendError } from "../http/error-reply.ts";
import { addFileCors } from "../http/file-cors.ts";
import { addUnreadBodyReplies } from "../http/unread-body.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import {
	type BlobCompletions,
	type BlobOfProject,
	blobRoutes,
	findProjectBlobs,
	type PutTarget,
	type SignedUpload,
	signGetUrl,
	signPutUrl,
} from "./index.ts";

const secret = createSecretKey(randomBytes(32));
const mebibyte = 1024 * 1024;

let database: TestDatabase;
let root: string;
let blobs: BlobStore;
let app: FastifyInstance;
let baseUrl: string;
let now: Date;
let arrived: { to: PutTarget; received: BlobOfProject }[];
let isWaitedFor: boolean;

function makeCtx(): Ctx {
	return {
		config: loadConfig({}),
		db: database.db,
		blobs,
		log: pino({ level: "silent" }),
		guards: noGuards,
		secret,
		clock: () => now,
		ids: { uuid: randomUUID, token: (length) => randomBytes(length).toString("hex").slice(0, length) },
		actors: createActorCache(),
		graphs: createGraphShelf(0),
		actor: system,
		baseUrl,
		signal: new AbortController().signal,
		requestId: "test",
	};
}

function completing(to: PutTarget, received: BlobOfProject): ReturnType<BlobCompletions["manifest"]> {
	arrived.push({ to, received });
	return {
		name: "test.complete",
		completing: (possessed) => sql`insert into completed select ${received.md5Hex} from ${possessed}
			where ${isWaitedFor}::boolean returning 1`,
		refusal: () => new DomainError("GONE", "The run was deleted."),
	};
}

const completions: BlobCompletions = {
	manifest: (_ctx, to, received) => completing(to, received),
	"run-file": (_ctx, to, received) => completing(to, received),
};

beforeAll(async () => {
	database = await createTestDatabase();
	root = await mkdtemp(join(tmpdir(), "keifu-blob-routes-"));
	await sql`create table completed (md5 text not null)`.execute(database.db);
	blobs = await openFsStore({ root, minFreeBytes: 0 });
	app = fastify();
	app.setErrorHandler((error, request, reply) => sendError(error, request, reply));
	addFileCors(app);
	addUnreadBodyReplies(app);
	await app.register(blobRoutes, { makeCtx, completions });
	baseUrl = await app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
	await app.close();
	await database.drop();
	await rm(root, { recursive: true, force: true });
});
beforeEach(() => {
	now = new Date("2026-11-21T05:00:00Z");
	arrived = [];
	isWaitedFor = true;
});

let projectNumber = 0;

async function makeProject(): Promise<string> {
	const entityId = randomUUID();
	const projectId = randomUUID();
	const name = `p-${projectId}`;
	await sql`insert into entity (id, name, name_key, kind) values (${entityId}, ${name}, ${name}, 'team')`.execute(
		database.db,
	);
	await sql`insert into project (id, number, entity_id, name, name_key, access)
		values (${projectId}, ${++projectNumber}, ${entityId}, ${name}, ${name}, 'PRIVATE')`.execute(database.db);
	return projectId;
}

async function uploadUrl(upload: Partial<SignedUpload> = {}): Promise<string> {
	const projectId = upload.projectId ?? (await makeProject());
	return signPutUrl(makeCtx(), { to: { kind: "artifact-file" }, ...upload, projectId });
}

async function put(url: string, body: Uint8Array | string, headers: Record<string, string> = {}): Promise<Response> {
	return fetch(url, { method: "PUT", body: Buffer.from(body), headers });
}

const md5 = (body: Uint8Array | string) => createHash("md5").update(body).digest("hex");
const sha256 = (body: Uint8Array | string) => createHash("sha256").update(body).digest("hex");
const incoming = () => readdir(join(root, "incoming"));

async function message(response: Response): Promise<string> {
	const body: unknown = await response.json();
	return typeof body === "object" && body !== null && "error" in body ? String(body.error) : JSON.stringify(body);
}

describe("PUT /blobs/put/<ticket>", () => {
	it.each([0, 5, 64 * 1024, 64 * 1024 + 1, 3 * mebibyte])(
		"takes %i bytes and makes them the project's",
		async (size) => {
			const projectId = await makeProject();
			const body = randomBytes(size);
			const reply = await put(await uploadUrl({ projectId, md5Hex: md5(body) }), body, {
				"content-type": "garbage type;;",
			});
			expect(reply.status).toBe(200);
			expect(reply.headers.get("etag")).toBe(`"${md5(body)}"`);
			expect(await findProjectBlobs(database.db, projectId, [md5(body), md5("else")])).toEqual(
				new Map([[md5(body), { sha256: sha256(body), size }]]),
			);
			const got = await fetch(signGetUrl(makeCtx(), { sha256: sha256(body), name: "a.bin" }));
			expect(body.equals(new Uint8Array(await got.arrayBuffer()))).toBe(true);
			expect(await incoming()).toEqual([]);
		},
	);

	it("gives a project's bytes to no other project", async () => {
		const body = randomBytes(10);
		await put(await uploadUrl(), body);
		expect(await findProjectBlobs(database.db, await makeProject(), [md5(body)])).toEqual(new Map());
	});

	it("may be repeated, and shared by projects", async () => {
		const [one, other] = [await makeProject(), await makeProject()];
		const body = randomBytes(10);
		for (const projectId of [one, one, other]) {
			expect((await put(await uploadUrl({ projectId }), body)).status).toBe(200);
		}
		expect((await findProjectBlobs(database.db, other, [md5(body)])).size).toBe(1);
	});

	it.each<[string, Partial<SignedUpload>, Record<string, string>, number]>([
		["bytes that are not the announced ones", { md5Hex: md5("other") }, {}, 422],
		["bytes that are not those of Content-MD5", {}, { "content-md5": Buffer.alloc(16).toString("base64") }, 422],
		[
			"a URL and a Content-MD5 that disagree",
			{ md5Hex: md5("body") },
			{ "content-md5": Buffer.alloc(16).toString("base64") },
			422,
		],
		["a Content-MD5 that is none", {}, { "content-md5": "abc" }, 400],
		["more than the URL allows", { maxSize: 3 }, {}, 413],
		["an encoded body", {}, { "content-encoding": "gzip" }, 400],
		["a project that is gone", { projectId: randomUUID() }, {}, 410],
	])("refuses %s", async (_what, upload, headers, status) => {
		const projectId = upload.projectId ?? (await makeProject());
		const reply = await put(await uploadUrl({ ...upload, projectId }), "body", headers);
		expect([reply.status, await message(reply)]).toEqual([status, expect.stringMatching(/^[A-Z].*\.$/)]);
		expect(await findProjectBlobs(database.db, projectId, [md5("body")])).toEqual(new Map());
		expect(await incoming()).toEqual([]);
	});

	it("refuses forged, foreign and expired URLs", async () => {
		const url = await uploadUrl();
		expect((await put(`${url}x`, "body")).status).toBe(403);
		expect((await put(url.replace("/put/", "/get/"), "body")).status).toBe(404);
		expect((await fetch(url.replace("/put/", "/get/"))).status).toBe(403);
		now = new Date(now.getTime() + 15 * 60_000);
		const late = await put(url, "body");
		expect([late.status, await message(late)]).toEqual([
			403,
			expect.stringContaining("expired at 2026-11-21T05:15:00"),
		]);
	});

	it("refuses other bytes under an MD5 that the project holds", async () => {
		const projectId = await makeProject();
		const body = randomBytes(10);
		const other = "0".repeat(64);
		await sql`insert into blob (sha256, md5, size) values (${other}, ${md5(body)}, 10) on conflict do nothing`.execute(
			database.db,
		);
		await sql`insert into project_blob (project_id, md5, sha256, size) values (${projectId}, ${md5(body)}, ${other}, 10)`.execute(
			database.db,
		);
		const reply = await put(await uploadUrl({ projectId }), body);
		expect([reply.status, await message(reply)]).toEqual([422, expect.stringContaining("collision")]);
	});
});

describe("completions", () => {
	async function written(body: Uint8Array) {
		const { rows } = await sql<{ ofProject: number; completed: number }>`
			select (select count(*) from project_blob where md5 = ${md5(body)}) as "ofProject",
				(select count(*) from completed where md5 = ${md5(body)}) as completed`.execute(database.db);
		return rows[0];
	}

	it.each([
		{ kind: "manifest", id: "m1" },
		{ kind: "run-file", runId: "r1", name: "media/a b%.png" },
	] as const)("tells who waits for a $kind", async (to) => {
		const projectId = await makeProject();
		const body = randomBytes(10);
		expect((await put(await uploadUrl({ projectId, to }), body)).status).toBe(200);
		const received = { projectId, sha256: sha256(body), md5Hex: md5(body), size: 10, place: null };
		expect(arrived).toEqual([{ to, received }]);
		expect(await written(body)).toEqual({ ofProject: 1, completed: 1 });
		// Sent again: the project has the bytes, and whoever waits is told once more.
		expect((await put(await uploadUrl({ projectId, to }), body)).status).toBe(200);
		expect(await written(body)).toEqual({ ofProject: 1, completed: 2 });
	});

	it("does not happen for bytes that the project does not get", async () => {
		const projectId = await makeProject();
		const [body, other] = [randomBytes(10), "f".repeat(64)];
		const { db } = database;
		await sql`insert into blob (sha256, md5, size) values (${other}, ${md5(body)}, 10) on conflict do nothing`.execute(
			db,
		);
		await sql`insert into project_blob (project_id, md5, sha256, size) values (${projectId}, ${md5(body)}, ${other}, 10)`.execute(
			db,
		);
		const reply = await put(await uploadUrl({ projectId, to: { kind: "manifest", id: "m1" } }), body);
		expect([reply.status, await message(reply)]).toEqual([422, expect.stringContaining("collision")]);
		expect(await written(body)).toEqual({ ofProject: 1, completed: 0 });
	});

	it("may refuse: the sender is told", async () => {
		const projectId = await makeProject();
		isWaitedFor = false;
		const reply = await put(await uploadUrl({ projectId, to: { kind: "manifest", id: "m1" } }), "body");
		expect([reply.status, await message(reply)]).toEqual([410, "The run was deleted."]);
	});
});

/** Sends `size` bytes until a reply comes, as a client that writes blindly does. */
async function sendBlindly(url: string, size: number): Promise<{ status: number | undefined; text: string }> {
	const outgoing = httpRequest(url, { method: "PUT", headers: { "content-length": size } });
	const reply = new Promise<IncomingMessage>((resolve, reject) =>
		outgoing.once("response", resolve).once("error", reject),
	);
	const sending = pipeline(Readable.from(zeros(size)), outgoing).catch(() => undefined);
	const response = await reply;
	const text = await new Response(Readable.toWeb(response)).text();
	outgoing.destroy();
	await sending;
	return { status: response.statusCode, text };
}

function* zeros(size: number): Generator<Uint8Array> {
	const chunk = Buffer.alloc(mebibyte);
	for (let left = size; left > 0; left -= chunk.length) {
		yield chunk.subarray(0, Math.min(left, chunk.length));
	}
}

describe("refused and broken uploads", () => {
	it.each([2, 40, 300])("shows the reason to the sender of %i MiB", async (size) => {
		const url = await uploadUrl({ maxSize: 1000 });
		const long = await sendBlindly(url, size * mebibyte);
		expect([long.status, long.text]).toEqual([413, expect.stringContaining("At most 1000 bytes")]);
		now = new Date(now.getTime() + 3_600_000);
		const late = await sendBlindly(url, size * mebibyte);
		expect([late.status, late.text]).toEqual([403, expect.stringContaining("expired")]);
		expect(await incoming()).toEqual([]);
	});

	it.each([2, 40])("shows the reason to one who reads only after sending all %i MiB", async (size) => {
		const path = new URL(await uploadUrl({ maxSize: 1000 })).pathname;
		const socket = connect(Number(new URL(baseUrl).port), "127.0.0.1");
		const length = size * mebibyte;
		socket.write(`PUT ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n`);
		await pipeline(Readable.from(zeros(length)), socket, { end: false });
		const reply = await buffer(socket);
		expect(reply.toString()).toMatch(/^HTTP\/1.1 413 [\s\S]*At most 1000 bytes/);
	});

	it("works without a socket too", async () => {
		const body = randomBytes(3 * mebibyte);
		const url = new URL(await uploadUrl({ md5Hex: md5(body) })).pathname;
		expect((await app.inject({ method: "PUT", url, payload: body })).statusCode).toBe(200);
		const back = await app.inject(new URL(signGetUrl(makeCtx(), { sha256: sha256(body), name: "x" })).pathname);
		expect(body.equals(back.rawPayload)).toBe(true);
		const refused = await app.inject({ method: "PUT", url, payload: randomBytes(3 * mebibyte) });
		expect(refused.statusCode).toBe(422);
	});

	it("keeps the connection after refusing a short body", async () => {
		const socket = connect(Number(new URL(baseUrl).port), "127.0.0.1");
		let seen = "";
		socket.setEncoding("utf8").on("data", (text: string) => {
			seen += text;
		});
		const path = new URL(await uploadUrl()).pathname;
		const request = (target: string) => `PUT ${target} HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nbody`;
		socket.write(request(`${path}x`));
		await vi.waitFor(() => expect(seen).toContain("HTTP/1.1 403"));
		socket.write(request(path));
		await vi.waitFor(() => expect(seen).toContain("HTTP/1.1 200"));
		socket.destroy();
	});

	it.each([100, 200_000])("forgets an upload that is cut after %i bytes", async (sent) => {
		const projectId = await makeProject();
		const path = new URL(await uploadUrl({ projectId })).pathname;
		const socket = connect(Number(new URL(baseUrl).port), "127.0.0.1");
		const finished = watchPuts();
		socket.write(`PUT ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: ${sent + 1}\r\n\r\n`);
		socket.write(Buffer.alloc(sent), () => socket.resetAndDestroy());
		expect(await finished).toBe("UNAVAILABLE");
		expect(await incoming()).toEqual([]);
	});

	it("cuts off and forgets an upload that stalls", async () => {
		const impatient = fastify({ connectionTimeout: 300 });
		await impatient.register(blobRoutes, { makeCtx, completions });
		const address = await impatient.listen({ host: "127.0.0.1", port: 0 });
		const path = new URL(await uploadUrl()).pathname;
		const finished = watchPuts();
		const socket = connect(Number(new URL(address).port), "127.0.0.1");
		const closed = new Promise((resolve) => socket.once("close", resolve));
		socket.on("error", () => undefined).resume();
		socket.write(`PUT ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 300000\r\n\r\n`);
		socket.write(Buffer.alloc(200_000));
		await closed;
		expect(await finished).toBe("UNAVAILABLE");
		expect(await incoming()).toEqual([]);
		await impatient.close();
	});
});

/** The outcome of the next put into the store. */
function watchPuts(): Promise<unknown> {
	return new Promise((resolve) => {
		const real = blobs.put.bind(blobs);
		const spy = vi.spyOn(blobs, "put").mockImplementationOnce(async (...args) => {
			spy.mockRestore();
			try {
				const stored = await real(...args);
				resolve("stored");
				return stored;
			} catch (error) {
				resolve(error instanceof DomainError ? error.code : error);
				throw error;
			}
		});
	});
}

describe("GET /blobs/get/<ticket>/<name>", () => {
	const small = Buffer.from("hello, world");
	const large = randomBytes(300_000);
	beforeAll(async () => {
		for (const body of [small, large, Buffer.alloc(0)]) {
			await blobs.put(Readable.from([body]), {}, new AbortController().signal);
		}
	});
	const urlOf = (body: Uint8Array, name = "data.bin") => signGetUrl(makeCtx(), { sha256: sha256(body), name });

	it.each([
		["small", small],
		["large", large],
		["empty", Buffer.alloc(0)],
	])("gives a %s body whole, with all that describes it", async (_size, body) => {
		for (const method of ["GET", "HEAD"]) {
			const reply = await fetch(urlOf(body, 'dir/ü "x".txt'), { method });
			expect(reply.status).toBe(200);
			expect(Object.fromEntries(reply.headers)).toMatchObject({
				"content-length": String(body.length),
				"content-type": "text/plain; charset=utf-8",
				"content-disposition": "inline; filename=\"_ _x_.txt\"; filename*=UTF-8''%C3%BC%20%22x%22.txt",
				etag: `"${sha256(body)}"`,
				"accept-ranges": "bytes",
				"cache-control": expect.stringMatching(/^private, .*immutable$/),
				"x-content-type-options": "nosniff",
				"content-security-policy": expect.stringContaining("sandbox"),
			});
			expect(Buffer.from(await reply.arrayBuffer()).equals(method === "GET" ? body : Buffer.alloc(0))).toBe(true);
		}
	});

	it.each([
		["bytes=0-4", 0, 5],
		["bytes=-7", -7, undefined],
		["bytes=3-", 3, undefined],
	])("gives the part %s", async (range, from, to) => {
		for (const body of [small, large]) {
			const part = body.subarray(from, to);
			const start = from < 0 ? body.length + from : from;
			const reply = await fetch(urlOf(body), { headers: { range } });
			expect(reply.status).toBe(206);
			expect(reply.headers.get("content-range")).toBe(`bytes ${start}-${start + part.length - 1}/${body.length}`);
			expect(reply.headers.get("content-length")).toBe(String(part.length));
			expect(part.equals(new Uint8Array(await reply.arrayBuffer()))).toBe(true);
		}
	});

	it("refuses a range outside, and says how long the body is", async () => {
		const reply = await fetch(urlOf(small), { headers: { range: "bytes=12-" } });
		expect([reply.status, reply.headers.get("content-range")]).toEqual([416, "bytes */12"]);
		expect(await message(reply)).toContain("12 bytes");
	});

	it("answers conditional requests", async () => {
		const etag = `"${sha256(large)}"`;
		const same = await fetch(urlOf(large), { headers: { "if-none-match": etag } });
		expect([same.status, await same.text(), same.headers.get("etag")]).toEqual([304, "", etag]);
		const part = await fetch(urlOf(large), { headers: { "if-range": etag, range: "bytes=0-0" } });
		expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 1]);
		const changed = await fetch(urlOf(large), { headers: { "if-range": '"other"', range: "bytes=0-0" } });
		expect([changed.status, (await changed.arrayBuffer()).byteLength]).toEqual([200, large.length]);
	});

	it("answers 404 for bytes that are missing", async () => {
		for (const method of ["GET", "HEAD"]) {
			expect((await fetch(urlOf(Buffer.from("never stored")), { method })).status).toBe(404);
		}
	});

	it("answers the preflight of wandb verify", async () => {
		const reply = await fetch(urlOf(small), {
			method: "OPTIONS",
			headers: { origin: baseUrl, "access-control-request-method": "GET" },
		});
		expect([reply.status, reply.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
		expect(
			(await fetch(urlOf(small), { headers: { origin: baseUrl } })).headers.get("access-control-allow-origin"),
		).toBe("*");
	});
});

describe("memory", () => {
	it("stays flat while 300 MB go up and down", async () => {
		const size = 300 * mebibyte;
		const url = await uploadUrl();
		await put(await uploadUrl(), randomBytes(20 * mebibyte));
		const before = process.memoryUsage.rss();
		let peak = before;
		const watch = async function* (source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
			for await (const chunk of source) {
				peak = Math.max(peak, process.memoryUsage.rss());
				yield chunk;
			}
		};
		const outgoing = httpRequest(url, { method: "PUT", headers: { "content-length": size } });
		const reply = new Promise<IncomingMessage>((resolve, reject) =>
			outgoing.once("response", resolve).once("error", reject),
		);
		await pipeline(Readable.from(watch(zeros(size))), outgoing);
		expect((await reply).resume().statusCode).toBe(200);

		const all = createHash("sha256");
		for (const chunk of zeros(size)) {
			all.update(chunk);
		}
		const stored = all.digest("hex");
		const incomingReply = await new Promise<IncomingMessage>((resolve, reject) =>
			httpRequest(signGetUrl(makeCtx(), { sha256: stored, name: "big" }), resolve)
				.once("error", reject)
				.end(),
		);
		const received = createHash("sha256");
		let length = 0;
		for await (const chunk of watch(incomingReply)) {
			received.update(chunk);
			length += chunk.length;
		}
		expect([length, received.digest("hex")]).toEqual([size, stored]);
		expect(peak - before).toBeLessThan(96 * mebibyte);
	});
});
