import { mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blobRoutes } from "../blob/index.ts";
import { openFsStore } from "../blob-store/fs-store.ts";
import type { Ctx, Services } from "../context.ts";
import { addBodyParsers } from "../http/body-parsers.ts";
import { sendError } from "../http/error-reply.ts";
import { authenticate } from "../identity/index.ts";
import { type MadeUser, makeUser } from "../testing/factories.ts";
import { testBaseUrl, testCtx, testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { createRunFiles } from "./create-run-files.ts";
import { runBlobReceived, runRoutes, upsertRun } from "./index.ts";
import { listRunFiles } from "./list-run-files.ts";
import { markRunFilesUploaded } from "./mark-run-files-uploaded.ts";
import { requireRun } from "./require-run.ts";

let database: TestDatabase;
let services: Services;
let root: string;
let app: FastifyInstance;
let user: MadeUser;
let stranger: MadeUser;
let ctx: Ctx;
let baseUrl: string;

beforeAll(async () => {
	database = await createTestDatabase();
	root = await mkdtemp(join(tmpdir(), "keifu-run-routes-"));
	services = testServices(database.db, { blobs: await openFsStore({ root, minFreeBytes: 0 }) });
	[user, stranger] = [await makeUser(services, { username: "ann" }), await makeUser(services)];
	app = fastify({ routerOptions: { maxParamLength: 16_384 } });
	app.setErrorHandler((error, request, reply) => sendError(error, request, reply));
	addBodyParsers(app);
	const makeCtx = async ({ headers }: { headers: { authorization?: string | undefined } }) => {
		const { authorization } = headers;
		const actor = await authenticate(services, authorization === undefined ? {} : { authorization }, testBaseUrl);
		return { ...testCtx(services, actor), baseUrl };
	};
	runRoutes(app, { makeCtx });
	const completions = {
		"run-file": runBlobReceived,
		manifest: () => {
			throw new Error("no manifest is uploaded here");
		},
	};
	await app.register(async (scope) => blobRoutes(scope, { makeCtx, completions }));
	baseUrl = await app.listen({ host: "127.0.0.1", port: 0 });
	ctx = { ...(await user.ctx()), baseUrl };
});
afterAll(async () => {
	await app?.close();
	await database?.drop();
	await rm(root, { recursive: true, force: true });
});

const basic = (someone: MadeUser) => ({
	authorization: `Basic ${Buffer.from(`api:${someone.apiKey}`).toString("base64")}`,
});

/** Sends the path as it stands: `fetch` would tidy it up. */
async function get(path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
	return await new Promise((resolve, reject) => {
		httpRequest(`${baseUrl}/`, { path, headers }, (response) => {
			const parts: Buffer[] = [];
			response.on("data", (part: Buffer) => parts.push(part));
			response.on("end", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }));
		})
			.on("error", reject)
			.end();
	});
}

describe("file_stream", () => {
	async function post(path: string, body: unknown, more: { gzip?: boolean; as?: MadeUser } = {}) {
		const text = JSON.stringify(body);
		const response = await fetch(`${baseUrl}/files/ann/${path}/file_stream`, {
			method: "POST",
			headers: {
				"content-type": "application/json",
				...(more.gzip === true ? { "content-encoding": "gzip" } : {}),
				...basic(more.as ?? user),
			},
			body: more.gzip === true ? gzipSync(text) : text,
		});
		return { status: response.status, reply: await response.json() };
	}

	test("takes the whole course of a run, gzipped or not", async () => {
		await upsertRun(ctx, { projectName: "p", name: "run 1" });
		const alive = { exitcode: null, limits: {}, stopped: false };
		expect(await post("p/run%201", {})).toEqual({ status: 200, reply: alive });
		const files = {
			"wandb-history.jsonl": { offset: 0, content: ['{"_step": 0, "loss": Infinity}'] },
			"wandb-events.jsonl": { offset: 0, content: ['{"system.cpu": 1}'] },
			"wandb-summary.json": { offset: 0, content: ['{"old": 1}', '{"loss": 0.5}'] },
			"output.log": { offset: 0, content: ["one", "two"] },
			"unheard-of.txt": { offset: 0, content: ["x"] },
		};
		expect(await post("p/run%201", { files, uploaded: ["config.yaml"], novelty: 1 }, { gzip: true })).toMatchObject({
			status: 200,
		});
		expect(await post("p/run%201", { complete: true, exitcode: 4294967295 })).toMatchObject({ status: 200 });
		const { run } = await requireRun(ctx, { entityName: "ann", projectName: "p", runName: "run 1" }, "project.see");
		expect(run).toMatchObject({ state: "failed", historyLineCount: 1, eventsLineCount: 1, logLineCount: 2 });
	});

	test("refuses in the client's terms", async () => {
		await upsertRun(ctx, { projectName: "p", name: "bad" });
		const lines = (content: unknown, offset: unknown = 0) => ({
			files: { "wandb-history.jsonl": { offset, content } },
		});
		expect(await post("p/bad", lines(["{}", "[]"]))).toMatchObject({
			status: 400,
			reply: { error: expect.stringMatching(/Line 1 of history/) },
		});
		expect(await post("p/bad", lines("{}"))).toMatchObject({
			status: 400,
			reply: { error: expect.stringMatching(/malformed at files/) },
		});
		expect(await post("p/bad", lines(["{}"], -1))).toMatchObject({ status: 400 });
		expect(await post("p/bad", [])).toMatchObject({ status: 400 });
		expect(await post("p/nope", {})).toMatchObject({ status: 404, reply: { errors: [{ code: "NOT_FOUND" }] } });
		expect(await post("nope/bad", {})).toMatchObject({ status: 404 });
		expect(await post("p/bad", {}, { as: stranger })).toMatchObject({ status: 404 });
	});
});

describe("files", () => {
	const names = [
		"HT%3ML plot & more #1?.html",
		"a b/ä+c%20d.txt",
		"media/images/x_1.png",
		"100%/../x".replace("/..", ""),
		"x%2Fy",
	];
	const address = { entityName: "ann", projectName: "files", runName: "r" };

	async function put(url: string, text: string): Promise<void> {
		const response = await fetch(url, { method: "PUT", body: text });
		expect([response.status, await response.text()]).toEqual([200, ""]);
	}

	async function list(input: { names?: string[]; pattern?: string; first?: number; after?: string | null } = {}) {
		const page = await listRunFiles(ctx, { ...(await requireRun(ctx, address, "project.see")), ...input });
		if (page === null) throw new Error("the project is one's own");
		return page;
	}

	beforeAll(async () => {
		await upsertRun(ctx, { projectName: "files", name: "r" });
	});

	test("go up by signed address, and come down again under their exact names", async () => {
		const { files } = await createRunFiles(ctx, { ...address, names });
		expect(files.map((file) => file.name)).toEqual(names);
		expect((await list()).rows).toEqual([]);
		expect(await markRunFilesUploaded(ctx, { ...address, names })).toBe(false);
		for (const { name, uploadUrl } of files) await put(uploadUrl, `this is ${name}`);
		expect(await markRunFilesUploaded(ctx, { ...address, names })).toBe(true);
		const { rows, total } = await list();
		expect(rows.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
		expect(total).toBe(names.length);
		for (const node of rows) {
			const { pathname } = new URL(node.url ?? "");
			expect(await get(pathname, basic(user))).toEqual({ status: 200, body: `this is ${node.name}` });
			expect(await (await fetch(node.directUrl)).text()).toBe(`this is ${node.name}`);
		}
	});

	test("are listed by name, by pattern, and page by page", async () => {
		const listed = async (input: Parameters<typeof list>[0]) => (await list(input)).rows.map(({ name }) => name);
		expect(await listed({ names: ["x%2Fy", "nope"] })).toEqual(["x%2Fy"]);
		expect(await listed({ names: [], pattern: "media/%" })).toEqual(["media/images/x_1.png"]);
		expect(await listed({ pattern: "\\" })).toEqual([]);
		const seen: string[] = [];
		for (let after: string | null = null, more = true; more; ) {
			const page = await list({ first: 2, after });
			seen.push(...page.rows.map(({ name }) => name));
			[after, more] = [page.endCursor, page.hasNextPage];
		}
		expect(seen.toSorted()).toEqual(names.toSorted());
	});

	test("are replaced by what is uploaded last", async () => {
		for (const text of ["first", "second"]) {
			const [file] = (await createRunFiles(ctx, { ...address, names: ["again.txt"] })).files;
			await put(file?.uploadUrl ?? "", text);
		}
		expect((await get("/files/ann/files/r/again.txt", basic(user))).body).toBe("second");
		const [file] = (await list({ names: ["again.txt"] })).rows;
		expect(file).toMatchObject({ size: 6, mimetype: "text/plain" });
	});

	test("are not found by others, nor where there are none; the same answer", async () => {
		const known = await get("/files/ann/files/r/media/images/x_1.png", basic(stranger));
		const unknown = await get("/files/ann/nothing/r/media/images/x_1.png", basic(stranger));
		expect(known.status).toBe(404);
		expect(known.body.replaceAll("ann/files", "ann/nothing")).toBe(unknown.body);
		expect((await get("/files/ann/files/r/media/images/x_1.png", {})).status).toBe(404);
		expect((await get("/files/ann/files/r/nope", basic(user))).status).toBe(404);
		expect((await get("/files/ann/files/r/media/../../../etc/passwd", basic(user))).status).toBe(404);
	});

	test("are not made under names that lead elsewhere", async () => {
		for (const name of ["../x", "/etc/passwd", "a\u0000b"]) {
			await expect(createRunFiles(ctx, { ...address, names: ["ok", name] })).rejects.toMatchObject({
				code: "INVALID_INPUT",
			});
		}
		await expect(createRunFiles(await stranger.ctx(), { ...address, names: ["ok"] })).rejects.toMatchObject({
			code: "NOT_FOUND",
		});
	});
});
