import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Account, createAccount } from "../account.ts";
import { graphql } from "../graphql.ts";
import { newApiKey, useServer } from "../server.ts";
import { type Client, expectSuccess, newClient } from "./run-script.ts";
import { clientVersions } from "./setup.mjs";

const server = useServer();

/** Nothing in the environment says where the server is or who asks. */
const nothingSet = { WANDB_BASE_URL: undefined, WANDB_API_KEY: undefined };

const logOneRun = `
import wandb
with wandb.init(project="zoo") as run:
    run.log({"loss": 0.5})
    print("RUN OF", run.entity)
print("API OF", wandb.Api().viewer.username)
`;

function stored(client: Client, file: string): string | null {
	const path = join(client.home, file);
	return existsSync(path) ? readFileSync(path, "utf8") : null;
}

describe.each(clientVersions)("wandb $version: login", (traits) => {
	const machine = (account: Account) => new URL(account.url)[traits.storesPort ? "host" : "hostname"];
	const netrc = (account: Account, key: string) => `machine ${machine(account)}\n  login user\n  password ${key}\n`;

	test.each([
		["a bare key", (key: string) => key],
		["a key with a prefix", (key: string) => `local-${key}`],
	])("with %s stores it and the server's address", async (_, formOf) => {
		const account = await createAccount(server);
		const client = newClient(traits.version, account);
		const key = formOf(account.apiKey);
		// The client takes the last slash off.
		const args = ["login", "--relogin", "--verify", "--host", `${account.url}/`, key];
		const result = await client.command(args, { env: nothingSet });
		expectSuccess(result);
		expect(result.output).toContain(`Appending key for ${machine(account)} to your netrc file: ${client.home}/.netrc`);
		const identity = `Currently logged in as: ${account.username} (${account.team}) to ${account.url}.`;
		if (traits.saysWhoLoggedIn) expect(result.output).toContain(identity);
		expect(stored(client, ".netrc")?.trimEnd()).toBe(netrc(account, key).trimEnd());
		expect(stored(client, "config/settings")?.trimEnd()).toBe(`[default]\nbase_url = ${account.url}`);
	});

	test(`with a key of 86 characters ${traits.takesLongKeys ? "works" : "is refused, but WANDB_API_KEY works"}`, async () => {
		const account = await createAccount(server);
		const apiKey = `${newApiKey()}${newApiKey()}abcdef`;
		const mutation = `mutation ($email: String!, $username: String, $apiKey: String) {
			createUser(input: { email: $email, username: $username, apiKey: $apiKey }) { user { id } }
		}`;
		const username = `long-${account.username}`;
		await graphql(server, mutation, { email: `${username}@example.com`, username, apiKey });
		const client = newClient(traits.version, account);
		const result = await client.command(["login", "--host", account.url, apiKey], { env: nothingSet });
		expect(result.code === 0, result.output).toBe(traits.takesLongKeys);
		if (traits.takesLongKeys) {
			expect(stored(client, ".netrc")).toContain(apiKey);
		} else {
			expect(result.output).toContain("API key must be 40 characters long, yours was 86");
			expect(stored(client, ".netrc")).toBeNull();
		}
		const run = await client.script(logOneRun, { env: { WANDB_API_KEY: apiKey } });
		expectSuccess(run);
		expect(run.stdout).toContain(`RUN OF ${username}\n`);
		expect(run.stdout).toContain(`API OF ${username}\n`);
	});

	test("with a key that is too short is refused before anything is sent", async () => {
		const account = await createAccount(server);
		const client = newClient(traits.version, account);
		const args = ["login", "--host", account.url, account.apiKey.slice(1)];
		const result = await client.command(args, { env: nothingSet });
		expect(result.code).toBe(1);
		expect(result.output).toMatch(/API key must (be|have) .*40.* 39/);
		expect(stored(client, ".netrc")).toBeNull();
	});

	test("with a wrong key says where to get one", async () => {
		const account = await createAccount(server);
		const client = newClient(traits.version, account);
		const wrong = newApiKey();
		const verified = await client.command(["login", "--verify", "--host", account.url, wrong], { env: nothingSet });
		expect(verified.code, verified.output).toBe(1);
		const sentence = `the API key is not valid on this server. Get one at ${account.url}/authorize`;
		expect(verified.output).toContain(sentence);
		expect(stored(client, ".netrc")?.includes(wrong) ?? false).toBe(traits.storesUnverifiedKeys);

		const other = newClient(traits.version, account);
		const unverified = await other.command(["login", "--host", account.url, wrong], { env: nothingSet });
		expect(unverified.code === 0, unverified.output).toBe(!traits.verifiesLogin);

		const script = `import wandb\nwandb.login(key="${wrong}", verify=True)`;
		const fromPython = await other.script(script, { env: { WANDB_API_KEY: undefined } });
		expect(fromPython.code).not.toBe(0);
		expect(fromPython.output).toContain("AuthenticationError");
		expect(fromPython.output).toContain(sentence);
	});

	test("takes the key of the environment and stores nothing", async () => {
		const account = await createAccount(server);
		const client = newClient(traits.version, account);
		const result = await client.command(["login", "--verify"]);
		expectSuccess(result);
		expect(result.output).toContain(`Currently logged in as: ${account.username} (${account.team})`);
		expect(stored(client, ".netrc")).toBeNull();
		expect(stored(client, "config/settings")).toBeNull();
	});

	test(`${traits.findsStoredKey ? "finds" : "does not find"} the stored key again when the URL has a port`, async () => {
		const account = await createAccount(server);
		const client = newClient(traits.version, account);
		const key = `local-${account.apiKey}`;
		expectSuccess(await client.command(["login", "--host", account.url, key], { env: nothingSet }));
		const result = await client.script(logOneRun, { env: { WANDB_API_KEY: undefined } });
		expect(result.code === 0, result.output).toBe(traits.findsStoredKey);
		if (traits.findsStoredKey) {
			expect(result.stdout).toContain(`RUN OF ${account.team}\n`);
			expect(result.stdout).toContain(`API OF ${account.username}\n`);
		} else {
			expect(result.output).toContain("api_key not configured");
		}
	});

	test("--relogin puts another key in place of the stored one, and asks for one when none is given", async () => {
		const account = await createAccount(server);
		const other = await createAccount(server);
		const client = newClient(traits.version, account);
		for (const key of [account.apiKey, other.apiKey]) {
			const args = ["login", "--relogin", "--host", account.url, key];
			expectSuccess(await client.command(args, { env: nothingSet }));
		}
		expect(stored(client, ".netrc")?.trimEnd()).toBe(netrc(account, other.apiKey).trimEnd());
		const unanswered = await client.command(["login", "--relogin", "--host", account.url], { env: nothingSet });
		expect(unanswered.code).toBe(1);
		expect(unanswered.output).toMatch(/no api.key configured|api_key not configured/i);
	});

	test("status shows the stored server", async () => {
		const account = await createAccount(server);
		const client = newClient(traits.version, account);
		expectSuccess(await client.command(["login", "--host", account.url, account.apiKey], { env: nothingSet }));
		const result = await client.command(["status"], { env: nothingSet });
		expectSuccess(result);
		expect(result.stdout).toContain("Current Settings");
		const settings: unknown = JSON.parse(result.stdout.slice(result.stdout.indexOf("{")));
		expect(settings).toMatchObject({ base_url: account.url, project: null, entity: null });
		expect(result.output).not.toContain(account.apiKey);
	});
});
