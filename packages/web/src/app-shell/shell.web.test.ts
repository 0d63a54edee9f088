import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logReference, seedLineage } from "../testing/seed-lineage.ts";
import { accessibilityFaults, answerLate, openIn, startWorld, type World } from "../testing/world.ts";

let world: World;
/** The first page, open since before anything was logged. */
let home: Page;

beforeAll(async () => {
	world = await startWorld();
	home = (await world.open("/")).page;
	await home.getByRole("heading", { name: "Log a first artifact" }).waitFor();
	expect(await accessibilityFaults(home)).toEqual([]);
	await seedLineage(world.client);
});
afterAll(() => world?.stop());

async function openPalette(page: Page): Promise<void> {
	await page.keyboard.press("Control+k");
	await page.getByRole("combobox", { name: "Search and go to" }).waitFor();
}

async function focusedName(page: Page): Promise<string | null> {
	return await page.evaluate(
		() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? null,
	);
}

test("the first page, which taught what to do first, shows what was done since without being loaded anew", async () => {
	// Told by the server: nothing is loaded anew.
	const runs = home.getByRole("table", { name: "Your recent runs" });
	await runs.getByRole("link", { name: "northern-lake-21" }).waitFor();
	await home.getByRole("table", { name: "Latest versions" }).getByRole("link", { name: "net:v0" }).waitFor();
	expect(await accessibilityFaults(home)).toEqual([]);
	await home.close();
});

test("a version that is logged elsewhere appears on the page that is open", async () => {
	const { page: collection } = await world.open("/my-team/zoo/artifacts/model/net");
	await collection.getByText("v0").first().waitFor();
	await collection.evaluate(() => document.body.setAttribute("data-same-page", "yes"));
	await logReference(world.client, { runName: "train1", name: "net", type: "model", content: "2" });
	await collection.getByRole("link", { name: /v1$/ }).first().waitFor();
	expect(await collection.evaluate(() => document.body.getAttribute("data-same-page"))).toBe("yes");
	await collection.close();
});

test("by keyboard alone one finds a version, a registry, a run, and comes back to where one was", async () => {
	const { page } = await world.open("/my-team/zoo");
	await page.getByRole("link", { name: "my-team" }).first().focus();
	const before = await focusedName(page);
	await openPalette(page);
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.keyboard.press("Escape");
	await page.getByRole("dialog").waitFor({ state: "detached" });
	expect(await focusedName(page)).toBe(before);

	await openPalette(page);
	await page.keyboard.type("net:v0");
	await page.getByRole("group", { name: "Versions" }).getByRole("option").first().waitFor();
	expect(await page.getByRole("option", { selected: true }).textContent()).toMatch(/^net:v0/);
	await page.keyboard.press("Enter");
	await page.waitForURL("**/my-team/zoo/artifacts/model/net/v0");

	await openPalette(page);
	await page.keyboard.type("first-coll");
	await page.getByRole("option", { name: /first-collection.*my-org \/ model/ }).waitFor();
	await page.keyboard.press("Enter");
	await page.waitForURL("**/orgs/my-org/registry/model?selectionPath=my-org%2Fwandb-registry-model%2Ffirst-collection");

	await openPalette(page);
	await page.keyboard.type("lake");
	await page.getByRole("option", { name: /northern-lake-21/ }).waitFor();
	await page.keyboard.press("ArrowUp");
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("Enter");
	await page.waitForURL("**/my-team/zoo/runs/train1");

	await openPalette(page);
	await page.keyboard.type("nothing is called so");
	await page.getByText("Nothing found that you may see.").waitFor();
	await page.close();
});

test("pages that one stayed on are at the top of the palette", async () => {
	const { page: nothing } = await world.open("/my-team/no-such-project");
	const { page } = await world.open("/my-team/zoo/runs/train1");
	await page.waitForFunction(() => localStorage.getItem("keifu-recent:admin")?.includes("train1"));
	await page.goto("/");
	await page.locator("h1").waitFor();
	await openPalette(page);
	await page
		.getByRole("group", { name: "Recent" })
		.getByRole("option", { name: /northern-lake-21/ })
		.waitFor();
	expect(await page.getByRole("option", { name: /no-such-project/ }).count()).toBe(0);
	await nothing.close();
	await page.close();
});

test("a page that is long in coming is not remembered by the name of the one before", async () => {
	const context = await world.newContext();
	const { page } = await openIn(context, "/my-team/zoo");
	await page.evaluate(() => localStorage.removeItem("keifu-recent:admin"));
	await answerLate(page, "RunPage", 4_000);
	await page.getByRole("link", { name: "northern-lake-21" }).first().click();
	const titles = await page.evaluate(async () => {
		const seen = new Set<string>();
		for (const end = performance.now() + 10_000; performance.now() < end; ) {
			const kept: { href: string; title: string }[] = JSON.parse(localStorage.getItem("keifu-recent:admin") ?? "[]");
			for (const { title } of kept.filter(({ href }) => href.includes("train1"))) seen.add(title);
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		return [...seen];
	});
	expect(titles).toEqual(["northern-lake-21"]);
	await context.close();
});

test("single keys lead to the usual places, but not while one types", async () => {
	const { page } = await world.open("/my-team");
	await page.keyboard.press("g");
	await page.keyboard.press("r");
	await page.waitForURL("**/registry");
	await page.keyboard.press("?");
	const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
	await keys.waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.keyboard.press("Escape");
	await keys.waitFor({ state: "detached" });
	await page.keyboard.press("[");
	await page.locator(".frame.collapsed").waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.keyboard.press("[");
	await page.locator(".frame:not(.collapsed)").waitFor();
	await page.goto("/my-team");
	await page.getByRole("main").getByRole("searchbox", { name: "Find a project" }).fill("g");
	await page.keyboard.press("?");
	expect(await page.getByRole("dialog").count()).toBe(0);
	await page.close();
});

test("a team's projects are found by name, and the address keeps what was looked for", async () => {
	const { page } = await world.open("/my-team");
	await page.getByRole("main").getByRole("searchbox", { name: "Find a project" }).fill("ZO");
	await page.waitForURL("**/my-team?q=ZO");
	await page.getByRole("table", { name: "Projects" }).getByRole("link", { name: "zoo" }).waitFor();
	await page.getByRole("button", { name: "Project", exact: true }).click();
	await page.waitForURL("**/my-team?q=ZO&order=%2Bname");
	await page.goto("/my-team?q=nothing");
	await page.getByText("No project with nothing in its name").waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.close();
});

test("a server that cannot be reached is said to be so, and the page goes on when it is back", async () => {
	const context = await world.newContext();
	const { page } = await openIn(context, "/my-team/zoo");
	await context.setOffline(true);
	await page.getByText("The server cannot be reached.").waitFor();
	await context.setOffline(false);
	await page.getByText("The server cannot be reached.").waitFor({ state: "detached" });
	await context.close();
});

test("every component can be seen on one page, light and dark, and read", async () => {
	for (const colorScheme of ["light", "dark"] as const) {
		const context = await world.newContext({ colorScheme });
		const { page, faults } = await openIn(context, "/design");
		await page.getByRole("heading", { name: "Empty and loading" }).waitFor();
		expect(await accessibilityFaults(page), colorScheme).toEqual([]);
		expect(faults).toEqual([]);
		await page.goto(colorScheme === "dark" ? "/" : "/my-team/nothing");
		await page.locator("h1").waitFor();
		expect(await accessibilityFaults(page), colorScheme).toEqual([]);
		await context.close();
	}
});

test("the team is changed by keyboard, its settings are on its page, and the menu marks where one is", async () => {
	const { page, faults } = await world.open("/admin");
	const switcher = page.getByRole("button", { name: /^Switch/ });
	await switcher.focus();
	const items = page.getByRole("menuitem");
	const openMenu = async () => {
		await page.keyboard.press("Enter");
		await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "menuitem");
	};
	await openMenu();
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.keyboard.press("Escape");
	await items.first().waitFor({ state: "detached" });
	expect(await focusedName(page)).toContain("Switch");
	await openMenu();
	await page.keyboard.type("my-t");
	await page.keyboard.press("Enter");
	await page.waitForURL("**/my-team");
	await page.getByRole("main").getByRole("link", { name: "Settings" }).press("Enter");
	await page.waitForURL("**/orgs/my-org/teams/my-team/settings");
	const current = page
		.getByRole("navigation", { name: "Applications" })
		.locator("[aria-current]", { hasText: "Registry" });
	expect(await current.count()).toBe(0);
	await page.goto("/orgs/my-org/registry/model/settings");
	await current.waitFor();
	expect(faults).toEqual([]);
	await page.close();
});

// What is only fetched ahead, for what the reader may do next, does not count: asked to save data, the app leaves it.
const savesData = () => Object.defineProperty(navigator, "connection", { value: { saveData: true } });

test.each([
	["/login", "button", "Sign in"],
	["/registry", "heading", "Registry"],
	["/orgs/my-org/registry/model", "table", "Collections"],
] as const)("a first visit to %s fetches no more than 235 kB of JavaScript", async (path, role, name) => {
	const signedIn = path === "/login" ? { storageState: { cookies: [], origins: [] } } : {};
	const context = await world.newContext(signedIn);
	const page = await context.newPage();
	await page.addInitScript(savesData);
	const scripts: Promise<number>[] = [];
	page.on("response", (response) => {
		if (response.request().resourceType() !== "script") return;
		scripts.push(response.body().then((body) => gzipSync(body).length));
	});
	await page.goto(path);
	await page.getByRole(role, { name, exact: true }).waitFor();
	await page.waitForLoadState("networkidle");
	const bytes = (await Promise.all(scripts)).reduce((sum, length) => sum + length, 0);
	expect(bytes).toBeGreaterThan(50_000);
	expect(bytes).toBeLessThanOrEqual(235_000);
	await context.close();
});

test("in Japanese, on a narrow screen: the menu, the palette and the keys", async () => {
	const context = await world.newContext({ locale: "ja-JP", viewport: { width: 390, height: 800 } });
	const { page } = await openIn(context, "/my-team/zoo");
	const menu = page.getByRole("button", { name: "メニュー" });
	await menu.click();
	await page.getByRole("navigation", { name: "プロジェクト" }).waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.keyboard.press("Escape");
	await page.getByRole("navigation", { name: "プロジェクト" }).waitFor({ state: "hidden" });
	await page.getByRole("button", { name: "検索と移動" }).first().click();
	await page.getByRole("combobox", { name: "検索と移動" }).fill("net");
	await page.getByRole("group", { name: "ページ", exact: true }).waitFor({ state: "detached" });
	await page.getByRole("option", { name: /^net/ }).first().waitFor();
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
	await page.keyboard.press("Enter");
	await page.waitForURL("**/my-team/zoo/artifacts/model/net");
	await context.close();
});
