import type { Page, Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { logFiles } from "../../testing/seed-files.ts";
import { seedLineage } from "../../testing/seed-lineage.ts";
import { accessibilityFaults, startWorld, type World } from "../../testing/world.ts";
import { hostileFiles, ordinaryFiles, references } from "./files-corpus.ts";

const artifacts = "/my-team/zoo/artifacts";
const files = `${artifacts}/dataset/zoo-data/v1/files`;
const hostile = `${artifacts}/dataset/hostile/v0/files`;
const many = 20_000;
/** However much a version holds, no more than this is on the page. */
const mostElements = 2_500;

let world: World;

beforeAll(async () => {
	world = await startWorld();
	const { client } = world;
	await seedLineage(client);
	const first = { collection: "zoo-data", type: "dataset", references };
	await logFiles(client, { ...first, files: ordinaryFiles, metadata: { rows: 400, split: { train: 0.8 } } });
	const { "config.yaml": _, ...kept } = ordinaryFiles;
	const changed = { ...kept, "train.py": "import wandb\n", "new.txt": "new" };
	await logFiles(client, {
		...first,
		files: changed,
		metadata: { rows: 500, split: { train: 0.8 } },
		aliases: ["best"],
	});
	await logFiles(client, { collection: "hostile", type: "dataset", files: hostileFiles });
	await logFiles(client, { collection: "source-zoo", type: "code", files: { "train.py": "pass" } });
	const crowd = Array.from({ length: many }, (_, at): [string, string] => [
		at % 2 === 0 ? `flat-${at}` : `folders/of-${at % 5000}/${at}`,
		`s3://bucket/${at}`,
	]);
	await logFiles(client, { collection: "crowd", type: "dataset", references: Object.fromEntries(crowd) });
});

afterAll(() => world?.stop());

const elements = (page: Page) => page.evaluate(() => document.querySelectorAll("*").length);
const fileTree = (page: Page) => page.getByRole("tree", { name: "Files" });
const preview = (page: Page) => page.getByRole("article");

/**
 * Watches a page; what it answers waits until the page has fetched nothing for a quarter of a second. The browser driver's own
 * "networkidle" may never come where a frame holds a frame, though nothing is under way.
 */
function watchRequests(page: Page): () => Promise<void> {
	const underWay = new Set<Request>();
	let last = Date.now();
	const ended = (request: Request) => {
		underWay.delete(request);
		last = Date.now();
	};
	page.on("request", (request) => underWay.add(request));
	page.on("requestfinished", ended);
	page.on("requestfailed", ended);
	return async () => {
		while (underWay.size > 0 || Date.now() - last < 250) await page.waitForTimeout(50);
	};
}

/** Opens a file in a page that is there already, as a link does. */
async function show(page: Page, at: string, path: string, as = ""): Promise<void> {
	const search = new URLSearchParams({ file: path, ...(as === "" ? {} : { as }) });
	await page.evaluate((address) => history.pushState({}, "", address), `${at}?${search}`);
	await page.getByRole("article", { name: path, exact: true }).waitFor();
}

const shown: readonly (readonly [file: string, texts: readonly string[]])[] = [
	["train.py", ["import wandb", "13 B"]],
	["metrics.json", ["acc", "0.75", "by_class"]],
	["metrics.json&as=source", ['"acc": 0.75,']],
	["data/animals.csv", ["400 rows", "3 columns", "animal 1"]],
	["data/animals.tsv", ["legs", "cat"]],
	["data/animals.parquet", ["3 rows in 1 group", "int32", "dog"]],
	["data/long.log", ["The first 262 KB of 649 KB are shown.", "line 1 of the log"]],
	["media/images/red.png", ["2 × 2"]],
	["media/red.image-file.json", ["2 × 2", "image-file"]],
	["predictions.table.json", ["120 rows", "row 3", "number"]],
	["both.joined-table.json", ["120 rows", "label", "one"]],
	["whole.partitioned-table.json", ["2 rows", "row 1"]],
	["weights.bin", ["50 4b 03 04", "This file is not text."]],
	["empty.txt", ["This file is empty."]],
	["far/web.bin", ["https://files.example.org/web.bin", "Open on files.example.org"]],
	["far/s3.bin", ["S3 bucket", "s3://bucket/key"]],
	["no/such.txt", ["This version has no file of that path."]],
];

describe("the files of a version", () => {
	test("are walked through by keyboard, and the address says which is open", async () => {
		const { page, faults } = await world.open(files);
		await preview(page).getByRole("heading", { name: "Zoo" }).waitFor();
		await fileTree(page).focus();
		await page.keyboard.type("dat");
		await page.keyboard.press("ArrowRight");
		await page.getByRole("treeitem", { name: "animals.csv" }).waitFor();
		await page.keyboard.press("ArrowRight");
		await page.keyboard.press("Enter");
		await page.waitForURL("**?file=data%2Fanimals.csv");
		await preview(page)
			.getByRole("cell", { name: "animal 399" })
			.or(preview(page).getByText("400 rows"))
			.first()
			.waitFor();
		expect(await page.getByRole("treeitem", { selected: true, name: "animals.csv" }).count()).toBe(1);
		await page.keyboard.press("ArrowLeft");
		await page.keyboard.press("ArrowLeft");
		await page.getByRole("treeitem", { name: "animals.csv" }).waitFor({ state: "detached" });
		await page.goBack();
		await page.waitForURL(`**${files}`);
		expect(faults).toEqual([]);
		await page.close();
	});

	test("are shown each in its way", async () => {
		const { page, faults } = await world.open(files);
		for (const [file, texts] of shown) {
			const [path = "", view] = file.split("&as=");
			await show(page, files, path, view);
			for (const text of texts) await preview(page).getByText(text).locator("visible=true").first().waitFor();
		}
		expect(faults).toEqual([]);
		await page.close();
	});

	test.each(["train.py", "predictions.table.json", "media/red.image-file.json", "far/web.bin"])(
		"%s can be read by everybody",
		async (path) => {
			const { page } = await world.open(`${files}?file=${encodeURIComponent(path)}`);
			await preview(page)
				.getByRole("button", { name: /^Copy: / })
				.first()
				.waitFor();
			await page.waitForLoadState("networkidle");
			expect(await accessibilityFaults(page)).toEqual([]);
			await page.close();
		},
	);

	test("images in a table are shown small, its rows are ordered and searched", async () => {
		const { page } = await world.open(`${files}?file=predictions.table.json`);
		await preview(page).getByRole("img", { name: "red.png" }).first().waitFor();
		await preview(page).getByRole("button", { name: "score" }).click();
		await preview(page).getByRole("button", { name: "score" }).click();
		await preview(page).getByRole("row").nth(1).getByText("99").waitFor();
		await preview(page).getByLabel("Search rows").fill("row 119");
		await preview(page).getByText("1 of 120 rows").waitFor();
		await page.close();
	});

	test("more of a long file is fetched when asked for", async () => {
		const { page } = await world.open(`${files}?file=data%2Flong.log`);
		await preview(page).getByText("line 1 of the log").waitFor();
		const asked: string[] = [];
		page.on("request", (request) => asked.push(request.headers().range ?? ""));
		await preview(page).getByRole("button", { name: "Load more" }).click();
		await preview(page).getByText("are shown").waitFor({ state: "detached" });
		expect(asked.filter(Boolean)).toEqual(["bytes=262144-1310719"]);
		await page.close();
	});

	test("are found by a part of the path and by a pattern", async () => {
		const { page } = await world.open(files);
		await page.getByLabel("Search files").fill("*.csv");
		await page.waitForURL("**find=*.csv");
		await page.getByRole("tree", { name: "Files found" }).getByText("data/animals.csv").click();
		await page.waitForURL("**file=data%2Fanimals.csv**");
		await preview(page).getByText("400 rows").waitFor();
		await page.getByLabel("Search files").fill("no such");
		await page.getByText("No file's path is like that.").waitFor();
		await page.close();
	});
});

test("two versions are compared: what was added, removed and changed, and the metadata", async () => {
	const { page, faults } = await world.open(files);
	await page.getByLabel("Compare with…").selectOption("v0");
	await page.waitForURL("**?compare=v0");
	await page.getByRole("heading", { name: "v1 compared with v0" }).waitFor();
	const rows = page.getByRole("table", { name: "Files" }).getByRole("row");
	await rows.nth(3).waitFor();
	expect((await rows.allTextContents()).slice(1)).toEqual([
		"− Removedconfig.yaml31 B–",
		"+ Addednew.txt–3 B",
		"~ Changedtrain.py67 B13 B",
	]);
	expect(await page.getByRole("table", { name: "Metadata" }).getByRole("row").nth(1).textContent()).toBe("rows400500");
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.getByRole("button", { name: "1 added" }).click();
	await page.waitForURL("**only=added");
	await rows.nth(2).waitFor({ state: "detached" });
	await page.getByRole("button", { name: "new.txt" }).click();
	await page.waitForURL("**?file=new.txt");
	expect(faults).toEqual([]);
	await page.close();
});

test("a version of very many entries keeps the page small", async () => {
	const { page } = await world.open(`${artifacts}/dataset/crowd/v0/files`);
	await page.getByRole("treeitem", { name: "folders" }).click();
	await page.getByRole("treeitem", { name: "of-1 " }).first().waitFor();
	await fileTree(page).focus();
	for (let at = 0; at < 4; at += 1) {
		await page.keyboard.press("End");
		await page.waitForTimeout(150);
	}
	expect(await elements(page)).toBeLessThanOrEqual(mostElements);
	await page.close();
});

describe("files made to do harm", () => {
	test("are shown, and nothing of them runs", async () => {
		const { page, faults } = await world.open(hostile);
		const quiet = watchRequests(page);
		const dialogs: string[] = [];
		page.on("dialog", (dialog) => {
			dialogs.push(dialog.message());
			void dialog.dismiss();
		});
		const views = Object.keys(hostileFiles).flatMap((path) => ["", "page", "source"].map((as) => [path, as] as const));
		for (const [path, as] of views.filter(([name, view]) => view === "" || /\.(html|svg|md)$/.test(name))) {
			await show(page, hostile, path, as);
			await quiet();
			expect(await page.evaluate(() => "attacked" in window || "attacked" in {}), path).toBe(false);
			expect(await page.title(), path).toBe("hostile:v0 · Keifu");
			expect(await elements(page), path).toBeLessThanOrEqual(mostElements);
		}
		expect(dialogs).toEqual([]);
		// What the browser kept a file from doing it complains of: that is the point.
		const refused = /Blocked script execution|Content Security Policy|Refused to refresh|Failed to load resource/;
		expect(faults.filter((fault) => !refused.test(fault))).toEqual([]);
		// The page lives: one can go on to another file.
		await fileTree(page).focus();
		await page.keyboard.type("bom");
		await page.keyboard.press("Enter");
		await preview(page).getByText("1 row").waitFor();
		await page.close();
	});

	test("at their own address they are shut in, and what may carry a script is saved instead of shown", async () => {
		const { page } = await world.open(`${hostile}?file=page.html`);
		const href = await preview(page).getByRole("link", { name: "Download page.html" }).getAttribute("href");
		const { headers } = await fetch(new URL(href ?? "", world.server.url));
		expect(headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox$/);
		expect(headers.get("content-disposition")).toMatch(/^attachment/);
		expect(headers.get("x-content-type-options")).toBe("nosniff");
		await page.close();
	});

	test("an entry that points to a script is no link", async () => {
		const { page } = await world.open(`${files}?file=far%2Fscript.bin`);
		await preview(page).getByText("javascript:").first().waitFor();
		expect(await preview(page).getByRole("link").count()).toBe(0);
		await page.close();
	});
});

describe("the list of a project's artifacts", () => {
	const tree = (page: Page) => page.getByRole("tree", { name: "Artifacts of the project" });

	test("goes from type to artifact to version, marks what is open, and stays", async () => {
		const { page, faults } = await world.open(artifacts);
		await tree(page).getByRole("treeitem", { name: "dataset" }).waitFor();
		expect(await tree(page).getByRole("treeitem", { name: "code" }).count()).toBe(0);
		await page.getByLabel("Show generated types (1)").check();
		await page.waitForURL("**generated=1");
		await tree(page).getByRole("treeitem", { name: "code" }).waitFor();
		await tree(page).getByRole("link", { name: "dataset" }).click();
		await tree(page).getByRole("link", { name: "zoo-data" }).click();
		await tree(page).getByRole("link", { name: "v1 best latest" }).click();
		await page.waitForURL(`**${artifacts}/dataset/zoo-data/v1**`);
		await tree(page).getByRole("treeitem", { name: "v1", selected: true }).waitFor();
		await tree(page).getByRole("treeitem", { name: "v0" }).hover();
		await tree(page).getByRole("link", { name: "Compare v1 with v0" }).click();
		await page.getByRole("heading", { name: "v1 compared with v0" }).waitFor();
		expect(await accessibilityFaults(page)).toEqual([]);
		expect(faults).toEqual([]);
		await page.close();
	});

	test("is walked by keyboard and searched", async () => {
		const { page } = await world.open(`${artifacts}/dataset/zoo-data`);
		await tree(page).getByRole("treeitem", { name: "zoo-data", selected: true }).waitFor();
		await tree(page).getByRole("treeitem", { name: "v0" }).waitFor();
		await tree(page).focus();
		await page.keyboard.press("ArrowDown");
		await page.keyboard.press("ArrowDown");
		await page.keyboard.press("Enter");
		await page.waitForURL(`**${artifacts}/dataset/zoo-data/v0`);
		await page.getByLabel("Search artifacts").fill("HOST");
		await tree(page).getByRole("link", { name: "hostile" }).click();
		await page.waitForURL(`**${artifacts}/dataset/hostile`);
		await page.close();
	});

	test("of one type can be ordered and searched on its page", async () => {
		const { page } = await world.open(`${artifacts}/dataset`);
		await page.getByRole("button", { name: "Collection" }).click();
		await page.waitForURL("**order=-name");
		await page.getByRole("row").nth(1).getByText("zoo-data").waitFor();
		await page.locator("main").getByLabel("Search artifacts").last().fill("crow");
		await page.getByRole("table").getByText("zoo-data").waitFor({ state: "detached" });
		await page.getByRole("table").getByText("crowd").waitFor();
		expect(await accessibilityFaults(page)).toEqual([]);
		await page.close();
	});
});

test("Japanese, dark, narrow: the list first, then the file, then back", async () => {
	const narrow = { width: 390, height: 844 };
	const context = await world.newContext({ locale: "ja-JP", colorScheme: "dark", viewport: narrow });
	const page = await context.newPage();
	await page.goto(files);
	const tree = page.getByRole("tree", { name: "ファイル" });
	await tree.getByRole("treeitem", { name: "metrics.json" }).click();
	await page.getByRole("article").getByText("by_class").waitFor();
	expect(await tree.isVisible()).toBe(false);
	expect(await accessibilityFaults(page)).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(narrow.width);
	await page.getByRole("button", { name: "ファイル一覧" }).click();
	await tree.waitFor();
	await page.getByLabel("比較するバージョン…").selectOption("v0");
	await page.getByRole("heading", { name: "v1 と v0 の比較" }).waitFor();
	await page.getByText("追加 1 件").waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(narrow.width);
	await context.close();
});
