import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedLineage } from "../../testing/seed-lineage.ts";
import { seedRegistry } from "../../testing/seed-registry.ts";
import { accessibilityFaults, openIn, startWorld, type World } from "../../testing/world.ts";

let world: World;

beforeAll(async () => {
	world = await startWorld();
	await seedLineage(world.client);
	await seedRegistry(world.client);
});
afterAll(() => world?.stop());

const model = "/orgs/my-org/registry/model";
const selectionOf = (name: string) => `${model}?selectionPath=my-org%2Fwandb-registry-model%2F${name}`;
const zoo = selectionOf("zoo-classifier");
const dialog = (page: Page) => page.getByRole("dialog");
const rowOf = (page: Page, name: string) =>
	page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });

async function choose(page: Page, menu: string, item: string): Promise<void> {
	await page.getByRole("button", { name: menu, exact: true }).click();
	await page.getByRole("menuitem", { name: item, exact: true }).click();
}

test("the landing tells of each registry who sees it, what it takes and how much is in it", async () => {
	const { page, faults } = await world.open("/registry/");
	const card = page.getByRole("link", { name: /^Model/ });
	for (const text of ["3 collections", "5 versions", "1 member", "Organization"]) await card.getByText(text).waitFor();
	const golden = page.getByRole("link", { name: /^Golden Datasets/ });
	for (const text of ["Restricted", "raw-images", "0 collections"]) await golden.getByText(text).waitFor();
	const headings = await page.getByRole("heading", { level: 2 }).allTextContents();
	expect(headings).toEqual(["Core registries", "Custom registry"]);
	expect(faults).toEqual([]);
	await page.close();
});

test("the search finds registries, collections by name and tag, versions by alias, and is an address", async () => {
	const { page } = await world.open("/registry");
	const search = page.getByRole("searchbox", { name: "Search the Registry" });
	await search.fill("vision");
	await search.press("Enter");
	await page.waitForURL("**/registry?q=vision");
	await page.getByRole("table", { name: "Collections" }).getByRole("link", { name: "zoo-classifier" }).waitFor();
	await search.fill("STAG");
	await search.press("Enter");
	await page.getByRole("table", { name: "Versions" }).getByRole("link", { name: "zoo-classifier:v3" }).waitFor();
	await search.fill("golden");
	await search.press("Enter");
	await page.getByRole("link", { name: /^Golden Datasets/ }).waitFor();
	await search.fill("no such thing");
	await search.press("Enter");
	await page.getByText("Nothing in my-org has “no such thing”").waitFor();
	await page.goBack();
	await page.getByRole("link", { name: /^Golden Datasets/ }).waitFor();
	await page.close();
});

test("a registry is created; a name that is taken and one that cannot be are refused beside the field", async () => {
	const { page } = await world.open("/registry");
	await page.getByRole("button", { name: "Create registry" }).click();
	const form = dialog(page);
	const submit = form.getByRole("button", { name: "Create registry" });
	await form.getByLabel("Name").fill("golden datasets");
	await form.getByText("has a registry of this name already").waitFor();
	await form.getByLabel("Name").fill("a/b");
	await submit.click();
	await form.getByText('"wandb-registry-a/b" cannot be the name of a project').waitFor();
	await form.getByLabel("Name").fill("Features");
	await form.getByLabel("Description").fill("Feature **tables**.");
	await form.getByRole("radio", { name: "Restricted" }).check();
	await form.getByRole("radio", { name: "Specify types" }).check();
	await form.getByText("Once saved, a type cannot be removed.").waitFor();
	await form
		.getByRole("textbox", { name: "Types" })
		.or(form.getByRole("combobox", { name: "Types" }))
		.fill("table");
	await page.keyboard.press("Enter");
	await submit.click();
	await page.waitForURL("**/orgs/my-org/registry/Features");
	await page.getByRole("heading", { level: 1, name: "Features" }).waitFor();
	await page.locator("strong", { hasText: "tables" }).waitFor();
	await page.getByText('type="table"').waitFor();
	await page.close();
});

test("collections are created with tags and a first version, filtered, edited, and deleted by their name", async () => {
	const { page } = await world.open(model);
	await page.getByRole("button", { name: "Create collection" }).click();
	const form = dialog(page);
	await form.getByLabel("Name").fill("birds");
	await form
		.getByRole("textbox", { name: "Tags" })
		.or(form.getByRole("combobox", { name: "Tags" }))
		.fill("night");
	await page.keyboard.press("Enter");
	await expect.poll(() => form.getByRole("combobox", { name: "Team" }).inputValue()).toBe("my-team");
	for (const [field, option] of [
		["Project", "zoo"],
		["Artifact", "net"],
		["Version", /^v5 · latest/],
	] as const) {
		await form.getByRole("combobox", { name: field, exact: true }).click();
		await page.getByRole("option", { name: option }).click();
	}
	await form.getByRole("button", { name: "Create collection" }).click();
	await page.getByRole("heading", { level: 1, name: "birds" }).waitFor();
	await rowOf(page, "v0").getByRole("link", { name: "net:v5" }).waitFor();
	await choose(page, "Actions for birds", "Edit");
	await dialog(page).getByLabel("Name").fill("owls");
	await dialog(page).getByRole("button", { name: "Save" }).click();
	await page.getByRole("heading", { level: 1, name: "owls" }).waitFor();

	await page.goto(model);
	await page.getByRole("button", { name: "night" }).click();
	await page.waitForURL("**tag=night");
	await rowOf(page, "zoo-classifier").waitFor({ state: "detached" });
	await rowOf(page, "owls").waitFor();
	await page.getByRole("button", { name: "Show collections of all tags" }).click();
	await page.getByRole("searchbox", { name: "Filter by name, tag or alias" }).fill("OWL");
	await page.waitForURL("**q=OWL");
	await rowOf(page, "zoo-classifier").waitFor({ state: "detached" });
	await choose(page, "Actions for owls", "Delete");
	await dialog(page).getByText("The source versions stay").waitFor();
	await dialog(page).getByLabel("Type owls to confirm").fill("owls");
	await dialog(page).getByRole("button", { name: "Delete collection" }).click();
	await rowOf(page, "owls").waitFor({ state: "detached" });
	await page.close();
});

test("the card is edited in place: description, tags; the history tells it", async () => {
	const { page } = await world.open(zoo);
	await page.getByRole("link", { name: "calm-heron-7" }).waitFor();
	await page.getByRole("button", { name: "Edit Description" }).click();
	await page.getByRole("textbox", { name: "Description" }).fill("Now with **birds**.");
	await page.keyboard.press("Control+Enter");
	await page.locator("strong", { hasText: "birds" }).waitFor();
	await page.getByRole("button", { name: "Add tag" }).click();
	await page.keyboard.type("checked");
	await page.keyboard.press("Enter");
	await page.keyboard.press("Escape");
	await page.getByRole("button", { name: "Remove tag vision" }).click();
	await page.getByRole("button", { name: "Remove tag vision" }).waitFor({ state: "detached" });
	await choose(page, "Actions for zoo-classifier", "Action History");
	await page.waitForURL("**panel=history");
	const entries = page.getByRole("list", { name: "Action History" });
	await entries.getByText("Now with **birds**.").waitFor();
	for (const text of ["added the alias prod to v2", "linked net:v4 as v3", "created the collection", "used v2"]) {
		await entries.getByText(text).first().waitFor();
	}
	expect(await entries.locator(".change").first().textContent()).toBe("− vision");
	await entries.locator("del", { hasText: "vision" }).waitFor();
	const source = await entries.getByRole("link", { name: "net:v4" }).getAttribute("href");
	expect(source).toBe("/my-team/zoo/artifacts/model/net/v4");
	const used = await entries.getByRole("link", { name: "v2", exact: true }).getAttribute("href");
	expect(used).toContain("version=v2");
	await page.keyboard.press("Escape");
	await dialog(page).waitFor({ state: "detached" });
	expect(new URL(page.url()).searchParams.has("panel")).toBe(false);
	await page.close();
});

test("metrics are compared: columns, an order, a chart that the keyboard walks; no button without metrics", async () => {
	const { page } = await world.open(zoo);
	await page.getByRole("button", { name: "Show metrics" }).click();
	await page.getByRole("columnheader", { name: "accuracy" }).getByRole("button").click();
	await page.waitForURL(/sort=%2Bmetric%3Asummary\.accuracy/);
	const first = page.getByRole("table", { name: "Versions" }).getByRole("row").nth(1);
	await first.getByText("0.71").waitFor();
	const chart = page.getByRole("slider", { name: "accuracy across versions" });
	expect(await chart.getAttribute("aria-valuetext")).toBe("v3: 0.91");
	await chart.press("ArrowLeft");
	expect(await chart.getAttribute("aria-valuetext")).toBe("v2: 0.76");
	expect(await accessibilityFaults(page)).toEqual([]);
	await chart.press("Enter");
	await page.waitForURL(/version=v2/);
	await page.goto(selectionOf("empty-cage"));
	await page.getByText("No versions yet").waitFor();
	const code = await page.locator("pre").first().textContent();
	expect(code).toContain('ORG = "my-org"\nREGISTRY = "model"\nCOLLECTION = "empty-cage"');
	expect(await page.getByRole("button", { name: "Show metrics" }).count()).toBe(0);
	await page.close();
});

/** Opens a row's menu, then the panel, and links `net:v5`, without a pointer. */
async function linkByKeyboard(page: Page): Promise<void> {
	const { keyboard } = page;
	const focused = page.locator(":focus");
	await page.getByRole("button", { name: "Actions for zoo-classifier" }).focus();
	await keyboard.press("Enter");
	const item = page.getByRole("menuitem", { name: "Link new version" });
	await item.waitFor();
	for (let press = 0; press < 3 && !(await item.and(focused).isVisible()); press += 1)
		await keyboard.press("ArrowDown");
	await item.and(focused).waitFor();
	await keyboard.press("Enter");
	for (const [name, text, option] of [
		["Project", "zo", /^zoo$/],
		["Artifact", "ne", /^net$/],
		["Version", "v5", /^v5 · latest/],
	] as const) {
		await dialog(page).getByRole("combobox", { name, exact: true }).and(focused).waitFor();
		await keyboard.type(text);
		await page.getByRole("option", { name: option }).waitFor();
		await keyboard.press("ArrowDown");
		await keyboard.press("Enter");
		await keyboard.press("Tab");
	}
	await keyboard.type("candidate");
	await keyboard.press("Enter");
	await keyboard.press("Tab");
	await dialog(page).getByRole("button", { name: "Cancel" }).and(focused).waitFor();
	await keyboard.press("Tab");
	await keyboard.press("Enter");
}

test("the address of a version that the collection does not hold says so and leads to the collection", async () => {
	const { page } = await world.open(`${zoo}&view=membership&version=v99`);
	expect(await page.locator("h1").textContent()).toBe("Version not found");
	await page.getByText("v99").first().waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await page
		.getByRole("main")
		.getByRole("link", { name: /zoo-classifier/ })
		.last()
		.click();
	await page.getByRole("table", { name: "Versions" }).waitFor();
	await page.close();
});

test("the keyboard alone links a version; what is linked already is marked; the message leads there", async () => {
	const { page, faults } = await world.open(model);
	await linkByKeyboard(page);
	await page.getByText("Linked as wandb-registry-model/zoo-classifier:v4.").waitFor();
	await page.getByRole("status").getByRole("link", { name: "View" }).click();
	await page.locator("h1").filter({ hasText: "zoo-classifier:v4" }).waitFor();
	await page.goto(zoo);
	await rowOf(page, "v4").getByText("candidate").waitFor();
	await page.getByRole("button", { name: "Link new version" }).click();
	for (const [name, option] of [
		["Project", "zoo"],
		["Artifact", "net"],
	] as const) {
		await dialog(page).getByRole("combobox", { name }).click();
		await page.getByRole("option", { name: option }).click();
	}
	await dialog(page).getByRole("combobox", { name: "Version" }).click();
	const linked = page.getByRole("option", { name: /linked as v4/ });
	await linked.waitFor();
	expect(await linked.getAttribute("data-combobox-disabled")).toBe("true");
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.keyboard.press("Escape");
	await page.goto(zoo);
	await choose(page, "Actions for v4", "Unlink");
	await dialog(page).getByText("candidate").waitFor();
	await dialog(page).getByRole("button", { name: "Unlink" }).click();
	await rowOf(page, "v4").waitFor({ state: "detached" });
	expect(faults).toEqual([]);
	// Its old address leads to the collection; the one of a collection that is none says so.
	await page.goto(`${zoo}&view=membership&version=v4`);
	await page.getByText("zoo-classifier has no version v4.").waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.getByRole("link", { name: "Go to the collection zoo-classifier" }).click();
	await rowOf(page, "v3").waitFor();
	await page.goto(`${selectionOf("no-such")}&view=membership&version=v4`);
	await page.getByRole("link", { name: "Go to the home page" }).waitFor();
	await page.close();
});

test("who may only read finds no button that changes anything", async () => {
	const place = { entityName: "my-org", projectName: "wandb-registry-Shared" };
	const { createInvite } = await world.client.graphql<{ createInvite: { invite: { link: string } } }>(
		`mutation($registry: UpsertModelInput!, $collection: CreateArtifactPortfolioInput!) {
			upsertModel(input: $registry) { inserted }
			createArtifactPortfolio(input: $collection) { artifactCollection { id } }
			createInvite(input: { entityName: "my-team", email: "kim@example.org" }) { invite { link } } }`,
		{
			registry: { entityName: "my-org", name: place.projectName, access: "PRIVATE" },
			collection: { ...place, name: "rows", artifactTypeName: "dataset" },
		},
	);
	const context = await world.browser.newContext({ baseURL: world.server.url, locale: "en-US" });
	const { page } = await openIn(context, createInvite.invite.link);
	await page.getByLabel("Password", { exact: true }).fill("a password of kim");
	await page.getByRole("button", { name: "Make an account and join" }).click();
	await page.waitForURL("**/my-team");
	await page.goto("/orgs/my-org/registry/Shared");
	await rowOf(page, "rows").waitFor();
	expect(await page.getByRole("button", { name: "Create collection" }).count()).toBe(0);
	await page.getByRole("button", { name: "Actions for rows" }).click();
	await page.getByRole("menuitem", { name: "Copy path" }).waitFor();
	expect(await page.getByRole("menuitem").allTextContents()).toEqual(["View details", "Copy path"]);
	await page.getByRole("menuitem", { name: "View details" }).click();
	await page.getByText("No versions yet.").waitFor();
	for (const name of ["Link new version", "Edit Description", "Add tag"]) {
		expect(await page.getByRole("button", { name }).count(), name).toBe(0);
	}
	await page.goto("/registry?q=golden");
	await page.getByText("Nothing in my-org has “golden”").waitFor();
	await context.close();
});

const panels = ["/registry?panel=create:my-org", `${model}?panel=create`, `${zoo}&panel=history`, `${zoo}&panel=link`];

test.each([
	["ja-JP", "dark", 390, ["/registry?q=zoo", model, `${zoo}&metrics=`, selectionOf("empty-cage"), ...panels]],
	["en-US", "light", 1280, ["/registry", zoo, "/my-team/model-registry", ...panels]],
] as const)("everybody can read every page and panel: %s, %s, %i px", async (locale, colorScheme, width, paths) => {
	const context = await world.newContext({ locale, colorScheme, viewport: { width, height: 844 } });
	const { page, faults } = await openIn(context, "/registry");
	for (const path of paths) {
		await page.goto(path);
		await page.locator("h1").first().waitFor();
		await page.waitForLoadState("networkidle");
		expect(await accessibilityFaults(page), path).toEqual([]);
		const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
		expect(await page.evaluate(overflow), path).toBeLessThanOrEqual(0);
	}
	expect(faults).toEqual([]);
	await context.close();
});

test("in Japanese a version is linked and the history read", async () => {
	const context = await world.newContext({ locale: "ja-JP" });
	const { page } = await openIn(context, selectionOf("empty-cage"));
	const words = JSON.parse(readFileSync(new URL("../../i18n/ja/registry.json", import.meta.url), "utf8")).registry;
	await page.getByRole("button", { name: words.linkVersion }).click();
	for (const [name, option] of [
		[words.link.project, "zoo"],
		[words.link.artifact, "net"],
		[words.link.version, /^v0/],
	]) {
		await dialog(page).getByRole("combobox", { name, exact: true }).click();
		await page.getByRole("option", { name: option }).click();
	}
	await dialog(page).getByRole("button", { name: words.link.submit }).click();
	await page.getByText("wandb-registry-model/empty-cage:v0 としてリンクしました。").waitFor();
	await page.getByRole("button", { name: "empty-cage の操作" }).click();
	await page.getByRole("menuitem", { name: words.history }).click();
	await page.getByText("が net:v0 を v0 としてリンクしました").waitFor();
	await context.close();
});
