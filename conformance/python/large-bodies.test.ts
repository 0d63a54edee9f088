import { rmSync } from "node:fs";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Account, createAccount } from "../account.ts";
import { basicAuth } from "../graphql.ts";
import { at } from "../json.ts";
import { processTree, residentBytes } from "../processes.ts";
import { type OwnServer, startServer } from "../server.ts";
import { newClient, reported } from "./run-script.ts";
import { clientVersions } from "./setup.mjs";

// A body that is too large is refused while it is still being sent. Its sender must read why, and not try again.

const mebibyte = 1024 ** 2;
const oldestAndNewest = [clientVersions[0], clientVersions.at(-1)].map((client) => client?.version ?? "");

let server: OwnServer;
let account: Account;

beforeAll(async () => {
	server = await startServer();
	account = await createAccount(server);
});

afterAll(async () => {
	await server.stop();
	rmSync(server.dataDir, { recursive: true, force: true });
});

/** Sends 100 MB of JSON with Python's `requests`, once with a length and once in pieces; reports the answers. */
const sender = (path: string) => `
import json, os, requests
body = b'{"query": "{ viewer { id } }", "variables": {"a": "' + b"x" * 100_000_000 + b'"}}'
def pieces():
    for at in range(0, len(body), 65536):
        yield body[at : at + 65536]
answers = []
for data in (body, pieces()):
    answer = requests.post(
        os.environ["WANDB_BASE_URL"] + ${JSON.stringify(path)},
        data=data,
        headers={"content-type": "application/json"},
        auth=("api", os.environ["WANDB_API_KEY"]),
    )
    answers.append([answer.status_code, answer.json()["errors"][0]["message"]])
print("RESULT", json.dumps(answers))
`;

const tooLarge = "the request body is too large: send less at once, and what is large as a file";
const runPath = () => `/files/${account.team}/none/none/file_stream`;

test.each(oldestAndNewest)("requests beside wandb %s reads why 100 MB are refused", async (version) => {
	const client = newClient(version, account);
	// wire: not 413 at /graphql, which clients up to 0.21 would retry.
	for (const [path, status] of [["/graphql", 400] as const, [runPath(), 413] as const]) {
		expect(reported(await client.script(sender(path)))).toEqual([
			[status, tooLarge],
			[status, tooLarge],
		]);
	}
});

test.each(["/graphql", "file stream"])("fetch reads why 100 MB are refused at %s", async (place) => {
	const answer = await fetch(account.url + (place === "/graphql" ? place : runPath()), {
		method: "POST",
		headers: { "content-type": "application/json", authorization: basicAuth(account.apiKey) },
		body: Buffer.alloc(100_000_000, "x"),
	});
	expect(at(await answer.json(), "errors", 0, "message")).toBe(tooLarge);
});

async function refusedAtGraphql(): Promise<number> {
	const text = await (await fetch(`${server.url}/metrics`)).text();
	const counts = text.matchAll(/^keifu_http_requests_total\{method="POST",route="\/graphql",status="4\d\d"\} (\d+)$/gm);
	return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

test.each(oldestAndNewest)("wandb %s gives up a run with 40 MB of config at once", async (version) => {
	const before = await refusedAtGraphql();
	const { output } = await newClient(version, account).script(`
import wandb
try:
    wandb.init(project="large", config={"x": "x" * 40_000_000})
    print("NOT REFUSED")
except wandb.errors.CommError as error:
    print("REFUSED", error)
`);
	expect(output).toContain(tooLarge);
	expect(output).toContain("REFUSED");
	expect(output).not.toContain("NOT REFUSED");
	// Once at the beginning and once at the end; a client that retries goes on for minutes.
	expect((await refusedAtGraphql()) - before).toBeLessThanOrEqual(2);
});

test("who does not say who they are is refused before the body", async () => {
	const { hostname, port } = new URL(server.url);
	for (const path of ["/graphql", runPath(), "/api/session"]) {
		const socket = connect(Number(port), hostname);
		socket.write(
			`POST ${path} HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: ${30 * mebibyte}\r\n\r\n`,
		);
		const first = await new Promise<Buffer>((done, fail) => socket.once("data", done).once("error", fail));
		expect(String(first)).toMatch(/^HTTP\/1\.1 401 /);
		socket.destroy();
	}
});

test("senders that break off in the middle break nothing", async () => {
	const { hostname, port } = new URL(server.url);
	for (const encoding of ["identity", "gzip"]) {
		for (const [length, sent] of [
			[30 * mebibyte, mebibyte],
			[100 * mebibyte, mebibyte],
			[30 * mebibyte, 0],
		] as const) {
			const socket = connect(Number(port), hostname);
			await new Promise<void>((done, fail) => socket.once("connect", done).once("error", fail));
			const closed = new Promise<void>((done) => socket.once("close", () => done()));
			socket.on("error", () => undefined);
			const headers = `Authorization: ${basicAuth(account.apiKey)}\r\nContent-Type: application/json\r\nContent-Encoding: ${encoding}`;
			socket.write(`POST /graphql HTTP/1.1\r\nHost: here\r\n${headers}\r\nContent-Length: ${length}\r\n\r\n`);
			await new Promise<void>((done) => socket.write(Buffer.alloc(sent, "x"), () => done()));
			socket.resetAndDestroy();
			await closed;
		}
	}
	expect((await fetch(`${server.url}/ready`)).status).toBe(200);
});

test("many large bodies at once do not fill the memory", { timeout: 120_000 }, async () => {
	const bodies = ["x", "{},"].map((piece) => {
		const filler = piece === "x" ? `"${"x".repeat(30 * mebibyte)}"` : `[${piece.repeat(10 * mebibyte)}{}]`;
		return `{"query": "{ viewer { id } }", "variables": {"a": ${filler}}}`;
	});
	for (const body of bodies) {
		const statuses = await Promise.all(
			Array.from({ length: 12 }, async () => {
				const headers = { "content-type": "application/json", authorization: basicAuth(account.apiKey) };
				const answer = await fetch(`${server.url}/graphql`, { method: "POST", headers, body });
				await answer.arrayBuffer();
				return answer.status;
			}),
		);
		expect(statuses.filter((status) => ![200, 400, 503].includes(status))).toEqual([]);
		// Some are always served.
		expect(statuses.some((status) => status !== 503)).toBe(true);
	}
	const resident = residentBytes(processTree(server.pid));
	expect(resident, `${Math.round(resident / mebibyte)} MB resident`).toBeLessThan(500 * mebibyte);
});
