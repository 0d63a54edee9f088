import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectSuccess, newClient, reported } from "../python/run-script.ts";
import { clientVersions } from "../python/setup.mjs";
import { useServer } from "../server.ts";
import { useBrowser } from "./browser.ts";

// What the documents say of the app, on a server that the newest real client filled.

const newest = clientVersions[0]?.version ?? "";
const server = useServer();
const signed = useBrowser(server);
const printed = readFileSync(join(resolve(import.meta.dirname, "../.."), "examples/S4-C1.py"), "utf8");

const rowsScript = `
import datetime
import wandb

with open("train.py", "w") as file:
    file.write("print('train')\\n")
with wandb.init(project="registry_quickstart", job_type="evaluate", name="calm-heron-7") as run:
    run.use_artifact("wandb-registry-model/first-collection:v0")
    run.log({"acc": 0.75, "predictions": wandb.Table(columns=["kind", "predicted"], data=[["fox", "vixen"]])})
    code = wandb.Artifact("sources", type="code")
    code.add_file("train.py")
    run.log_artifact(code)
    data = wandb.Artifact("animals", type="dataset", metadata={"rows": 4711})
    data.ttl = datetime.timedelta(days=7)
    data.add_file("train.py", name="animals.txt")
    run.log_artifact(data).wait()
with wandb.init(entity="admin", project="private-things") as run:
    model = wandb.Artifact("net", type="model")
    model.add_file("train.py")
    run.log_artifact(model).wait()
`;

const quickstart = "/my-team/registry_quickstart";
const collection = "/orgs/my-org/registry/model?selectionPath=my-org%2Fwandb-registry-model%2Ffirst-collection";

let page: Page;
let said = "";

/** What the button of this name copies. */
async function copied(name: RegExp): Promise<string> {
	await page.getByRole("button", { name }).first().click();
	return String(await page.evaluate("navigator.clipboard.readText()"));
}

const heading = (text: string) => page.locator("h1").filter({ hasText: text }).waitFor();
const tab = (name: string) => page.locator(".tabs").getByRole("link", { name, exact: true }).click();

async function pick(name: string, option: RegExp): Promise<void> {
	await page.getByRole("combobox", { name, exact: true }).click();
	await page.getByRole("option", { name: option }).click();
}

beforeAll(async () => {
	const context = await signed.window({ permissions: ["clipboard-read", "clipboard-write"] });
	page = await context.newPage();
	page.setDefaultTimeout(60_000);
});
afterAll(() => page?.context().close());

test("the real client fills the server", async () => {
	const client = newClient(newest, server);
	const first = await client.script(printed);
	expectSuccess(first);
	said = first.output;
	expectSuccess(await client.script(rowsScript));
});

describe("what a version is in its project", () => {
	test("S4-34 the addresses that the terminal prints lead to the project and to its run", async () => {
		const addresses = said.match(new RegExp(`${server.url}/\\S+`, "g")) ?? [];
		const project = addresses.find((address) => address.endsWith(quickstart)) ?? "none printed";
		await page.goto(project);
		await heading("registry_quickstart");
		await page.goto(addresses.find((address) => address.includes("/runs/")) ?? "none printed");
		await page.getByRole("link", { name: "gemma-finetuned:v0" }).first().waitFor();
	});

	test("S1-29…31, S2-16, S2-17 Artifacts in the project's menu leads to its types, and to a version's overview", async () => {
		await page.goto(quickstart);
		await page.getByRole("navigation", { name: "Project" }).getByRole("link", { name: "Artifacts" }).click();
		await page.waitForURL(`**${quickstart}/artifacts`);
		for (const type of ["dataset", "model"]) await page.getByText(type, { exact: true }).first().waitFor();
		await page.getByRole("link", { name: "gemma-finetuned" }).first().click();
		await heading("gemma-finetuned");
		const types = page.getByRole("treeitem", { level: 1 });
		await types.filter({ hasText: "dataset" }).waitFor();
		await page.getByRole("checkbox", { name: /^Show generated types/ }).check();
		await types.filter({ hasText: "code" }).waitFor();
		await page.getByRole("table", { name: "Versions" }).getByRole("link", { name: "v0", exact: true }).click();
		await heading("gemma-finetuned:v0");
		await page.getByRole("button", { name: "Link to registry" }).waitFor();
	});

	test("S1-07 the source version is in its project and says where it is linked", async () => {
		await page.goto(`${quickstart}/artifacts/model/gemma-finetuned/v0`);
		await page.getByRole("link", { name: "wandb-registry-model/first-collection:v0" }).click();
		await heading("first-collection:v0");
		await page.getByRole("link", { name: "gemma-finetuned:v0" }).first().click();
		await page.waitForURL(`**${quickstart}/artifacts/model/gemma-finetuned/v0`);
	});

	test("S2-06, S2-12 a run says its job type and shows the table that it logged", async () => {
		await page.goto(quickstart);
		await page.getByRole("link", { name: "calm-heron-7" }).first().click();
		await heading("calm-heron-7");
		await page.getByText("evaluate", { exact: true }).first().waitFor();
		await tab("Media");
		await page.getByRole("cell", { name: "vixen" }).first().waitFor();
	});

	test("S3-12, S3-33, S3-35 TTL, code and metadata as the client set them", async () => {
		await page.goto(`${quickstart}/artifacts/dataset/animals/v0`);
		await page.getByText("7 days").first().waitFor();
		await tab("Metadata");
		await page
			.getByRole("row", { name: "rows 4,711" })
			.or(page.getByRole("row", { name: "rows 4711" }))
			.waitFor();
		await page.goto(`${quickstart}/artifacts/code/sources/v0/files`);
		await page.getByText("print('train')").waitFor();
	});

	test("S1-53, S1-59 what was logged under a personal entity is not linked, and the way out is told", async () => {
		await page.goto("/admin/private-things/artifacts/model/net/v0");
		await page.getByRole("button", { name: "Link to registry" }).click();
		await page.getByRole("alert").getByText('wandb.init(entity="TEAM")').waitFor();
		await page.keyboard.press("Escape");
	});
});

describe("what a version is in the registry", () => {
	test("S1-22…28 from a collection: my teams, their projects, only artifacts of its type, their versions", async () => {
		await page.goto("/orgs/my-org/registry/model");
		await page.getByRole("button", { name: "Actions for first-collection" }).click();
		await page.getByRole("menuitem", { name: "Link new version" }).click();
		await page.getByRole("combobox", { name: "Team", exact: true }).click();
		expect(await page.getByRole("option").allTextContents()).toEqual(["my-team"]);
		await page.keyboard.press("Escape");
		await page.getByRole("dialog").waitFor();
		await pick("Project", /^registry_quickstart$/);
		await page.getByRole("combobox", { name: "Artifact", exact: true }).click();
		await page.getByRole("option", { name: "gemma-finetuned" }).waitFor();
		expect(await page.getByRole("option").allTextContents()).toEqual(["gemma-finetuned"]);
		await page.getByRole("option", { name: "gemma-finetuned" }).click();
		await page.getByRole("combobox", { name: "Version", exact: true }).click();
		await page.getByRole("option", { name: /^v0 .*linked as v0/ }).waitFor();
		await page.goto(collection);
	});

	test("S1-38…40, S4-05 its files and its uses are there as in the project", async () => {
		await page.goto(`${collection}&view=membership&version=v0`);
		await tab("Files");
		await page.getByText(/^Model: 0\.\d+/).waitFor();
		await tab("Usage");
		await page.getByRole("table").getByRole("link", { name: "calm-heron-7" }).waitFor();
	});

	test("S4-06, S4-07 who used a collection and what was done to it can be read", async () => {
		await page.goto(collection);
		await page.getByRole("link", { name: "calm-heron-7" }).waitFor();
		await page.getByRole("button", { name: "Actions for first-collection" }).click();
		await page.getByRole("menuitem", { name: "Action History" }).click();
		await page.getByText(/linked \S+:v0 as v0/).waitFor();
	});

	test("S1-49…52, S4-10, S4-47 a version is promoted by an alias; its copied name is what code calls it", async () => {
		await page.goto(`${collection}&view=membership&version=v0`);
		const name = await copied(/^Copy: Full Name/);
		expect(name).toBe("wandb-registry-model/first-collection:v0");
		await page.getByRole("button", { name: "Add alias" }).press("Enter");
		await page.keyboard.type("production");
		await page.keyboard.press("Enter");
		await page.getByRole("button", { name: "Remove alias production" }).waitFor();
		await page.waitForLoadState("networkidle");
		const promoted = await newClient(newest, server).script(
			`import json, wandb\napi = wandb.Api()\nnames = [${JSON.stringify(name)}, "wandb-registry-model/first-collection:production"]\nprint("RESULT", json.dumps([api.artifact(n).id for n in names]))`,
		);
		expectSuccess(promoted);
		const ids = reported(promoted);
		expect(Array.isArray(ids) && ids.length === 2 && ids[0] === ids[1], promoted.output).toBe(true);
	});

	test("S1-61…67 an empty collection teaches how to link; what it says is copied and runs; it is deleted again", async () => {
		await page.goto("/registry/");
		await page
			.getByRole("main")
			.getByRole("link", { name: /^Dataset/ })
			.first()
			.click();
		await heading("Dataset");
		await page.getByRole("button", { name: "Create collection" }).click();
		await page.getByRole("dialog").getByLabel("Name").fill("raw images");
		await page.keyboard.press("Enter");
		await heading("raw images");
		await page.getByText("No versions yet").waitFor();
		const code = await copied(/^Copy: No versions yet/);
		for (const part of ['ORG = "my-org"', 'REGISTRY = "dataset"', 'COLLECTION = "raw images"', ".link_artifact("]) {
			expect(code).toContain(part);
		}
		expectSuccess(await newClient(newest, server).script(code));
		// The page that is open hears of it.
		await page.getByRole("table").getByRole("link", { name: "v0", exact: true }).waitFor();
		await page.getByRole("button", { name: "Actions for raw images" }).click();
		await page.getByRole("menuitem", { name: "Delete" }).click();
		await page.getByLabel("Type raw images to confirm").fill("raw images");
		await page.keyboard.press("Enter");
		await heading("Dataset");
		await page.getByRole("link", { name: "raw images" }).waitFor({ state: "detached" });
		await page.goto(`${quickstart}/artifacts/dataset/my_artifact/v0`);
		await heading("my_artifact:v0");
	});
});
