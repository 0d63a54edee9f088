import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeWorkplace, type Workplace } from "../testing/artifact-factories.ts";
import { type MadeUser, makeUser } from "../testing/factories.ts";
import { type GraphqlAnswer, startTestApp, type TestApp } from "../testing/test-app.ts";
import { addUserToOrganization, addUserToTeam } from "./index.ts";

// Who belongs to teams and organisations, and how people come and go, through the whole app.

let app: TestApp;
let at: Workplace;
let bob: MadeUser;
let stranger: MadeUser;

beforeAll(async () => {
	app = await startTestApp();
});
afterAll(async () => {
	await app?.close();
});
beforeEach(async () => {
	at = await makeWorkplace(app.services);
	[bob, stranger] = [await makeUser(app.services), await makeUser(app.services)];
	const input = { organizationId: at.org.id, username: bob.user.username, role: "member" };
	await addUserToOrganization(await at.ann.ctx(), input);
});

const invite = `mutation ($entity: String!, $email: String, $username: String, $admin: Boolean, $role: String) {
	createInvite(input: { entityName: $entity, email: $email, username: $username, admin: $admin, role: $role }) {
		invite { id name email createdAt state role link toUser { name } } } }`;
const uninvite = `mutation ($id: String, $entity: String) {
	deleteInvite(input: { id: $id, entityName: $entity }) { success } }`;
const members = `query ($name: String!) { entity(name: $name) {
	members { id admin pending email username name accountType apiKey role } } }`;
const invites = "query ($name: String!) { entity(name: $name) { invites { id state role link email } } }";
const create = `mutation ($entity: String!, $description: String!) {
	createServiceAccount(input: { entityName: $entity, description: $description }) { user { id username } } }`;
const setRole = `mutation ($entity: String!, $username: String!, $role: String!) {
	addUserToTeam(input: { entityName: $entity, username: $username, role: $role }) { success } }`;
const remove = `mutation ($entity: String!, $username: String!) {
	removeMember(input: { entityName: $entity, username: $username }) { success } }`;

type Member = { id: string; username: string | null; pending: boolean; name: string; role: string; apiKey: string };

async function membersOf(name: string, as = at.ann): Promise<Member[]> {
	return (await app.gql(as, members, { name })).data.entity?.members ?? [];
}
const namesIn = async (name: string) => (await membersOf(name)).map((member) => member.username ?? member.name);
const codeOf = ({ errors }: GraphqlAnswer) => errors[0]?.extensions?.code;
const entity = () => at.team.name;

async function post(path: string, body: object, as: MadeUser | null = null) {
	const headers = { "content-type": "application/json" };
	const response = await app.send(as, path, { method: "POST", headers, body: JSON.stringify(body) });
	return { status: response.status, cookie: response.headers.get("set-cookie"), body: await response.json() };
}

/** The token of a new invitation by link. */
async function newToken(input: object, as = at.ann): Promise<string> {
	const { data, errors } = await app.gql(as, invite, { entity: entity(), ...input });
	expect(errors).toEqual([]);
	const { link, state } = data.createInvite.invite;
	expect([state, link]).toEqual(["PENDING", expect.stringContaining(`${app.baseUrl}/login?invite=`)]);
	return new URL(link).searchParams.get("invite") ?? "";
}

describe("createInvite", () => {
	test("takes a member of the organisation into the team at once, by name or by address", async () => {
		const { data } = await app.gql(at.ann, invite, { entity: entity(), email: bob.user.email.toUpperCase() });
		expect(data.createInvite.invite).toMatchObject({ state: "ACCEPTED", link: null, toUser: { name: bob.user.name } });
		expect(await membersOf(entity())).toMatchObject([
			{ username: at.ann.user.username, admin: true, pending: false },
			{ username: bob.user.username, admin: false, pending: false, role: "member", accountType: "MEMBER" },
		]);
		const again = await app.gql(at.ann, invite, { entity: entity(), username: bob.user.username });
		expect(again.errors[0]?.message).toContain("already, as member");
	});

	test("leaves others pending: they are listed, are invited once, and can be uninvited", async () => {
		const variables = { entity: entity(), email: "new@example.org", admin: true };
		const { data } = await app.gql(at.ann, invite, variables);
		expect(data.createInvite.invite).toMatchObject({ email: "new@example.org", state: "PENDING", role: "admin" });
		expect(codeOf(await app.gql(at.ann, invite, variables))).toBe("CONFLICT");
		const [, pending] = await membersOf(entity());
		expect(pending).toMatchObject({ pending: true, name: "new@example.org", username: null });
		const { id } = pending ?? { id: "" };
		expect((await app.gql(at.ann, uninvite, { id, entity: entity() })).data.deleteInvite.success).toBe(true);
		expect(await namesIn(entity())).toEqual([at.ann.user.username]);
		const listed = await app.gql(at.ann, invites, { name: entity() });
		expect(listed.data.entity.invites).toMatchObject([{ state: "REVOKED", link: null }]);
		expect(codeOf(await app.gql(at.ann, uninvite, { id, entity: entity() }))).toBe("CONFLICT");
	});

	test("by name waits until the organisation has the user, who then is in the team", async () => {
		const { username } = stranger.user;
		await app.gql(at.ann, invite, { entity: entity(), username, role: "viewer" });
		const own = await app.gql(stranger, "{ viewer { invites { state team { name } link } } }");
		expect(own.data.viewer.invites).toEqual([
			{ state: "PENDING", team: { name: entity() }, link: expect.stringContaining("?invite=") },
		]);
		await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "member" });
		expect((await membersOf(entity())).at(-1)).toMatchObject({ username, role: "viewer", pending: false });
	});

	test("is for admins, who are told so; nobody else is told of the team or its invitations", async () => {
		await app.gql(at.ann, invite, { entity: entity(), username: bob.user.username });
		const refused = await app.gql(bob, invite, { entity: entity(), email: "x@example.org" });
		expect(refused).toMatchObject({ status: 403, errors: [{ message: expect.stringContaining("role admin") }] });
		expect((await app.gql(bob, invites, { name: entity() })).data.entity.invites).toBeNull();
		expect(codeOf(await app.gql(stranger, invite, { entity: entity(), email: "x@example.org" }))).toBe("NOT_FOUND");
		expect(codeOf(await app.gql(at.ann, invite, { entity: entity(), username: "no-such-user" }))).toBe("NOT_FOUND");
		expect(codeOf(await app.gql(at.ann, invite, { entity: entity(), email: "no address" }))).toBe("INVALID_INPUT");
		const own = await app.gql(at.ann, invite, { entity: at.ann.user.username, email: "x@example.org" });
		expect(own.errors[0]?.message).toContain("one person's own entity");
	});
});

describe("a link", () => {
	test("makes an account, signed in and in the team, once", async () => {
		const token = await newToken({ email: "fay@example.org", role: "member" });
		const offered = await post("/api/invite", { token });
		expect(offered.body).toMatchObject({
			organization: at.org.name,
			team: entity(),
			role: "member",
			email: "fay@example.org",
		});
		const username = `fay-${app.services.ids.token(6)}`;
		const account = { token, username, password: "correct horse" };
		expect((await post("/api/invite/accept", { ...account, password: "short" })).status).toBe(400);
		expect((await post("/api/invite/accept", { ...account, username: bob.user.username })).status).toBe(422);
		const made = await post("/api/invite/accept", account);
		expect([made.status, made.cookie]).toEqual([200, expect.stringContaining("keifu_session=")]);
		const session = await app.send(null, "/api/session", { headers: { cookie: made.cookie ?? "" } });
		expect(await session.json()).toMatchObject({ user: { username, email: "fay@example.org" } });
		expect(await namesIn(entity())).toEqual([at.ann.user.username, username]);
		expect((await membersOf(at.org.name)).find((member) => member.username === username)?.role).toBe("member");
		const twice = await post("/api/invite/accept", { ...account, username: `${username}-2` });
		expect([twice.status, JSON.stringify(twice.body)]).toEqual([410, expect.stringContaining("accepted already")]);
	});

	test("takes in who is signed in; by a mere team admin he is a viewer of the organisation", async () => {
		const { username } = bob.user;
		await addUserToTeam(await at.ann.ctx(), { teamName: entity(), username, role: "admin" });
		const token = await newToken({}, bob);
		expect((await post("/api/invite/accept", { token })).status).toBe(401);
		expect((await post("/api/invite/accept", { token }, stranger)).status).toBe(200);
		expect((await post("/api/invite/accept", { token: await newToken({}) }, stranger)).status).toBe(422);
		const find = (list: Member[]) => list.find((member) => member.username === stranger.user.username)?.role;
		expect([find(await membersOf(entity())), find(await membersOf(at.org.name))]).toEqual(["member", "viewer"]);
	});

	test("for a user by name is his alone", async () => {
		const token = await newToken({ username: stranger.user.username });
		const other = await makeUser(app.services);
		expect((await post("/api/invite/accept", { token }, other)).status).toBe(403);
		const account = { token, username: "somebody-new", password: "correct horse", email: "n@example.org" };
		expect((await post("/api/invite/accept", account)).status).toBe(403);
		expect((await post("/api/invite/accept", { token }, stranger)).status).toBe(200);
	});

	test("ends when who made it is no admin any more; what is no invitation is not found", async () => {
		const { username } = bob.user;
		await addUserToTeam(await at.ann.ctx(), { teamName: entity(), username, role: "admin" });
		const token = await newToken({}, bob);
		expect((await post("/api/invite", { token })).status).toBe(200);
		await addUserToTeam(await at.ann.ctx(), { teamName: entity(), username, role: "member" });
		expect((await post("/api/invite", { token })).status).toBe(410);
		expect((await post("/api/invite", { token: "x".repeat(40) })).status).toBe(404);
		expect((await post("/api/invite", {})).status).toBe(400);
	});
});

describe("service accounts", () => {
	test("come last among the members, with a key for who made it until it is used", async () => {
		const made = await app.gql(at.ann, create, { entity: entity(), description: "nightly build" });
		const { username } = made.data.createServiceAccount.user;
		expect(username).toBe(`${entity()}-nightly-build`);
		const account = (await membersOf(entity())).at(-1);
		expect(account).toMatchObject({ username, name: "nightly build", accountType: "SERVICE", role: "member" });
		await addUserToTeam(await at.ann.ctx(), { teamName: entity(), username: bob.user.username, role: "admin" });
		const seen = await membersOf(entity(), bob);
		expect(seen.find((member) => member.username === username)?.apiKey).toBeNull();
		const machine = { ...bob, apiKey: account?.apiKey ?? "" };
		const { data } = await app.gql(
			machine,
			"{ viewer { username entity accountType teams { edges { node { name } } } } }",
		);
		expect(data.viewer).toMatchObject({ username, entity: entity(), accountType: "SERVICE" });
		expect((await membersOf(entity())).find((member) => member.username === username)?.apiKey).toBeNull();
		const further = "mutation ($u: String) { generateApiKey(input: { username: $u }) { apiKey { name } } }";
		expect((await app.gql(bob, further, { u: username })).data.generateApiKey.apiKey.name).toHaveLength(40);
		expect(codeOf(await app.gql(stranger, further, { u: username }))).toBe("FORBIDDEN");
		expect((await app.gql(at.ann, uninvite, { id: account?.id, entity: entity() })).data.deleteInvite.success).toBe(
			true,
		);
		expect((await app.gql(machine, "{ viewer { id } }")).status).toBe(401);
	});

	test("are an organisation's, too, and are made by admins alone", async () => {
		const made = await app.gql(at.ann, create, { entity: at.org.name, description: "promoter" });
		const { username } = made.data.createServiceAccount.user;
		expect((await membersOf(at.org.name)).at(-1)).toMatchObject({ username, apiKey: expect.any(String) });
		expect(codeOf(await app.gql(bob, create, { entity: at.org.name, description: "x" }))).toBe("FORBIDDEN");
		expect(codeOf(await app.gql(at.ann, create, { entity: entity(), description: " " }))).toBe("INVALID_INPUT");
	});
});

describe("members", () => {
	beforeEach(async () => {
		const { username } = bob.user;
		await addUserToTeam(await at.ann.ctx(), { teamName: entity(), username, role: "member" });
	});

	test("get another role from an admin; somebody stays one", async () => {
		const change = (as: MadeUser, of: MadeUser, role: string) =>
			app.gql(as, setRole, { entity: entity(), username: of.user.username, role });
		expect(codeOf(await change(bob, bob, "admin"))).toBe("FORBIDDEN");
		const last = await change(at.ann, at.ann, "member");
		expect(last.errors[0]?.message).toContain(`make one of these an admin first: ${bob.user.username}`);
		expect((await change(at.ann, bob, "admin")).data.addUserToTeam.success).toBe(true);
		expect((await change(at.ann, at.ann, "viewer")).errors).toEqual([]);
	});

	test("leave by themselves, and are removed by an admin; what went to the team goes to their own entity", async () => {
		await app.gql(bob, "mutation ($e: String) { updateUser(input: { defaultEntity: $e }) { user { id } } }", {
			e: entity(),
		});
		const leave = { entity: entity(), username: bob.user.username };
		expect(codeOf(await app.gql(bob, remove, { ...leave, username: at.ann.user.username }))).toBe("FORBIDDEN");
		expect((await app.gql(bob, remove, leave)).data.removeMember.success).toBe(true);
		expect((await app.gql(bob, "{ viewer { entity teams { edges { node { name } } } } }")).data.viewer).toEqual({
			entity: bob.user.username,
			teams: { edges: [] },
		});
		const own = { entity: entity(), username: at.ann.user.username };
		expect((await app.gql(at.ann, remove, own)).errors[0]?.message).toContain("delete it instead");
	});

	test("are shown to admins, and to themselves, with what they would lose", async () => {
		const removal = (as: MadeUser, of: MadeUser, name = entity()) =>
			app.gql(
				as,
				`query ($name: String!, $username: String!) { entity(name: $name) {
					removal(username: $username) { teams projects givenRoles switchedOff } } }`,
				{ name, username: of.user.username },
			);
		const losses = { teams: [entity()], projects: 1, givenRoles: 0, switchedOff: false };
		expect((await removal(at.ann, bob)).data.entity.removal).toEqual(losses);
		expect((await removal(bob, bob)).data.entity.removal).toEqual(losses);
		expect((await removal(bob, at.ann)).data.entity.removal).toBeNull();
		expect((await removal(at.ann, stranger)).data.entity.removal).toBeNull();
		const registry = await app.gql(
			at.ann,
			`{ organization(name: "${at.org.name}") { registry(name: "model") { id } } }`,
		);
		const give = `mutation ($id: ID!, $users: [ID!]) {
			createProjectMembers(input: { projectId: $id, userIds: $users }) { success } }`;
		const users = [(await membersOf(entity())).find(({ username }) => username === bob.user.username)?.id];
		await app.gql(at.ann, give, { id: registry.data.organization.registry.id, users });
		expect((await removal(at.ann, bob, at.org.name)).data.entity.removal).toEqual({ ...losses, givenRoles: 1 });
		expect((await removal(at.ann, bob)).data.entity.removal).toEqual(losses);
		const created = await app.gql(at.ann, create, { entity: entity(), description: "ci" });
		const machine = created.data.createServiceAccount.user.username;
		const off = await removal(at.ann, { ...bob, user: { ...bob.user, username: machine } });
		expect(off.data.entity.removal.switchedOff).toBe(true);
	});

	test("come with their accounts; whoever is only invited has none", async () => {
		await newToken({ email: "new@example.org" });
		const query = "query ($name: String!) { entity(name: $name) { members { pending user { username deletedAt } } } }";
		const { data } = await app.gql(bob, query, { name: entity() });
		expect(data.entity.members.map((member: { user: object | null }) => member.user)).toEqual([
			{ username: at.ann.user.username, deletedAt: null },
			{ username: bob.user.username, deletedAt: null },
			null,
		]);
	});

	test("who leave the organisation are out of its teams, also the last admin of one", async () => {
		const { username } = bob.user;
		await addUserToTeam(await at.ann.ctx(), { teamName: entity(), username, role: "admin" });
		await app.gql(at.ann, remove, { entity: entity(), username: at.ann.user.username });
		const out = await app.gql(at.ann, remove, { entity: at.org.name, username });
		expect(out.errors).toEqual([]);
		expect(
			(await app.gql(bob, "{ viewer { organizations { name } teams { edges { node { name } } } } }")).data.viewer,
		).toEqual({
			organizations: [],
			teams: { edges: [] },
		});
		const last = await app.gql(at.ann, remove, { entity: at.org.name, username: at.ann.user.username });
		expect(codeOf(last)).toBe("CONFLICT");
		expect(codeOf(await app.gql(at.ann, remove, { entity: at.org.name, username }))).toBe("NOT_FOUND");
	});
});
