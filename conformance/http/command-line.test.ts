import { execFile } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { graphql, post } from "../graphql.ts";
import { textAt } from "../json.ts";
import { type OwnServer, startServer } from "../server.ts";

// Accounts by the command line, beside a server that runs and without one.

const root = resolve(import.meta.dirname, "../..");
const pinned = join(root, "node_modules", ".bin", "node");

let server: OwnServer;

beforeAll(async () => {
	server = await startServer();
});
afterAll(async () => {
	await server?.stop();
	if (server !== undefined) rmSync(server.dataDir, { recursive: true, force: true });
});

/** Runs `keifu` on the server's data folder; gives its exit status and all that it said. */
async function keifu(args: readonly string[], input = ""): Promise<{ status: number; said: string }> {
	return await new Promise((done) => {
		const node = existsSync(pinned) ? pinned : process.execPath;
		const env = { PATH: process.env.PATH, HOME: process.env.HOME, KEIFU_DATA_DIR: server.dataDir };
		const child = execFile(node, ["packages/server/bin/keifu.mjs", ...args], { cwd: root, env }, (error, out, err) => {
			done({ status: typeof error?.code === "number" ? error.code : 0, said: `${out}${err}` });
		});
		child.stdin?.end(input);
	});
}

async function signIn(username: string, password: string): Promise<number> {
	const body = JSON.stringify({ username, password });
	const headers = { "content-type": "application/json" };
	return (await fetch(`${server.url}/api/session`, { method: "POST", headers, body })).status;
}

const shown = (said: string, what: string) => new RegExp(`^${what}\\s+(\\S+)$`, "m").exec(said)?.[1] ?? "";

test("makes users, puts them into teams, resets passwords and switches accounts off, while the server runs", async () => {
	const made = await keifu(["user", "create", "grace@example.org"]);
	expect(made, made.said).toMatchObject({ status: 0 });
	const [apiKey, password] = [shown(made.said, "API key"), shown(made.said, "password")];
	const grace = { url: server.url, apiKey };
	expect(textAt(await graphql(grace, "{ viewer { username } }"), "viewer", "username")).toBe("grace");
	expect(await signIn("grace", password)).toBe(200);

	expect((await keifu(["org", "add", "my-org", "grace"])).said).toContain("grace is member in my-org");
	expect((await keifu(["team", "add", "my-team", "grace", "--role", "viewer"])).status).toBe(0);
	expect((await keifu(["team", "members", "my-team"])).said).toMatch(/^grace\tgrace@example.org\tviewer$/m);

	expect((await keifu(["user", "reset-password", "grace", "--ask"], "battery staple\n")).status).toBe(0);
	expect(await signIn("grace", password)).toBe(401);
	expect(await signIn("grace", "battery staple")).toBe(200);

	expect((await keifu(["user", "deactivate", "grace"])).said).toContain("deactivated");
	await expect.poll(async () => (await post(grace, "{ viewer { username } }")).status).toBe(401);
	expect(await signIn("grace", "battery staple")).toBe(401);
	expect((await keifu(["user", "activate", "grace"])).status).toBe(0);
	expect((await keifu(["user", "list"])).said).toMatch(/^admin\tadmin@localhost\tinstance admin$/m);
});

test("says what is wrong in one line, with exit status 2", async () => {
	const last = await keifu(["user", "deactivate", "admin"]);
	expect(last).toEqual({
		status: 2,
		said: expect.stringMatching(/^keifu: "admin" is the only instance admin[^\n]*\n$/),
	});
	expect(await keifu(["user", "reset-password", "nobody"])).toMatchObject({ status: 2 });
	expect(await keifu(["user", "reset-password", "admin", "--ask"], "short\n")).toMatchObject({ status: 2 });
});

test("works on the data folder of a server that does not run", async () => {
	await server.stop();
	const reset = await keifu(["user", "reset-password", "admin"]);
	expect(reset, reset.said).toMatchObject({ status: 0 });
	const password = /new password of admin: (\S+)/.exec(reset.said)?.[1] ?? "";
	server = await startServer({ dataDir: server.dataDir, apiKey: server.apiKey });
	expect(await signIn("admin", password)).toBe(200);
});
