import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedLineage } from "../../testing/seed-lineage.ts";
import { seedRuns } from "../../testing/seed-runs.ts";
import { accessibilityFaults, startWorld, type World } from "../../testing/world.ts";

let world: World;
let sweep: string;

const project = "/my-team/vision";
const run = `${project}/runs/train0`;

beforeAll(async () => {
	world = await startWorld();
	await seedLineage(world.client);
	sweep = await seedRuns(world.client);
});
afterAll(() => world?.stop());

/** The names in the table of runs, from the top. */
async function listed(page: Page): Promise<string[]> {
	return await page.getByRole("table", { name: "Runs" }).locator("td.main").allInnerTexts();
}

async function search(page: Page): Promise<Record<string, string>> {
	return Object.fromEntries(new URL(page.url()).searchParams);
}

test("runs are searched, filtered, ordered and given columns; the address keeps all of it", async () => {
	const { page, faults } = await world.open(project);
	await page.getByRole("status").filter({ hasText: "9 runs" }).waitFor();
	await page.getByRole("button", { name: "Filter", exact: true }).click();
	await page.getByRole("combobox", { name: "Field" }).fill("lr");
	await page.getByRole("option", { name: "lr", exact: true }).click();
	await page.getByRole("combobox", { name: "Condition" }).selectOption(">");
	await page.getByRole("textbox", { name: "Value" }).fill("0.025");
	await page.keyboard.press("Enter");
	await page.getByText("config.lr > 0.025").waitFor();
	await page.getByRole("status").filter({ hasText: "5 runs" }).waitFor();
	await page.getByRole("button", { name: "Columns" }).click();
	await page.getByRole("searchbox", { name: "Search columns" }).fill("optim");
	await page.getByRole("checkbox", { name: "optimizer" }).check();
	await page.keyboard.press("Escape");
	await page.getByRole("columnheader", { name: "optimizer" }).waitFor();
	await page.getByRole("searchbox", { name: "Search runs by name" }).fill("-");
	await page.getByRole("button", { name: "accuracy" }).click();
	await page.getByRole("columnheader", { name: "accuracy" }).and(page.locator("[aria-sort=ascending]")).waitFor();
	await expect
		.poll(() => listed(page))
		.toEqual(["amber-dawn-3", "bold-falcon-4", "silver-birch-5", "lucky-comet-6", "sweep-run-3"]);
	expect(await search(page)).toMatchObject({
		...{ q: "-", where: '[["config.lr","gt","0.025"]]', order: "+summary_metrics.accuracy" },
		cols: expect.stringContaining("config.optimizer"),
	});
	await page.reload();
	await expect.poll(() => listed(page)).toHaveLength(5);
	await page.getByRole("button", { name: "Remove filter: config.lr > 0.025" }).click();
	await expect.poll(() => listed(page)).toHaveLength(9);
	expect(faults).toEqual([]);
	await page.close();
});

test("ticked runs are compared: curves over each other, differences marked; and deleted after a question", async () => {
	const { page, faults } = await world.open(project);
	await page.getByRole("checkbox", { name: "Select crimson-fox-1" }).check();
	await page.getByRole("checkbox", { name: "Select quiet-river-2" }).check();
	await page.getByRole("link", { name: "Compare" }).click();
	await page.getByRole("heading", { name: "Compare runs" }).waitFor();
	await page.locator(".chart canvas").first().waitFor();
	const config = page.getByRole("region", { name: "Config" });
	await config.getByRole("row", { name: /^lr \(differs\) 0.02 0.01/ }).waitFor();
	await config.getByRole("row", { name: "net.depth 18 18" }).waitFor();
	await page.getByRole("switch", { name: "Only what differs" }).press("Space");
	await config.getByRole("row", { name: "net.depth 18 18" }).waitFor({ state: "detached" });
	expect(await search(page)).toMatchObject({ differ: "1" });
	await page.getByRole("button", { name: "Take quiet-river-2 out" }).click();
	await page.getByText("All the same.").first().waitFor();
	await page.goto(project);
	await page.getByRole("checkbox", { name: "Select sweep-run-1" }).check();
	await page.getByRole("button", { name: "Delete" }).click();
	const dialog = page.getByRole("dialog", { name: "Delete 1 run?" });
	await dialog.getByText("sweep-run-1").waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await dialog.getByRole("checkbox", { name: "Delete the artifacts it logged, too" }).check();
	await dialog.getByRole("button", { name: "Delete" }).click();
	await page.getByText("1 run was deleted.").waitFor();
	await expect.poll(() => listed(page)).not.toContain("sweep-run-1");
	expect(faults).toEqual([]);
	await page.close();
});

test("a run's facts; tags, notes and name are changed in place", async () => {
	const { page, faults } = await world.open(run);
	for (const text of [
		"train.py --lr 0.01",
		"example.org/my-team/vision",
		"2 × NVIDIA A100",
		"CPython 3.12.3",
		"eval",
	]) {
		await page.getByText(text, { exact: true }).first().waitFor();
	}
	await page.getByRole("button", { name: "Add tag" }).click();
	await page.keyboard.type("best");
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "Remove tag best" }).waitFor();
	await page.keyboard.press("Escape");
	await page.getByRole("button", { name: "Edit Notes" }).click();
	await page.getByRole("textbox", { name: "Notes" }).fill("Seems **good**.");
	await page.keyboard.press("Control+Enter");
	await page.locator("strong", { hasText: "good" }).waitFor();
	await page.getByRole("button", { name: "More actions" }).click();
	await page.getByRole("menuitem", { name: "Rename run" }).click();
	await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("crimson-wolf");
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: "crimson-wolf" }).waitFor();
	await page.waitForLoadState("networkidle");
	await page.reload();
	await page.getByRole("heading", { name: "crimson-wolf" }).waitFor();
	await page.getByRole("button", { name: "Remove tag best" }).waitFor();
	await page.locator("strong", { hasText: "good" }).waitFor();
	expect(faults).toEqual([]);
	await page.close();
});

test("charts: groups, search, axis, zoom by dragging, values by the arrow keys", async () => {
	const { page, faults } = await world.open(`${run}/charts`);
	await page.getByRole("figure", { name: "train/loss" }).locator("canvas").waitFor();
	await page.getByRole("button", { name: "val 1" }).waitFor();
	await page.getByRole("searchbox", { name: "Search charts" }).fill("train");
	await page.getByRole("figure", { name: "val/accuracy" }).waitFor({ state: "detached" });
	const loss = page.getByRole("figure", { name: "train/loss" });
	await page.getByRole("application", { name: /^train\/loss/ }).press("End");
	await loss.getByRole("status").filter({ hasText: "Step 119 · 0.352692" }).waitFor();
	await page.keyboard.press("ArrowLeft");
	await loss.getByRole("status").filter({ hasText: "Step 118" }).waitFor();
	const box = await loss.locator(".u-over").boundingBox();
	if (box === null) throw new Error("the chart has no place");
	await page.mouse.move(box.x + box.width * 0.25, box.y + 20);
	await page.mouse.down();
	await page.mouse.move(box.x + box.width * 0.5, box.y + 40, { steps: 4 });
	await page.mouse.up();
	await expect.poll(async () => (await search(page)).span).toMatch(/^\d+(\.\d+)?~\d+(\.\d+)?$/);
	await page.getByRole("button", { name: "Reset zoom" }).click();
	await expect.poll(async () => (await search(page)).span).toBeUndefined();
	await page.getByText("Relative time", { exact: true }).click();
	await page.getByRole("application", { name: /^train\/loss/ }).press("End");
	await loss.getByRole("status").filter({ hasText: "Relative time 3m 59s" }).waitFor();
	await page.getByRole("searchbox", { name: "Search charts" }).fill("");
	await page.getByRole("button", { name: "System", exact: true }).click();
	await page.getByRole("figure", { name: "system.cpu" }).locator("canvas").waitFor();
	expect(faults).toEqual([]);
	await page.close();
});

test("config, summary, media, console and files, each with its search", async () => {
	const { page, faults } = await world.open(`${run}/config`);
	await page.getByRole("searchbox").fill("net.w");
	const list = page.getByRole("list", { name: "Config" });
	await expect.poll(() => list.getByRole("listitem").count()).toBe(2);
	await page.getByRole("link", { name: "Summary" }).click();
	await page.getByRole("row", { name: "loss – 0.2 1.9" }).waitFor();
	await page.getByRole("link", { name: "Media" }).click();
	await page.getByRole("img", { name: "a red square" }).waitFor();
	await page.getByRole("cell", { name: "zebra" }).waitFor();
	await page.getByRole("img", { name: /histogram of 5 bins from -1 to 1.5/ }).waitFor();
	await page.getByRole("link", { name: "Logs" }).click();
	await page.getByText("epoch 29 step 2999").waitFor();
	await page.getByText("the last 2,000 of 3,000 lines").waitFor();
	await page.getByRole("searchbox").fill("runtimewarning");
	await page.getByRole("status").filter({ hasText: "1 of 1" }).waitFor();
	await page.getByRole("searchbox").press("Enter");
	await page.locator("mark", { hasText: "RuntimeWarning" }).waitFor();
	const saved = page.waitForEvent("download");
	await page.getByRole("button", { name: "Download" }).click();
	expect((await saved).suggestedFilename()).toBe("train0.log");
	await page.getByRole("link", { name: "Files" }).click();
	await page.getByRole("button", { name: "media 2" }).click();
	await page.getByRole("button", { name: "images 1" }).click();
	await page.getByRole("button", { name: "sample.png" }).click();
	await page.getByRole("img", { name: "sample.png" }).waitFor();
	await page.getByRole("searchbox").fill("requirements");
	await page.getByRole("button", { name: "requirements.txt" }).click();
	await page.getByText("torch==2.5.0").waitFor();
	await page.keyboard.press("Escape");
	await page.getByText("torch==2.5.0").waitFor({ state: "detached" });
	expect(faults).toEqual([]);
	await page.close();
});

test("inputs and outputs with their aliases; a run is told to stop", async () => {
	const { page } = await world.open("/my-team/zoo/runs/train1/artifacts");
	const outputs = page.getByRole("table", { name: "Outputs" });
	await outputs.getByRole("row", { name: /net:v0 latest/ }).waitFor();
	await page.getByRole("table", { name: "Inputs" }).getByRole("link", { name: "animals:v0" }).waitFor();
	await page.goto(`${project}/runs/train5`);
	await page.getByRole("button", { name: "Stop" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Stop" }).click();
	await page.getByText("asked to stop", { exact: true }).waitFor();
	await page.close();
});

test("a sweep lists its runs, the best first", async () => {
	const { page } = await world.open(`${project}/sweeps`);
	await page.getByRole("link", { name: "learning rates" }).click();
	await page.getByRole("heading", { name: "learning rates" }).waitFor();
	await expect.poll(() => listed(page)).toEqual(["sweep-run-2", "sweep-run-3"]);
	await page.getByText("lower is better").waitFor();
	await page.getByText("method: bayes").waitFor();
	await page.close();
});

const pages = [
	...[project, `${project}/overview`, `${project}/compare?runs=train0,train1`, `${project}/settings`],
	...[`${project}/sweeps`, run, `${run}/charts`, `${run}/config`, `${run}/summary`, `${run}/media`, `${run}/logs`],
	`${run}/files?file=requirements.txt`,
];

test.each(["light", "dark"] as const)(
	"every page is accessible in the %s theme, and in Japanese fits a narrow screen",
	async (colorScheme) => {
		const narrow = { width: 390, height: 800 };
		const context = await world.newContext({ colorScheme, locale: "ja-JP", viewport: narrow });
		const page = await context.newPage();
		for (const path of [...pages, `${project}/sweeps/${sweep}`]) {
			await page.goto(path);
			await page.locator("h1").waitFor();
			await page.waitForLoadState("networkidle");
			expect(await accessibilityFaults(page), path).toEqual([]);
			expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(narrow.width);
		}
		await page.goto(project);
		await page.getByRole("link", { name: "crimson-wolf" }).click();
		await page.getByRole("link", { name: "グラフ" }).click();
		await page.getByRole("figure", { name: "train/loss" }).waitFor();
		await page.getByRole("link", { name: "ログ" }).click();
		await page.getByRole("searchbox", { name: "ログを検索" }).waitFor();
		await context.close();
	},
);

test("a project is renamed, restricted and deleted; its old name leads on", async () => {
	const { page, faults } = await world.open(`${project}/settings`);
	await page.getByRole("textbox", { name: "Project name" }).fill("sight");
	await page.getByRole("button", { name: "Rename" }).click();
	await page.getByRole("heading", { name: "sight", exact: true }).waitFor();
	await page.getByRole("radio", { name: "Restricted" }).check();
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByRole("heading", { name: "Roles given by name" }).waitFor();
	await page.goto(project);
	await page.getByRole("heading", { name: "sight", exact: true }).waitFor();
	await page.getByRole("navigation", { name: "Tabs" }).getByRole("link", { name: "Settings" }).click();
	await page.getByRole("button", { name: "Delete project" }).click();
	const dialog = page.getByRole("dialog", { name: "Delete sight?" });
	await dialog.getByText("8 runs, 1 sweeps, 0 versions in 0 collections").waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await dialog.getByRole("textbox").fill("sight");
	await page.keyboard.press("Enter");
	await page.getByText("Project sight was deleted.").waitFor();
	expect(new URL(page.url()).pathname).toBe("/my-team");
	expect(faults).toEqual([]);
	await page.close();
});
