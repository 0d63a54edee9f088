import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BrowserContext } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { expectSuccess, newClient } from "../python/run-script.ts";
import { clientVersions } from "../python/setup.mjs";
import { useServer } from "../server.ts";
import { accessibilityFaults, useBrowser } from "./browser.ts";

const root = resolve(import.meta.dirname, "../..");
const server = useServer();
const newest = clientVersions[0]?.version ?? "";
const signed = useBrowser(server);
const pictures = join(root, ".cache/screenshots");

const selection = (registry: string, collection: string) =>
	`/orgs/my-org/registry/${registry}?selectionPath=${encodeURIComponent(`my-org/wandb-registry-${registry}/${collection}`)}`;
const model = "/my-team/zoo/artifacts/model/zoo-classifier";
const dataset = "/my-team/zoo/artifacts/dataset/split_zoo_dataset";

/** Every page of the app, and what its picture is called. */
const pages: readonly (readonly [name: string, path: string])[] = [
	["home", "/"],
	["design", "/design"],
	["authorize", "/authorize"],
	["settings", "/settings"],
	["team", "/my-team"],
	["project", "/my-team/zoo"],
	["artifacts", "/my-team/zoo/artifacts"],
	["artifact-type", "/my-team/zoo/artifacts/model"],
	["collection", model],
	["version", `${model}/v0`],
	["version-metadata", `${model}/v0/metadata`],
	["version-usage", `${model}/v0/usage`],
	["version-files", `${dataset}/v0/files`],
	["version-lineage", `${dataset}/v0/lineage`],
	["version-lineage-list", `${dataset}/v0/lineage?view=list`],
	["version-lineage-impact", `${dataset}/v0/lineage?view=impact`],
	["registries", "/registry"],
	["registry", "/orgs/my-org/registry/model"],
	["registry-collection", selection("model", "Zoo Classifier")],
	["registry-version", `${selection("model", "Zoo Classifier")}&view=membership&version=v0`],
	["legacy-registry", "/my-team/model-registry"],
	["missing", "/my-team/nothing"],
];

const looks = [
	["1440-light", { viewport: { width: 1440, height: 900 }, colorScheme: "light" }],
	["1440-dark", { viewport: { width: 1440, height: 900 }, colorScheme: "dark", locale: "ja-JP" }],
	["390-light", { viewport: { width: 390, height: 844 }, colorScheme: "light", locale: "ja-JP" }],
	["390-dark", { viewport: { width: 390, height: 844 }, colorScheme: "dark" }],
] as const;

beforeAll(() => mkdirSync(pictures, { recursive: true }));

test("the demo fills the server", async () => {
	const source = readFileSync(join(root, "examples/demo/zoo.py"), "utf8");
	expectSuccess(await newClient(newest, server).script(source, { timeoutMs: 240_000 }));
});

describe.each(looks)("%s", (look, options) => {
	let context: BrowserContext;
	beforeAll(async () => {
		context = await signed.window(options);
		return () => context.close();
	});

	test.each(pages)("the page %s fits, complains of nothing and can be read by everybody", async (name, path) => {
		const page = await context.newPage();
		const faults: string[] = [];
		page.on("pageerror", (error) => faults.push(error.message));
		await page.goto(path);
		await page.locator("h1").first().waitFor();
		await page.waitForLoadState("networkidle");
		await page.screenshot({ path: join(pictures, `${name}-${look}.png`), fullPage: true });
		expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(options.viewport.width);
		expect(faults).toEqual([]);
		expect(await accessibilityFaults(page)).toEqual([]);
		await page.close();
	});
});
