import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { type Client, expectSuccess, newClient } from "../python/run-script.ts";
import { clientVersions } from "../python/setup.mjs";
import { useServer } from "../server.ts";
import { useBrowser } from "./browser.ts";

const root = resolve(import.meta.dirname, "../..");
const newest = clientVersions[0]?.version ?? "";
const server = useServer();
const signed = useBrowser(server);

function read(...path: string[]): string {
	return readFileSync(join(root, "examples", ...path), "utf8");
}

/** The demo's pipeline, and document 004's own script. */
async function fill(client: Client): Promise<void> {
	expectSuccess(await client.script(read("demo", "zoo.py"), { timeoutMs: 240_000 }));
	expectSuccess(await client.script(read("S4-C1.py"), { timeoutMs: 120_000 }));
}

test("the real client fills the server", async () => {
	await fill(newClient(newest, server));
});

const languages = [
	{
		locale: "en-US",
		registry: "Registry",
		showMetrics: "Show metrics",
		fullName: "Full Name",
		tabs: { metadata: "Metadata", usage: "Usage", lineage: "Lineage" },
		linkToRegistry: "Link to registry",
		nextStep: "Next step",
		actionsFor: (name: string) => `Actions for ${name}`,
		linkNew: "Link new version",
		fields: { project: "Project", artifact: "Artifact", version: "Version" },
		linkVersion: "Link version",
		runId: "Run ID",
		promoted: "zoo-en",
	},
	{
		locale: "ja-JP",
		registry: "レジストリ",
		showMetrics: "メトリクスを表示",
		fullName: "フルネーム",
		tabs: { metadata: "メタデータ", usage: "使い方", lineage: "リネージ" },
		linkToRegistry: "レジストリにリンク",
		nextStep: "次のステップ",
		actionsFor: (name: string) => `${name} の操作`,
		linkNew: "新しいバージョンをリンク",
		fields: { project: "プロジェクト", artifact: "アーティファクト", version: "バージョン" },
		linkVersion: "バージョンをリンク",
		runId: "Run ID",
		promoted: "zoo-ja",
	},
] as const;

describe.each(languages)("$locale", (words) => {
	let page: Page;
	beforeAll(async () => {
		const context = await signed.window({ locale: words.locale, viewport: { width: 1440, height: 900 } });
		page = await context.newPage();
		return () => context.close();
	});
	const heading = (text: string) => page.locator("h1").filter({ hasText: text }).waitFor();
	const tab = (name: string) => page.locator(".tabs").getByRole("link", { name, exact: true }).click();

	test("document 004: Applications, Registry, Model, first-collection, its version", async () => {
		await page.goto("/");
		await page.getByRole("link", { name: words.registry, exact: true }).first().click();
		await heading(words.registry);
		await page
			.locator("main")
			.getByRole("link", { name: /^Model/ })
			.first()
			.click();
		await heading("Model");
		await page.getByRole("link", { name: "first-collection", exact: true }).click();
		await heading("first-collection");
		await page.getByRole("table").getByRole("link", { name: "v0", exact: true }).click();
		await heading("first-collection:v0");
		await page.getByText("wandb-registry-model/first-collection:v0").first().waitFor();
		await page.getByRole("link", { name: "gemma-finetuned:v0" }).first().waitFor();
	});

	test("document 001: metrics across versions, then a version's full name, metadata, usage and lineage", async () => {
		await page.goto("/orgs/my-org/registry/model");
		await page.getByRole("link", { name: "Zoo Classifier", exact: true }).click();
		await page.getByRole("button", { name: words.showMetrics }).click();
		await page.getByRole("columnheader", { name: "val_acc" }).first().waitFor();
		await page.getByRole("table").getByRole("link", { name: "v0", exact: true }).click();
		await heading("Zoo Classifier:v0");
		await page.getByText(words.fullName, { exact: true }).waitFor();
		await page.getByText("wandb-registry-model/Zoo Classifier:v0").first().waitFor();
		await tab(words.tabs.metadata);
		await page.getByRole("row").filter({ hasText: "architecture" }).waitFor();
		await tab(words.tabs.usage);
		await page.getByText('use_artifact("').first().waitFor();
		expect(await page.locator("main").textContent()).toContain("wandb-registry-model/Zoo Classifier:v0");
	});

	test("document 000: the lineage of a registry's version, a run and an artifact in it clicked and read", async () => {
		await page.goto(
			"/orgs/my-org/registry/model?selectionPath=my-org%2Fwandb-registry-model%2FZoo%20Classifier&view=membership&version=v0",
		);
		await tab(words.tabs.lineage);
		const run = page.getByRole("button", { name: /^amber-forest-17\b.*preprocess/ });
		await run.click();
		const panel = page.locator(".lineage-panel");
		await panel.getByText(words.runId, { exact: true }).waitFor();
		await panel.getByRole("link", { name: "amber-forest-17" }).waitFor();
		await page
			.locator(".lineage-stage")
			.getByRole("button", { name: /^split_zoo_dataset:v0\b/ })
			.click();
		await panel.getByText("my-team/zoo/split_zoo_dataset:v0").waitFor();
		await panel.getByText("dataset", { exact: true }).first().waitFor();
		expect(await panel.textContent()).toContain("clean");
	});

	test("document 001: from a version to the registry", async () => {
		await page.goto("/my-team/zoo/artifacts");
		await page.goto("/my-team/zoo/artifacts/model/zoo-classifier/v1");
		await page.getByRole("button", { name: words.linkToRegistry }).click();
		const drawer = page.getByRole("dialog");
		await drawer.getByRole("radio", { name: "Zoo Classifier" }).waitFor();
		await page.keyboard.type(words.promoted);
		await drawer.getByRole("radio", { name: words.promoted }).check();
		await drawer.getByRole("button", { name: words.nextStep }).click();
		await drawer.getByRole("button", { name: words.linkToRegistry }).click();
		await page.getByRole("status").getByRole("link").click();
		await heading(`${words.promoted}:v0`);
	});

	test("document 001: from a collection, Team, Project, Artifact, Version", async () => {
		await page.goto("/orgs/my-org/registry/model");
		await page.getByRole("button", { name: words.actionsFor(words.promoted) }).click();
		await page.getByRole("menuitem", { name: words.linkNew }).click();
		const panel = page.getByRole("dialog");
		for (const [name, option] of [
			[words.fields.project, /^zoo$/],
			[words.fields.artifact, /^zoo-classifier$/],
			[words.fields.version, /^v2\b/],
		] as const) {
			await panel.getByRole("combobox", { name, exact: true }).click();
			await page.getByRole("option", { name: option }).click();
		}
		await panel.getByRole("button", { name: words.linkVersion }).click();
		await page.getByText(`wandb-registry-model/${words.promoted}:v1`).first().waitFor();
	});
});
