import { request as httpRequest, type IncomingMessage } from "node:http";
import { sql } from "kysely";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { system } from "../access/actor.ts";
import { deactivateUser, deleteApiKey, generateApiKey } from "../identity/index.ts";
import { addUserToOrganization, addUserToTeam } from "../org/index.ts";
import { logVersion, nodeIdOf } from "../testing/artifact-factories.ts";
import { type MadeUser, makeUser } from "../testing/factories.ts";
import { startWorkplace } from "../testing/test-app.ts";
import { testCtx } from "../testing/test-ctx.ts";

// A download that somebody takes who loses the right to it: it is cut, and what he was given before gives nothing.

const size = 48 * 1024 * 1024;
const file = "x".repeat(size);

const { app, at } = await startWorkplace();
let versionId: string;
let bob: MadeUser;

beforeAll(async () => {
	const version = await logVersion({ by: at.ann, project: at.project, files: { "big.bin": file } });
	versionId = nodeIdOf(version);
});
beforeEach(async () => {
	bob = await makeUser(app.services);
	const ctx = await at.ann.ctx();
	const { username } = bob.user;
	await addUserToOrganization(ctx, { organizationId: at.org.id, username, role: "member" });
	await addUserToTeam(ctx, { teamName: at.team.name, username, role: "viewer" });
});

const urlQuery = "query ($id: ID!) { artifact(id: $id) { files(first: 5) { edges { node { directUrl } } } } }";

async function signedUrl(user: MadeUser): Promise<string> {
	const { data, errors } = await app.gql(user, urlQuery, { id: versionId });
	expect(errors).toEqual([]);
	return data.artifact.files.edges[0].node.directUrl;
}

/** A download that has begun, whose reader takes no more of it than the connection holds. */
async function begin(url: string): Promise<{ rest: () => Promise<number | "cut">; status: number | undefined }> {
	const reply = await new Promise<IncomingMessage>((resolve, reject) => {
		httpRequest(new URL(url, app.baseUrl), { agent: false }, resolve).once("error", reject).end();
	});
	reply.pause();
	const rest = async () => {
		let length = 0;
		try {
			for await (const chunk of reply) length += chunk.length;
		} catch {
			return "cut";
		}
		return length;
	};
	return { rest, status: reply.statusCode };
}

const asAdmin = () => testCtx(app.services, system);

describe("a download by a signed URL", () => {
	test("goes on to its end while nothing happens to its reader, though others lose their keys", async () => {
		const { rest, status } = await begin(await signedUrl(bob));
		const other = await makeUser(app.services);
		await deactivateUser(asAdmin(), { username: other.user.username });
		expect([status, await rest()]).toEqual([200, size]);
	});

	test("is cut when the key is deleted, and the URL gives nothing any more; one of another key does", async () => {
		const { id, key } = await generateApiKey(await bob.ctx(), { description: null });
		const [gone, stays] = [await signedUrl({ ...bob, apiKey: key }), await signedUrl(bob)];
		const download = await begin(gone);
		await deleteApiKey(await bob.ctx(), { id });
		expect(await download.rest()).toBe("cut");
		const refused = await app.send(null, gone);
		expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining("has ended")]);
		expect((await app.send(null, stays, { method: "HEAD" })).status).toBe(200);
	});

	test("is cut when its reader is deactivated", async () => {
		const url = await signedUrl(bob);
		const download = await begin(url);
		await deactivateUser(asAdmin(), { username: bob.user.username });
		expect(await download.rest()).toBe("cut");
		expect((await app.send(null, url)).status).toBe(403);
		expect((await app.gql(bob, urlQuery, { id: versionId })).status).toBe(401);
	});

	test.each([
		["team", () => at.team.name],
		["organisation", () => at.org.name],
	])("is cut when its reader is taken out of the %s, who is given no other", async (_what, place) => {
		const download = await begin(await signedUrl(bob));
		const remove = "mutation ($input: RemoveMemberInput!) { removeMember(input: $input) { success } }";
		const input = { entityName: place(), username: bob.user.username };
		expect(await app.gql(at.ann, remove, { input })).toMatchObject({ data: { removeMember: { success: true } } });
		expect(await download.rest()).toBe("cut");
		expect((await app.gql(bob, urlQuery, { id: versionId })).data).toEqual({ artifact: null });
	});
});

test("an upload address of a deactivated user takes nothing", async () => {
	const create = `mutation ($input: CreateRunFilesInput!) { createRunFiles(input: $input) { files { uploadUrl } } }`;
	const { data, errors } = await app.gql(bob, "mutation { upsertBucket(input: {}) { bucket { name } } }");
	expect(errors).toEqual([]);
	const runName = data.upsertBucket.bucket.name;
	const input = { entityName: bob.user.username, projectName: "uncategorized", runName, files: ["a.txt"] };
	const made = await app.gql(bob, create, { input });
	const url = made.data.createRunFiles.files[0].uploadUrl;
	expect((await app.send(null, url, { method: "PUT", body: "a" })).status).toBe(200);
	await deactivateUser(asAdmin(), { username: bob.user.username });
	expect((await app.send(null, url, { method: "PUT", body: "b" })).status).toBe(403);
	const { rows } = await sql<{
		n: number;
	}>`select count(*)::int as n from api_key where user_id = ${bob.user.id}`.execute(app.services.db);
	expect(rows).toEqual([{ n: 0 }]);
});
