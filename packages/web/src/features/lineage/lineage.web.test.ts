import { readFile } from "node:fs/promises";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawnNames, listedNames } from "../../testing/read-picture.ts";
import { makeRun } from "../../testing/seed-lineage.ts";
import { peoplesPassword, seedPeople } from "../../testing/seed-people.ts";
import { seedWalk } from "../../testing/seed-walk.ts";
import { accessibilityFaults, openIn, startWorld, type World } from "../../testing/world.ts";

let world: World;
/** A member of the team who may not see its project `secret`. */
let tariq: Awaited<ReturnType<typeof signedInAs>>;
const zoo = "/my-team/zoo";
const model = `${zoo}/artifacts/model/zoo-ylbchv20/v0`;
const dataset = `${zoo}/artifacts/dataset/split_zoo_dataset/v0`;
const retired = /^zoo-retired:v0 \(deleted\), /;

beforeAll(async () => {
	world = await startWorld();
	await seedPeople(world.client);
	await seedWalk(world.client);
	tariq = await signedInAs("tariq");
	await makeRun(world.client, { name: "lonely", displayName: "lonely-cloud-1", jobType: "train" });
});
afterAll(() => world?.stop());

/** A window in which a small graph is seen whole, near enough for cards. */
const wide = { viewport: { width: 3_200, height: 1_800 } };

async function open(path: string, options: BrowserContextOptions = {}) {
	const context = await world.newContext({ ...wide, ...options });
	return { context, ...(await openIn(context, path)) };
}

const panelOf = (page: Page) => page.getByRole("complementary", { name: "Details" });
const stageOf = (page: Page) => page.locator(".lineage-stage");
/** A card by what it is called; its label goes on with its type and its numbers of inputs and outputs. */
const cardOf = (page: Page, name: string | RegExp) =>
	stageOf(page).getByRole("button", { name: name instanceof RegExp ? name : new RegExp(`^${name}, `) });
const names = async (page: Page) => (await drawnNames(page)).sort();
const searchOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

async function fact(page: Page, name: string): Promise<string> {
	const term = panelOf(page).locator("dt", { hasText: new RegExp(`^${name}$`) });
	return (await term.first().locator("xpath=following-sibling::dd[1]").textContent()) ?? "";
}

test("document 000: a version's Lineage tab; a run and an artifact are clicked and read; +N, back and a deep link", async () => {
	const { context, page, faults } = await open(model);
	await page.locator(".tabs").getByRole("link", { name: "Lineage" }).click();
	await cardOf(page, "rural-feather-20").click();
	await expect.poll(() => fact(page, "Run ID")).toBe("train");
	expect(await fact(page, "Run")).toBe("rural-feather-20");
	expect(await fact(page, "State")).toContain("Finished");
	expect(await fact(page, "Job type")).toBe("train");
	expect(await fact(page, "Started")).not.toBe("");
	await expect.poll(() => fact(page, "User")).toBe("admin");
	await cardOf(page, "split_zoo_dataset:v0").click();
	await expect.poll(() => fact(page, "Full Name")).toContain("my-team/zoo/split_zoo_dataset:v0");
	expect(await fact(page, "Type")).toBe("dataset");
	expect(await fact(page, "Created")).not.toBe("");
	expect(await fact(page, "Aliases")).toBe("latest");
	await expect.poll(() => fact(page, "Producers")).toBe("3");
	// The same content logged by three runs is one version with three producers (S0-07).
	for (const run of ["amber-forest-17", "quiet-lake-18", "misty-dawn-19"])
		await panelOf(page).getByRole("button", { name: run }).waitFor();
	await cardOf(page, "northern-lake-21").waitFor();
	expect(await names(page)).not.toContain("gentle-snow-16");

	await page.getByTitle("Show 1 more inputs").click();
	await cardOf(page, "gentle-snow-16").waitFor();
	const shown = page.url();
	await page.goBack();
	await cardOf(page, "gentle-snow-16").waitFor({ state: "detached" });
	await expect.poll(() => fact(page, "Full Name")).toContain("split_zoo_dataset:v0");
	await page.goForward();
	await cardOf(page, "gentle-snow-16").waitFor();
	await page.goto("about:blank");
	await page.goto(shown);
	// It may begin outside what is in sight: the picture as a whole has it.
	expect(await names(page)).toContain("gentle-snow-16");
	await expect.poll(() => fact(page, "Full Name")).toContain("split_zoo_dataset:v0");
	expect(faults).toEqual([]);
	await context.close();
});

test("path, hiding, types, artifacts only, runs only, direct, complete and Explode; each is in the address", async () => {
	const { context, page, faults } = await open(`${dataset}/lineage`);
	await cardOf(page, "northern-lake-21").click();
	await panelOf(page).getByRole("button", { name: "Path to here" }).click();
	await page.getByText("Only the ways from split_zoo_dataset:v0 to northern-lake-21 are shown").waitFor();
	const way = ["northern-lake-21", "rural-feather-20", "split_zoo_dataset:v0", "zoo-ylbchv20:v0"];
	await expect.poll(() => names(page)).toEqual(way);
	await page.getByRole("button", { name: "Show everything" }).first().click();
	await cardOf(page, "faded-moon-15").waitFor();

	await cardOf(page, "faded-moon-15").click();
	await panelOf(page).getByRole("button", { name: "Hide" }).click();
	await cardOf(page, "faded-moon-15").waitFor({ state: "detached" });
	await page.getByRole("button", { name: "Types (1 left out)" }).click();
	await page.getByRole("checkbox", { name: /^evaluate run/ }).uncheck();
	await cardOf(page, "northern-lake-21").waitFor({ state: "detached" });
	await page.getByRole("button", { name: "Show 1 hidden again" }).click();
	await cardOf(page, "faded-moon-15").waitFor();
	await page.keyboard.press("Escape");
	expect(searchOf(page)).toMatchObject({ without: "run%2Fevaluate" });
	await page.getByRole("button", { name: "Back to the start" }).click();
	await cardOf(page, "northern-lake-21").waitFor();

	const only = page.getByRole("combobox", { name: "Show", exact: true });
	await only.selectOption("Artifacts only");
	await expect.poll(() => names(page)).not.toContain("rural-feather-20");
	expect((await names(page)).filter((name) => name !== "Not visible").every((name) => /:v\d/.test(name))).toBe(true);
	await only.selectOption("Runs only");
	await expect.poll(() => names(page)).not.toContain("zoo-ylbchv20:v0");
	expect(await names(page)).toContain("split_zoo_dataset:v0");
	await only.selectOption("Runs and artifacts");

	await page.getByRole("combobox", { name: "Group" }).selectOption("Group: sweeps");
	await cardOf(page, "train ×6").waitFor();
	await page.getByRole("radio", { name: "Complete" }).check();
	await expect.poll(() => names(page)).toContain("gentle-snow-16");
	await page.getByRole("button", { name: "Explode" }).click();
	await expect.poll(() => names(page)).toContain("swept:v5");
	expect(searchOf(page)).toMatchObject({ scope: "component", group: "none" });
	await page.getByRole("radio", { name: "Direct" }).check();
	await expect.poll(() => searchOf(page)).not.toHaveProperty("scope");
	expect(faults).toEqual([]);
	await context.close();
});

test("a group is looked into, ordered by a metric, one member pulled out, and opened", async () => {
	const { context, page, faults } = await open(`${dataset}/lineage?group=sweep`);
	await cardOf(page, "train ×6").click();
	const members = panelOf(page).locator(".lineage-members");
	await expect.poll(() => members.getByRole("listitem").count()).toBe(6);
	await members.getByRole("textbox", { name: "Search the members" }).fill("sweep-4");
	await expect.poll(() => members.getByRole("listitem").count()).toBe(1);
	await members.getByRole("textbox", { name: "Search the members" }).fill("");
	await members.getByRole("combobox", { name: "Order" }).selectOption("By a metric");
	await members.getByRole("textbox", { name: "Metric, e.g. val_acc" }).fill("accuracy");
	await expect.poll(async () => await members.getByRole("listitem").first().textContent()).toContain("0.6");
	await members.getByRole("button", { name: "Show brave-sweep-6 by itself" }).click();
	await cardOf(page, "brave-sweep-6").waitFor();
	await cardOf(page, "train ×5").waitFor();
	await expect.poll(() => fact(page, "Run ID")).toBe("sweep-6");
	expect(faults).toEqual([]);
	await cardOf(page, "train ×5").locator("xpath=..").getByRole("button", { name: "Open" }).click();
	await cardOf(page, "brave-sweep-1").waitFor();
	await page.getByRole("button", { name: "Back to the start" }).click();
	await cardOf(page, "train ×6").waitFor();
	expect(faults).toEqual([]);
	await context.close();
});

test("what is searched for is shown, whether it is in the picture or not; impact and list name it; all is exported", async () => {
	const { context, page, faults } = await open(`${model}/lineage`);
	const find = page.getByRole("textbox", { name: "Find in the graph" });
	await find.fill("faded");
	await page.getByRole("search").getByRole("button", { name: "faded-moon-15" }).last().click();
	await cardOf(page, "faded-moon-15").waitFor();
	await expect.poll(() => fact(page, "Run ID")).toBe("old");
	await find.fill("no such thing");
	await page.getByText("Nothing found.").waitFor();
	await page.keyboard.press("Escape");

	await page.getByRole("radio", { name: "Impact" }).check();
	await page.getByText("1 runs and 1 versions came of it.").waitFor();
	await page.getByRole("table", { name: "Impact" }).getByRole("link", { name: "zoo-evaluation:v0" }).waitFor();
	await page.getByRole("radio", { name: "List" }).check();
	const list = page.getByRole("table", { name: "Lineage as a list" });
	await list.getByRole("row", { name: /^This one zoo-ylbchv20:v0/ }).waitFor();
	await list.getByRole("row", { name: /^1 up rural-feather-20 train run Finished/ }).waitFor();

	await page.getByRole("button", { name: "Export" }).click();
	const [csv] = await Promise.all([
		page.waitForEvent("download"),
		page.getByRole("menuitem", { name: "Everything as CSV" }).click(),
	]);
	const text = await readFile(await csv.path(), "utf8");
	for (const name of ["gentle-snow-16", "swept:v5", "zoo-evaluation:v0", "hidden"]) expect(text).toContain(name);
	expect(faults).toEqual([]);
	await context.close();
});

test.each([
	["as it begins", dataset, ""],
	["with groups", dataset, "?group=sweep"],
	["all of it, nothing grouped", model, "?scope=component&group=none"],
	["with types left out", dataset, "?without=run%252Fevaluate,artifact%252Fmodel"],
	["versions only", dataset, "?only=artifact"],
	["few hops", model, "?up=1&down=1"],
])("the list names what the picture draws: %s", async (_, place, search) => {
	const { context, page, faults } = await open(`${place}/lineage${search}`, {
		storageState: await signedInAs("tariq"),
	});
	const drawn = await names(page);
	const cards = await stageOf(page)
		.locator("[data-card]")
		.evaluateAll((all) =>
			all.map((each) => each.getAttribute("aria-label")?.split(", ")[0]?.replace(" (deleted)", "")),
		);
	expect(cards.sort()).toEqual(drawn);
	await page.getByRole("radio", { name: "List" }).check();
	expect((await listedNames(page)).sort()).toEqual(drawn);
	expect(faults).toEqual([]);
	await context.close();
});

async function signedInAs(username: string) {
	const context = await world.signedIn(username, peoplesPassword);
	const state = await context.storageState();
	await context.close();
	return state;
}

test("what was deleted stays with its name; what one may not see is one stub that says nothing", async () => {
	const { context: own, page: seen } = await open(`${dataset}/lineage`);
	await cardOf(seen, "silent-owl-23").waitFor();
	await own.close();
	const { context, page, faults } = await open(`${dataset}/lineage`, { storageState: tariq });
	await cardOf(page, retired).click();
	await expect.poll(() => fact(page, "State")).toBe("deleted");
	await cardOf(page, "Not visible").click();
	await panelOf(page).getByText("Something here belongs to a project that you may not see.").waitFor();
	expect(await page.content()).not.toContain("silent-owl");
	expect(await accessibilityFaults(page)).toEqual([]);
	expect(faults).toEqual([]);
	await context.close();
});

test("a run that touched nothing tells by two lines of code how edges are made", async () => {
	const { context, page, faults } = await open(`${zoo}/runs/lonely/lineage`);
	await page.getByText("Nothing leads here, and nothing came of it yet.").waitFor();
	const code = await page.locator("main pre").textContent();
	expect(code).toContain("use_artifact(");
	expect(code).toContain("log_artifact(");
	expect(faults).toEqual([]);
	await context.close();
});

describe("by the keyboard", () => {
	const focused = async (page: Page) =>
		await page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.tagName);

	test("the graph is one stop of Tab; arrows walk along edges, Enter tells, Escape goes back", async () => {
		const { context, page, faults } = await open(`${model}/lineage`);
		await cardOf(page, "zoo-ylbchv20:v0").waitFor();
		expect(await stageOf(page).locator("[data-card][tabindex='0']").count()).toBe(1);
		expect(await stageOf(page).locator(".lineage-layer [tabindex='0']").count()).toBe(1);
		await page.getByRole("button", { name: "Export" }).focus();
		await page.keyboard.press("Tab");
		expect(await focused(page)).toMatch(/^zoo-ylbchv20:v0, model/);
		for (const [key, name] of [
			["ArrowLeft", /^rural-feather-20/],
			["ArrowLeft", /^split_zoo_dataset:v0/],
			["ArrowLeft", /^(amber|quiet|misty)/],
			["ArrowRight", /^split_zoo_dataset:v0/],
			["ArrowRight", /^rural-feather-20/],
		] as const) {
			await page.keyboard.press(key);
			await expect.poll(() => focused(page)).toMatch(name);
		}
		await page.keyboard.press("Enter");
		await expect.poll(() => fact(page, "Run ID")).toBe("train");
		await page.keyboard.press("Escape");
		await panelOf(page).waitFor({ state: "detached" });
		expect(await focused(page)).toMatch(/^rural-feather-20/);
		expect(faults).toEqual([]);
		await context.close();
	});

	test("the focus comes back to the graph from what goes: the panel, a group that opens, a card that is hidden", async () => {
		const { context, page, faults } = await open(`${dataset}/lineage?group=sweep`);
		const press = async (name: string | RegExp) => {
			await panelOf(page).getByRole("button", { name }).focus();
			await page.keyboard.press("Enter");
		};
		await cardOf(page, "train ×6").focus();
		await page.keyboard.press("Enter");
		await press("Close");
		await expect.poll(() => focused(page)).toMatch(/^train ×6/);
		await page.keyboard.press("Enter");
		await panelOf(page).getByRole("button", { name: "Hide" }).focus();
		await page.keyboard.press("Escape");
		await panelOf(page).waitFor({ state: "detached" });
		await expect.poll(() => focused(page)).toMatch(/^train ×6/);
		await page.keyboard.press("Enter");
		await press("Open all 6");
		await cardOf(page, "brave-sweep-1").waitFor();
		await expect.poll(() => focused(page)).toMatch(/, inputs \d/);
		await cardOf(page, "brave-sweep-1").focus();
		await page.keyboard.press("Enter");
		await press("Hide");
		await cardOf(page, "brave-sweep-1").waitFor({ state: "detached" });
		await expect.poll(() => focused(page)).toMatch(/, inputs \d/);
		expect(faults).toEqual([]);
		await context.close();
	});

	test("where cards are too small to be elements, the graph itself takes the focus, and an arrow comes near", async () => {
		const { context, page, faults } = await open(`${dataset}/lineage`);
		await cardOf(page, "split_zoo_dataset:v0").waitFor();
		for (let times = 0; times < 8; times++) await page.getByRole("button", { name: "Zoom out" }).click();
		await expect.poll(() => stageOf(page).locator("[data-card]").count()).toBe(0);
		await page.getByRole("button", { name: "Export" }).focus();
		await page.keyboard.press("Tab");
		expect(await focused(page)).toMatch(/^Lineage graph/);
		await page.keyboard.press("ArrowRight");
		await expect.poll(() => focused(page)).toMatch(/, inputs \d/);
		expect(faults).toEqual([]);
		await context.close();
	});
});

test("a tap selects, two fingers zoom, one finger moves", async () => {
	const context = await world.newContext({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
	const { page, faults } = await openIn(context, `${model}/lineage`);
	await cardOf(page, "zoo-ylbchv20:v0").tap();
	await expect.poll(() => fact(page, "Type")).toBe("model");
	const box = await stageOf(page).boundingBox();
	if (box === null) throw new Error("the graph is not in sight");
	const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
	const cdp = await context.newCDPSession(page);
	const touch = async (type: "touchStart" | "touchMove" | "touchEnd", points: [number, number][]) =>
		await cdp.send("Input.dispatchTouchEvent", {
			type,
			touchPoints: points.map(([px, py], id) => ({ x: px, y: py, id })),
		});
	const look = async () =>
		await page.locator(".lineage-layer").evaluate((layer) => new DOMMatrix(getComputedStyle(layer).transform).toJSON());
	const before = await look();
	await touch("touchStart", [
		[x - 20, y],
		[x + 20, y],
	]);
	for (let apart = 30; apart <= 60; apart += 10)
		await touch("touchMove", [
			[x - apart, y],
			[x + apart, y],
		]);
	await touch("touchEnd", []);
	await expect.poll(async () => (await look()).a / before.a).toBeGreaterThan(1.8);
	const zoomed = await look();
	await touch("touchStart", [[x, y]]);
	for (let far = 10; far <= 60; far += 10) await touch("touchMove", [[x + far, y]]);
	await touch("touchEnd", []);
	await expect.poll(async () => (await look()).e - zoomed.e).toBeGreaterThan(40);
	expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
	expect(faults).toEqual([]);
	await context.close();
});

describe.each([
	["en-US", "light"],
	["ja-JP", "dark"],
] as const)("%s, %s", (locale, colorScheme) => {
	test("everybody can read the graph with its panel, a group's panel, the list and the impact", async () => {
		const { context, page, faults } = await open(`${dataset}/lineage?group=sweep`, { locale, colorScheme });
		await cardOf(page, /^train ×6/).click();
		await page.locator(".lineage-members li").first().waitFor();
		expect(await accessibilityFaults(page)).toEqual([]);
		await cardOf(page, /^rural-feather-20/).click();
		await page.locator(".lineage-panel .mono").first().waitFor();
		expect(await accessibilityFaults(page)).toEqual([]);
		for (const view of ["list", "impact"]) {
			await page.goto(`${dataset}/lineage?view=${view}`);
			await page.getByRole("table").waitFor();
			expect(await accessibilityFaults(page)).toEqual([]);
		}
		expect(faults).toEqual([]);
		await context.close();
	});
});

test("日本語: the tab, a run, a version, the path between them, the list", async () => {
	const { context, page, faults } = await open(model, { locale: "ja-JP" });
	await page.locator(".tabs").getByRole("link", { name: "リネージ" }).click();
	await cardOf(page, /^rural-feather-20、train run、入力 1、出力 1$/).click();
	const panel = page.getByRole("complementary", { name: "詳細" });
	await panel.getByText("rural-feather-20").first().waitFor();
	await cardOf(page, /^split_zoo_dataset:v0、dataset、入力 3、出力 9$/).click();
	await panel.getByText("my-team/zoo/split_zoo_dataset:v0").waitFor();
	await panel.getByRole("button", { name: "ここまでの経路" }).click();
	await page.getByText("までの経路のみを表示しています").waitFor();
	await page.getByRole("radio", { name: "一覧" }).check();
	await page.getByRole("table", { name: "リネージの一覧" }).getByRole("link", { name: "rural-feather-20" }).waitFor();
	expect(faults).toEqual([]);
	await context.close();
});
