import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright-core";
import { attachEmbedded } from "../../packages/server/src/db/open-embedded.ts";
import { makeManyVersions } from "../../packages/server/src/testing/many-versions.ts";
import type { Bench, Group } from "../bench-context.ts";
import { browserOptions, mainThreadMs, signIn } from "../browser.ts";
import { textAt } from "../json.ts";
import { graphql } from "../raw-http.ts";
import { makeProject } from "../raw-version.ts";
import type { Row } from "../row.ts";

const sequence = "bench-app-versions";
const entriesProject = "bench-app-files";
const viewport = { width: 1440, height: 900 };
const mostElements = 2500;
const mostMainThreadMs = 100;
const mostFirstLoadKilobytes = 250;

/** Something a reader does on a page, and what shows that it has been done. */
type Interaction = { readonly what: string; do(page: Page): Promise<void> };

/** The app on large data: what a first visit fetches, how many elements a page has, and what the main thread does. */
export const app: Group = {
	name: "app",
	measure: async (bench) => {
		const pages = await fill(bench);
		const browser = await chromium.launch(await browserOptions());
		try {
			const rows: Row[] = [await firstLoad(browser, bench)];
			for (const { work, path, interactions } of pages)
				rows.push(...(await measurePage(browser, bench, { work, path, interactions })));
			return rows;
		} finally {
			await browser.close();
		}
	},
};

type Visit = { readonly work: string; readonly path: string; readonly interactions: readonly Interaction[] };

async function idOfProject(bench: Bench, entity: string, project: string): Promise<string> {
	const document =
		"query ($entity: String!, $project: String!) { project(name: $project, entityName: $entity) { id } }";
	const id = textAt(await graphql(bench.keifu.url, document, { entity, project }), "project", "id");
	return Buffer.from(id, "base64").toString().split(":")[1] ?? "";
}

async function fill(bench: Bench): Promise<Visit[]> {
	const { keifu, entity, scale } = bench;
	const found = await graphql(keifu.url, "{ viewer { organizations { name orgEntity { name } } } }", {});
	const org = textAt(found, "viewer", "organizations", 0, "name");
	const orgEntity = textAt(found, "viewer", "organizations", 0, "orgEntity", "name");
	await makeProject(keifu.url, entity, sequence);
	const database = await attachEmbedded(bench.keifuData);
	if (database === null) throw new Error("the server's database was not found");
	try {
		const registry = await idOfProject(bench, orgEntity, "wandb-registry-model");
		const { manyCollections } = scale;
		await makeManyVersions(database.db, {
			projectId: registry,
			collections: manyCollections,
			versions: manyCollections,
		});
		const project = await idOfProject(bench, entity, sequence);
		await makeManyVersions(database.db, { projectId: project, collections: 1, versions: scale.listedVersions });
	} finally {
		await database.close();
	}
	const parameters = { project: entriesProject, name: "entries", count: scale.entries, seed: "app" };
	await bench.client.run(keifu.url, "log-entries", parameters);
	const count = (value: number) => value.toLocaleString("en");
	return [
		{
			work: `registry of ${count(scale.manyCollections)} collections`,
			path: `/orgs/${org}/registry/model`,
			interactions: [scroll, order, openPalette],
		},
		{
			work: `collection of ${count(scale.listedVersions)} versions`,
			path: `/${entity}/${sequence}/artifacts/bench/collection-000001`,
			interactions: [scroll, order],
		},
		{
			work: `${count(scale.entries)} entries in the tree of files`,
			path: `/${entity}/${entriesProject}/artifacts/dataset/entries/latest/files`,
			interactions: [scroll],
		},
	];
}

const scroll: Interaction = {
	what: "scroll",
	do: async (page) => {
		await page.mouse.wheel(0, 900);
		await page.waitForTimeout(150);
	},
};

const order: Interaction = {
	what: "order",
	do: async (page) => {
		await page.locator("thead .sort").first().click();
		await page.waitForLoadState("networkidle");
	},
};

const openPalette: Interaction = {
	what: "open the palette",
	do: async (page) => {
		await page.keyboard.press("Control+k");
		const palette = page.getByRole("combobox", { name: "Search and go to" });
		await palette.waitFor();
		await page.keyboard.press("Escape");
		await palette.waitFor({ state: "detached" });
	},
};

/** What a browser that was never here fetches of JavaScript for the Registry's first page. */
async function firstLoad(browser: Browser, bench: Bench): Promise<Row> {
	const signedIn = await signIn(browser, bench.keifu.url, viewport);
	const cookies = await signedIn.cookies();
	await signedIn.close();
	const context = await browser.newContext({ baseURL: bench.keifu.url });
	await context.addCookies(cookies);
	const fresh = await context.newPage();
	// What is only fetched ahead, for what the reader may do next, does not count: asked to save data, the app leaves it.
	await fresh.addInitScript('Object.defineProperty(navigator, "connection", { value: { saveData: true } })');
	const scripts: Promise<number>[] = [];
	fresh.on("response", (response) => {
		if (response.request().resourceType() === "script")
			scripts.push(response.body().then((body) => gzipSync(body).length));
	});
	await fresh.goto("/registry");
	await fresh.locator("h1").first().waitFor();
	await fresh.waitForLoadState("networkidle");
	const bytes = (await Promise.all(scripts)).reduce((sum, length) => sum + length, 0);
	await context.close();
	const target = { of: "value", atMost: mostFirstLoadKilobytes } as const;
	return { work: "app: JavaScript of a first visit, gz", unit: "kB", value: bytes / 1000, beside: null, target };
}

async function measurePage(browser: Browser, bench: Bench, visit: Visit): Promise<Row[]> {
	const context = await signIn(browser, bench.keifu.url, viewport);
	const page = await context.newPage();
	const cdp = await context.newCDPSession(page);
	await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
	// From another page of the app, as most come there.
	for (const path of ["/", visit.path]) {
		await page.goto(path);
		await page.locator("h1").first().waitFor();
	}
	await page.waitForLoadState("networkidle");
	let elements = 0;
	const rows: Row[] = [];
	for (const interaction of visit.interactions) {
		let worst = 0;
		for (let time = 0; time < bench.scale.interactions; time++) {
			const before = await mainThreadMs(cdp);
			await interaction.do(page);
			worst = Math.max(worst, (await mainThreadMs(cdp)) - before);
			elements = Math.max(elements, await page.locator("*").count());
		}
		rows.push({
			work: `app: ${visit.work}: ${interaction.what}, main thread, worst`,
			unit: "CPU ms",
			value: worst,
			beside: null,
			target: { of: "value", atMost: mostMainThreadMs },
		});
	}
	await context.close();
	const target = { of: "value", atMost: mostElements } as const;
	return [
		{ work: `app: ${visit.work}: most elements in the page`, unit: "elements", value: elements, beside: null, target },
		...rows,
	];
}
