import { afterAll, beforeAll, expect, test } from "vitest";
import { seedLineage } from "./testing/seed-lineage.ts";
import { accessibilityFaults, type Opened, signIn, startWorld, type World } from "./testing/world.ts";

let world: World;
let sweep: string;

beforeAll(async () => {
	world = await startWorld();
	const { page } = await world.open("/");
	// Before anything is logged, the home page teaches how.
	await page.getByText("run.log_artifact(artifact)").waitFor();
	await page.close();
	sweep = await seedLineage(world.client);
});

afterAll(() => world?.stop());

function open(path: string): Promise<Opened> {
	return world.open(path);
}

const model = "/my-team/zoo/artifacts/model/net";
const dataset = "/my-team/zoo/artifacts/dataset/animals";
const registry = "/orgs/my-org/registry/model";
const selection = `${registry}?selectionPath=my-org%2Fwandb-registry-model%2Ffirst-collection`;

test.each<[path: string, heading: string, texts: string[]]>([
	["/", "Home", ["my-team/zoo", "Open the Registry"]],
	["/settings", "Settings", ["API keys", "first start"]],
	["/authorize", "Connect the Python client", ["export WANDB_BASE_URL=http", "wandb login --host http"]],
	["/my-team", "my-team", ["zoo", "Members"]],
	["/my-team/zoo", "zoo", ["rural-feather-20", "northern-lake-21", "Private"]],
	["/my-team/zoo/runs/train1", "northern-lake-21", ["train1", "animals:v0", "net:v0", "0.25", "0.75", "Finished"]],
	["/my-team/zoo/artifacts", "Artifacts", ["animals", "net"]],
	["/my-team/zoo/artifacts/model", "model", ["net"]],
	[model, "net", ["v0", "latest"]],
	[`${model}/v0`, "net:v0", ["my-team/zoo/net:v0", "northern-lake-21", "wandb-registry-model/first-collection:v0"]],
	[`${dataset}/latest`, "animals:v0", ["my-team/zoo/animals:v0", "About animals."]],
	[`${dataset}/v0/metadata`, "animals:v0", ["rows", "42"]],
	[`${dataset}/v0/usage`, "animals:v0", ['run.use_artifact("my-team/zoo/animals:v0")']],
	[`${dataset}/v0/files`, "animals:v0", ["https://files.example.org/animals.bin", "1.23 KB"]],
	[`${dataset}/v0/lineage`, "animals:v0", ["rural-feather-20", "northern-lake-21", "net:v0"]],
	[`${dataset}/v0/graph`, "animals:v0", ["rural-feather-20", "northern-lake-21", "net:v0"]],
	["/registry/", "Registry", ["Core registries", "Model", "Dataset"]],
	[registry, "Model", ["first-collection", 'COLLECTION = "first-collection"']],
	["/orgs/my-org/registry/dataset", "Dataset", ["run.link_artifact(artifact, target_path=", 'ORG = "my-org"']],
	[selection, "first-collection", ["wandb-registry-model/first-collection:v0", "net:v0"]],
	[
		`${selection}&view=membership&version=v0`,
		"first-collection:v0",
		["wandb-registry-model/first-collection:v0", "net:v0"],
	],
	["/my-team/model-registry", "Model registry (legacy)", ["Open the Registry"]],
])("%s shows what it names", async (path, heading, texts) => {
	const { page, faults } = await open(path);
	expect(await page.locator("h1").textContent()).toBe(heading);
	expect(await page.title()).toBe(`${heading} · Keifu`);
	for (const text of texts) await page.getByText(text).locator("visible=true").first().waitFor();
	expect(faults).toEqual([]);
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.close();
});

test("a sweep's page shows its config", async () => {
	const { page } = await open(`/my-team/zoo/sweeps/${sweep}`);
	expect(await page.locator("h1").textContent()).toBe(sweep);
	await page.getByText("method: grid").waitFor();
	await page.close();
});

test.each([
	["/my-team/nothing", "my-team/nothing"],
	["/my-team/zoo/runs/none", "none"],
	[`${model}/v9`, "v9"],
	["/no-such-team", "no-such-team"],
	["/orgs/my-org/registry/models", "model"],
])("%s says which name was not found", async (path, name) => {
	const { page } = await open(path);
	expect(await page.locator("h1").textContent()).toMatch(/not found$/i);
	await page.locator("main").getByText(name).first().waitFor();
	await page.getByRole("link", { name: "Go to the home page" }).waitFor();
	await page.close();
});

test("a tab is an address: one can go back to it", async () => {
	const { page } = await open(`${model}/latest/files`);
	await page.getByRole("link", { name: "Usage" }).click();
	await page.waitForURL(`**${model}/latest/usage`);
	await page.goBack();
	await page.waitForURL(`**${model}/latest/files`);
	await page.close();
});

async function viewerOf(key: string | null): Promise<unknown> {
	const reply = await fetch(`${world.server.url}/graphql`, {
		method: "POST",
		headers: { "content-type": "application/json", authorization: `Basic ${btoa(`api:${key}`)}` },
		body: JSON.stringify({ query: "{ viewer { username } }" }),
	});
	return reply.json();
}

test("a key made on /authorize works, is shown this once, and works no more once revoked", async () => {
	const { page } = await open("/authorize");
	await page.getByLabel("What it is for").fill("to be revoked");
	await page.getByRole("button", { name: "New API key" }).click();
	const key = await page.getByRole("status").locator("pre").textContent();
	expect(key).toMatch(/^[a-z0-9]{40}$/);
	await page.getByText(`export WANDB_API_KEY=${key}`).waitFor();
	expect(await viewerOf(key)).toEqual({ data: { viewer: { username: "admin" } } });
	await page.goto("/settings");
	const row = page.getByRole("row").filter({ hasText: "to be revoked" });
	await row.waitFor();
	expect(await page.content()).not.toContain(key ?? "no key");
	await row.getByRole("button", { name: "Revoke" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Revoke for good" }).click();
	await row.waitFor({ state: "detached" });
	expect(await viewerOf(key)).not.toMatchObject({ data: { viewer: { username: "admin" } } });
	await page.close();
});

test("whoever opens the link of an invitation makes an account and is in the team; it is good once", async () => {
	const reply = await fetch(`${world.server.url}/graphql`, {
		method: "POST",
		headers: { "content-type": "application/json", authorization: `Basic ${btoa(`api:${world.server.apiKey}`)}` },
		body: JSON.stringify({
			query:
				'mutation { createInvite(input: { entityName: "my-team", email: "kim@example.org" }) { invite { link } } }',
		}),
	});
	const link = (await reply.json()).data.createInvite.invite.link;
	const context = await world.browser.newContext({ baseURL: world.server.url, locale: "en-US" });
	const page = await context.newPage();
	await page.goto(link);
	await page.getByText("admin invites you to the team my-team of my-org, as Member.").waitFor();
	expect(await page.getByLabel("User name").inputValue()).toBe("kim");
	await page.getByLabel("Password", { exact: true }).fill("a password of kim");
	await page.getByRole("button", { name: "Make an account and join" }).click();
	await page.waitForURL("**/my-team");
	await page.getByRole("cell", { name: "kim", exact: true }).or(page.getByText("kim")).first().waitFor();
	await page.goto(link);
	expect(await page.getByRole("alert").textContent()).toMatch(/accepted already/);
	await context.close();
});

test("a wrong password is refused with a sentence, the right one leads back; signing out ends it", async () => {
	const context = await world.browser.newContext({ baseURL: world.server.url, locale: "en-US" });
	const page = await context.newPage();
	await page.goto("/my-team/zoo");
	await page.waitForURL("**/login?next=%2Fmy-team%2Fzoo");
	await signIn(page, "admin", "wrong");
	expect(await page.getByRole("alert").textContent()).toMatch(/password/);
	await signIn(page, "admin", world.server.password);
	await page.waitForURL("**/my-team/zoo");
	await page.getByText("rural-feather-20").waitFor();
	await page.getByRole("button", { name: "Sign out" }).click();
	await page.waitForURL("**/login");
	await page.goto("/settings");
	await page.waitForURL("**/login?next=%2Fsettings");
	await context.close();
});

test("Japanese, dark, and a narrow screen: every page fits", async () => {
	const narrow = { width: 390, height: 800 };
	const context = await world.browser.newContext({
		baseURL: world.server.url,
		locale: "ja-JP",
		colorScheme: "dark",
		viewport: narrow,
		storageState: await world.context.storageState(),
	});
	const page = await context.newPage();
	for (const path of [
		"/",
		"/my-team/zoo",
		"/my-team/zoo/runs/train1",
		`${model}/v0`,
		`${dataset}/v0/files`,
		selection,
	]) {
		await page.goto(path);
		await page.locator("h1").waitFor();
		await page.waitForLoadState("networkidle");
		expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(narrow.width);
	}
	await page.goto("/");
	expect(await page.locator("h1").textContent()).toBe("ホーム");
	expect(await page.evaluate(() => document.documentElement.lang)).toBe("ja");
	expect(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe("dark");
	await context.close();
});
