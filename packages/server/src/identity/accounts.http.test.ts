import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authenticate, loginUser, resetPassword } from "../identity/index.ts";
import { type MadeUser, makeProject, makeUser } from "../testing/factories.ts";
import { startTestApp, type TestApp } from "../testing/test-app.ts";
import { testBaseUrl, testCtx } from "../testing/test-ctx.ts";

// Keys, sessions and accounts as their owners and instance admins change them, through the whole app.

let app: TestApp;
let admin: MadeUser;
let ann: MadeUser;

beforeAll(async () => {
	app = await startTestApp();
	admin = await makeUser(app.services, { instanceAdmin: true });
	ann = await makeUser(app.services, { password: "correct horse" });
});
afterAll(async () => {
	await app?.close();
});

const generate = `mutation ($input: GenerateApiKeyInput!) {
	generateApiKey(input: $input) { apiKey { id name description scope expiresAt } } }`;
const keysOf = "{ viewer { apiKeys { edges { node { id name scope description } } } } }";

/** A further key of a user, as somebody of whom nothing else is asked. */
async function newKey(of: MadeUser, input: object): Promise<{ id: string; holder: MadeUser }> {
	const { data, errors } = await app.gql(of, generate, { input });
	expect(errors).toEqual([]);
	const { id, name } = data.generateApiKey.apiKey;
	return { id, holder: { ...of, apiKey: name } };
}

async function signIn(user: MadeUser, password = "correct horse"): Promise<string> {
	const { token } = await loginUser(testCtx(app.services), { username: user.user.username, password });
	return `keifu_session=${token}`;
}

const byCookie = async (cookie: string, query: string, variables: object = {}) => {
	const headers = { "content-type": "application/json", cookie, origin: app.baseUrl };
	const response = await app.send(null, "/graphql", {
		method: "POST",
		headers,
		body: JSON.stringify({ query, variables }),
	});
	return { status: response.status, body: await response.text() };
};

describe("API keys", () => {
	test("are several, named, and each is called something else; only the one that was sent is shown", async () => {
		const first = await newKey(ann, { description: "laptop" });
		await newKey(ann, { description: "cluster" });
		const { data } = await app.gql(first.holder, keysOf);
		const nodes = data.viewer.apiKeys.edges.map((edge: { node: { name: string } }) => edge.node);
		expect(nodes[0]).toMatchObject({ id: first.id, name: first.holder.apiKey, description: "laptop", scope: "full" });
		const names: string[] = nodes.map((node: { name: string }) => node.name);
		expect(new Set(names).size).toBe(names.length);
		for (const name of names.slice(1)) expect(name).toMatch(/^[a-z0-9]{6}\*{6}$/);
	});

	test("that only read are refused every change and upload, in one sentence", async () => {
		const project = await makeProject(app.services, { by: ann });
		const { holder } = await newKey(ann, { scope: "read" });
		expect((await app.gql(holder, "{ viewer { username } }")).data.viewer.username).toBe(ann.user.username);
		const refused = await app.gql(holder, generate, { input: { scope: "full" } });
		expect(refused).toMatchObject({ status: 403, errors: [{ message: expect.stringContaining("may only read") }] });
		for (const operationName of ["", null, undefined]) {
			const headers = { "content-type": "application/json" };
			const body = JSON.stringify({ query: "mutation { generateApiKey(input: {}) { apiKey { id } } }", operationName });
			expect((await app.send(holder, "/graphql", { method: "POST", headers, body })).status).toBe(403);
		}
		const path = `/files/${ann.user.username}/${project.name}/some-run/file_stream`;
		const streamed = await app.send(holder, path, { method: "POST", body: "{}" });
		expect([streamed.status, await streamed.text()]).toEqual([403, expect.stringContaining("may only read")]);
	});

	test("end by themselves when they were made so, and say when", async () => {
		const expiresAt = new Date(Date.now() + 3_600_000);
		const { holder } = await newKey(ann, { expiresAt: expiresAt.toISOString() });
		const later = { ...app.services, clock: () => new Date(expiresAt.getTime() + 1) };
		const headers = { authorization: `Bearer ${holder.apiKey}` };
		expect(await authenticate(app.services, headers, testBaseUrl)).toMatchObject({ userId: ann.user.id });
		await expect(authenticate(later, headers, testBaseUrl)).rejects.toThrow(`expired on ${expiresAt.toISOString()}`);
		const past = await app.gql(ann, generate, { input: { expiresAt: "2020-01-01T00:00:00Z" } });
		expect(past.errors[0]?.extensions?.code).toBe("INVALID_INPUT");
		const odd = await app.gql(ann, generate, { input: { scope: "write" } });
		expect(odd.errors[0]?.message).toContain("use full or read");
	});

	test("that are wrong again and again are refused with a time to wait, while good ones of that address work", async () => {
		const wrong = { ...ann, apiKey: app.services.ids.token(40) };
		const statuses = [];
		for (let n = 0; n < 31; n++) statuses.push((await app.gql(wrong, "{ viewer { id } }")).status);
		expect(statuses).toEqual([...Array<number>(30).fill(401), 429]);
		const refused = await app.send(wrong, "/files/a/b/c/file_stream", { method: "POST", body: "{}" });
		expect([refused.status, Number(refused.headers.get("retry-after"))]).toEqual([429, expect.any(Number)]);
		expect((await app.gql(ann, "{ viewer { id } }")).status).toBe(200);
	});

	test("are taken away by their owner or an instance admin; for others there are none", async () => {
		const { id, holder } = await newKey(ann, { description: "lost" });
		const remove = "mutation ($id: String!) { deleteApiKey(input: { id: $id }) { success } }";
		const other = await makeUser(app.services);
		const unknown = await app.gql(other, remove, { id });
		expect(unknown.errors[0]?.extensions?.code).toBe("NOT_FOUND");
		const search =
			"query ($q: String) { users(query: $q) { edges { node { apiKeys { edges { node { id name } } } } } } }";
		const seen = await app.gql(admin, search, { q: ann.user.username });
		const listed = seen.data.users.edges[0].node.apiKeys.edges;
		expect(listed.map((edge: { node: { id: string } }) => edge.node.id)).toContain(id);
		expect(JSON.stringify(listed)).not.toContain(holder.apiKey);
		expect((await app.gql(admin, remove, { id })).data.deleteApiKey.success).toBe(true);
		expect((await app.gql(holder, "{ viewer { id } }")).status).toBe(401);
		expect((await app.gql(admin, generate, { input: { username: ann.user.username } })).errors[0]?.message).toContain(
			"people make their keys themselves",
		);
	});
});

describe("sessions", () => {
	const sessions = "{ viewer { sessions { id current userAgent } } }";

	test("are listed, and ended one by one or all but this one", async () => {
		const [here, there, third] = [await signIn(ann), await signIn(ann), await signIn(ann)];
		const { data } = JSON.parse((await byCookie(here, sessions)).body);
		expect(data.viewer.sessions.filter((session: { current: boolean }) => session.current)).toHaveLength(1);
		const own = JSON.parse((await byCookie(there, sessions)).body).data.viewer.sessions;
		const { id } = own.find((session: { current: boolean }) => session.current);
		const end = "mutation ($input: EndSessionsInput!) { endSessions(input: $input) { ended } }";
		expect((await byCookie(here, end, { input: { id } })).body).toContain('"ended":1');
		expect((await byCookie(there, sessions)).status).toBe(401);
		await byCookie(here, end, { input: {} });
		expect((await byCookie(third, sessions)).status).toBe(401);
		expect((await byCookie(here, sessions)).status).toBe(200);
		expect((await byCookie(here, end, { input: { id } })).body).toContain("no session of this id");
	});

	test("others end with another password, which the present one must allow", async () => {
		const [here, there] = [await signIn(ann), await signIn(ann)];
		const change = async (body: object) => {
			const headers = { "content-type": "application/json", cookie: here, origin: app.baseUrl };
			const sent = { method: "PUT", headers, body: JSON.stringify(body) };
			return (await app.send(null, "/api/password", sent)).status;
		};
		expect(await change({ present: "wrong", next: "battery staple" })).toBe(403);
		expect(await change({ present: "correct horse", next: "short" })).toBe(400);
		expect(await change({ present: "correct horse", next: "battery staple" })).toBe(204);
		expect((await byCookie(here, sessions)).status).toBe(200);
		expect((await byCookie(there, sessions)).status).toBe(401);
		await expect(signIn(ann)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
		await resetPassword(testCtx(app.services), { username: ann.user.username, password: "correct horse" });
		expect((await byCookie(here, sessions)).status).toBe(401);
		await signIn(ann);
	});
});

describe("instance admins", () => {
	const deactivate =
		"mutation ($n: String!) { deactivateUser(input: { username: $n }) { user { username deletedAt } } }";
	const activate = "mutation ($n: String!) { activateUser(input: { username: $n }) { user { deletedAt } } }";
	const setAdmin =
		"mutation ($n: String!, $a: Boolean!) { setInstanceAdmin(input: { username: $n, admin: $a }) { user { admin } } }";

	test("deactivate a user: keys and sessions end, the name stays, and comes back without its keys", async () => {
		const bob = await makeUser(app.services, { password: "correct horse" });
		const cookie = await signIn(bob);
		expect((await app.gql(bob, "{ viewer { id } }")).status).toBe(200);
		expect((await app.gql(bob, deactivate, { n: bob.user.username })).errors[0]?.extensions?.code).toBe("FORBIDDEN");
		const { data } = await app.gql(admin, deactivate, { n: bob.user.username });
		expect(data.deactivateUser.user).toEqual({ username: bob.user.username, deletedAt: expect.any(String) });
		expect((await app.gql(bob, "{ viewer { id } }")).status).toBe(401);
		expect((await byCookie(cookie, "{ viewer { id } }")).status).toBe(401);
		await expect(signIn(bob)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
		const shown = await app.gql(admin, "query ($q: String) { users(query: $q) { edges { node { deletedAt } } } }", {
			q: bob.user.username,
		});
		expect(shown.data.users.edges[0].node.deletedAt).not.toBeNull();
		expect((await app.gql(admin, activate, { n: bob.user.username })).data.activateUser.user.deletedAt).toBeNull();
		await signIn(bob);
		expect((await app.gql(bob, "{ viewer { id } }")).status).toBe(401);
	});

	test("cannot deactivate themselves; the last one stays, also when two give it up at once", async () => {
		expect((await app.gql(admin, deactivate, { n: admin.user.username })).errors[0]?.message).toContain("yourself");
		const alone = await app.gql(admin, setAdmin, { n: admin.user.username, a: false });
		expect(alone.errors[0]?.message).toContain("is the only instance admin");
		const second = await makeUser(app.services);
		expect(
			(await app.gql(admin, setAdmin, { n: second.user.username, a: true })).data.setInstanceAdmin.user.admin,
		).toBe(true);
		const both = await Promise.all(
			[admin, second].map((user) => app.gql(user, setAdmin, { n: user.user.username, a: false })),
		);
		expect(both.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
	});
});
