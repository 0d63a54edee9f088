import { describe, expect, test } from "vitest";
import { type Account, createAccount, createProject, createUser } from "../account.ts";
import { graphql, post } from "../graphql.ts";
import { beginVersion, fileUpload, put, rawFile, uploadManifest } from "../http/raw-artifact.ts";
import { at } from "../json.ts";
import { newApiKey, useServer } from "../server.ts";
import { expectSuccess, newClient } from "./run-script.ts";
import { clientVersions } from "./setup.mjs";

const server = useServer();

/** Every client would retry a server's failure for longer than this. */
const timeoutMs = 20_000;

/** A project whose artifact `dataset` has one version. */
async function accountWithDataset(version: string): Promise<Account> {
	const account = await createAccount(server);
	const log = `
import wandb
with wandb.init(project="zoo") as run:
    artifact = wandb.Artifact(name="dataset", type="dataset")
    with artifact.new_file("rows.txt") as file:
        file.write("zebra")
    run.log_artifact(artifact)
`;
	expectSuccess(await newClient(version, account).script(log));
	return account;
}

async function projectNames(account: Account): Promise<unknown> {
	const query = "query ($name: String!) { entity(name: $name) { projects(first: 50) { edges { node { name } } } } }";
	const data = await graphql(account, query, { name: account.team });
	return at(data, "entity", "projects", "edges");
}

describe.each(clientVersions)("wandb $version: mistakes", ({ version }) => {
	test("a wrong key is told as such", async () => {
		const account = await createAccount(server);
		const stranger = { ...account, apiKey: newApiKey() };
		const result = await newClient(version, stranger).script('import wandb\nwandb.init(project="zoo")', { timeoutMs });
		expect(result.code).not.toBe(0);
		expect(result.output).toMatch(/API key|401|permission denied|not logged in/i);
		expect(await projectNames(account)).toEqual([]);
	});

	test("an unknown entity is named", async () => {
		const account = await createAccount(server);
		const script = 'import wandb\nwandb.init(entity="no-such-team", project="zoo")';
		const result = await newClient(version, account).script(script, { timeoutMs });
		expect(result.code).not.toBe(0);
		expect(result.output).toMatch(/Error.*no-such-team/);
		expect(await projectNames(account)).toEqual([]);
	});

	test("someone else's entity is told like an unknown one", async () => {
		const account = await createAccount(server);
		const stranger = await createUser(server, `stranger-${account.team}`);
		const script = (entity: string) => `import wandb\nwandb.init(entity="${entity}", project="zoo")`;
		const result = await newClient(version, stranger).script(script(account.team), { timeoutMs });
		expect(result.code).not.toBe(0);
		expect(result.output).toMatch(new RegExp(`Error.*${account.team}`));
		expect(await projectNames(account)).toEqual([]);
	});

	test.each([
		["an unknown project", "TEAM/no-such-project/dataset:latest", "no-such-project"],
		["an unknown artifact", "TEAM/zoo/no-such-artifact:latest", "no-such-artifact"],
		["an unknown alias", "TEAM/zoo/dataset:no-such-alias", "no-such-alias"],
		["an unknown version", "TEAM/zoo/dataset:v7", "dataset:v7"],
	])("%s is named", async (_, name, named) => {
		const account = await accountWithDataset(version);
		const path = name.replace("TEAM", account.team);
		const client = newClient(version, account);
		const read = await client.script(`import wandb\nwandb.Api().artifact("${path}")`, { timeoutMs });
		expect(read.code).not.toBe(0);
		expect(read.output).toContain(named);
		const use = `import wandb\nwith wandb.init(project="zoo", id="user") as run:\n    run.use_artifact("${path}")`;
		const used = await client.script(use, { timeoutMs });
		expect(used.code).not.toBe(0);
		expect(used.output).toContain(named);
		const query = `query ($team: String!) {
			project(name: "zoo", entityName: $team) { run(name: "user") { inputArtifacts(first: 5) { totalCount } } }
		}`;
		const data = await graphql(account, query, { team: account.team });
		expect(at(data, "project", "run", "inputArtifacts", "totalCount")).toBe(0);
		expect(await projectNames(account)).toEqual([{ node: { name: "zoo" } }]);
	});
});

describe("an upload whose digest does not match", () => {
	test("is refused at once, cannot be committed and is not seen", async () => {
		const account = await createAccount(server);
		const target = { entity: account.team, project: "zoo", collection: "dataset" };
		const files = { "rows.txt": rawFile("what the digest says") };
		await createProject(account, target.entity, target.project);
		const draft = await beginVersion(account, target, files);
		const upload = await fileUpload(account, draft, "rows.txt", files["rows.txt"].md5);
		if (upload === null) throw new Error("the server claims to have bytes that nobody sent");
		const status = await put(upload, rawFile("what the digest saiD"));
		expect(status).toBeGreaterThanOrEqual(400);
		expect(status).toBeLessThan(500);
		expect([408, 429]).not.toContain(status);
		await uploadManifest(account, target, draft, files);

		const mutation = "mutation ($id: ID!) { commitArtifact(input: { artifactID: $id }) { artifact { id } } }";
		const refused = await post(account, mutation, { id: draft.artifactId });
		expect(refused.status).toBeLessThan(500);
		expect(refused.errors).toContain("rows.txt");
		const query = `query ($team: String!) {
			project(name: "zoo", entityName: $team) {
				artifact(name: "dataset:latest") { id }
				artifactCollection(name: "dataset") { artifacts(first: 5) { totalCount } }
			}
		}`;
		const data = await graphql(account, query, { team: account.team });
		expect(at(data, "project", "artifact") ?? null).toBeNull();
		expect(at(data, "project", "artifactCollection", "artifacts", "totalCount") ?? 0).toBe(0);
	});
});
