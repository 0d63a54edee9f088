import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillLineage, type LineagePlace } from "../../testing/fill-lineage.ts";
import { drawnNames, listedNames } from "../../testing/read-picture.ts";
import { accessibilityFaults, type Opened, openIn, startWorld, type World } from "../../testing/world.ts";

let world: World;
const sizes = { 300: 720, 3000: 4_900, 50000: 86_000 } as const;
const places = new Map<number, LineagePlace>();
const mostElements = 2_500;
const soon = { timeout: 60_000 };

beforeAll(async () => {
	world = await startWorld();
	for (const [size, edges] of Object.entries(sizes))
		places.set(Number(size), await fillLineage(world.server, size.padStart(8, "0"), edges));
});
afterAll(() => world?.stop());

const stageOf = (page: Page) => page.locator(".lineage-stage");
const panelOf = (page: Page) => page.getByRole("complementary", { name: "Details" });
const counts = async (page: Page) =>
	await page.locator(".lineage-counts").filter({ hasNotText: "Drawing…" }).textContent();

/** How many cards stand for how many runs and versions, by what the page says. */
async function drawn(page: Page): Promise<[number, number]> {
	const [cards = "", nodes = ""] = ((await counts(page)) ?? "").match(/\d+/g) ?? [];
	return [Number(cards), Number(nodes)];
}

async function fewElements(page: Page): Promise<void> {
	expect(await page.locator("*").count()).toBeLessThanOrEqual(mostElements);
}

/** Presses the first card of those in sight that answers to this. */
async function press(page: Page, name: RegExp): Promise<void> {
	await stageOf(page).getByRole("button", { name }).first().dispatchEvent("click");
	await panelOf(page).waitFor();
}

describe.each([300, 3_000, 50_000])("%i runs and versions", (size) => {
	let place: LineagePlace;
	let at: Opened;
	beforeAll(async () => {
		const found = places.get(size);
		if (found === undefined) throw new Error(`${size} were not written`);
		place = found;
		const context = await world.newContext({ viewport: { width: 1440, height: 900 } });
		at = await openIn(context, `${place.path}/lineage`);
		return () => context.close();
	});

	test("it begins near the version asked for, whose run and artifacts are read by a click", async () => {
		const { page, faults } = at;
		await stageOf(page)
			.getByRole("button", { name: new RegExp(`^${place.name}, model`) })
			.waitFor();
		expect((await drawn(page))[0]).toBeLessThan(401);
		await press(page, /, train run, /);
		await panelOf(page).getByText("Run ID").waitFor();
		await panelOf(page).getByText("Finished").waitFor();
		await press(page, /, dataset, /);
		await panelOf(page).getByText("Full Name").waitFor();
		await page.keyboard.press("Escape");
		await fewElements(page);
		expect(faults).toEqual([]);
	});

	test("+N brings the neighbours, and back takes them away", async () => {
		const { page } = at;
		const [before] = await drawn(page);
		await page
			.getByTitle(/^Show \d+ more/)
			.first()
			.dispatchEvent("click");
		await expect.poll(async () => (await drawn(page))[0], soon).toBeGreaterThan(before);
		await page.goBack();
		await expect.poll(async () => (await drawn(page))[0], soon).toBe(before);
	});

	test("all of it is drawn in groups; one is opened; its members are searched; one is pulled out", async () => {
		const { page, faults } = at;
		await page.getByRole("radio", { name: "Complete" }).check();
		await expect.poll(async () => (await drawn(page))[1], soon).toBe(place.component);
		const [cards] = await drawn(page);
		expect(cards).toBeLessThan(1_500);
		await fewElements(page);
		await press(page, / ×\d+, /);
		const members = panelOf(page).locator(".lineage-members");
		await members.getByRole("listitem").first().waitFor();
		await members
			.getByRole("button", { name: /by itself/ })
			.first()
			.click();
		await panelOf(page)
			.getByText(/^(Run ID|Full Name)$/)
			.waitFor();
		await expect.poll(async () => (await drawn(page))[0], soon).toBeGreaterThan(cards);
		await press(page, / ×\d+, /);
		const [withOne] = await drawn(page);
		await panelOf(page)
			.getByRole("button", { name: /^Open all/ })
			.click();
		await expect.poll(async () => (await drawn(page))[0], soon).toBeGreaterThan(withOne);
		await page.getByRole("button", { name: "Back to the start" }).click();
		await expect.poll(async () => (await drawn(page))[0], soon).toBe(cards);
		await fewElements(page);
		expect(faults).toEqual([]);
	});

	test.each(["?scope=component", "?scope=component&group=pipeline&without=artifact%252Ftable", "?only=run"])(
		"the list names what the picture draws: %s",
		async (search) => {
			const { page } = at;
			await page.goto(`${place.path}/lineage${search}`);
			const names = (await drawnNames(page)).sort();
			await page.getByRole("radio", { name: "List" }).check();
			expect((await listedNames(page)).sort()).toEqual(names);
			await fewElements(page);
		},
	);

	test("something far away is found, shown, and the way to it", async () => {
		const { page, faults } = at;
		await page.goto(`${place.path}/lineage`);
		await page.getByRole("textbox", { name: "Find in the graph" }).fill("raw");
		const found = page.getByRole("search").getByRole("button").first();
		const name = await found.locator("span").textContent();
		await found.click();
		await panelOf(page)
			.getByRole("heading", { name: name ?? "" })
			.waitFor();
		await panelOf(page).getByRole("button", { name: "Path to here" }).click();
		await page.getByText(/^(Only the ways from|Nothing leads from)/).waitFor();
		await page.getByRole("button", { name: "Show everything" }).first().click();
		expect(faults).toEqual([]);
	});

	test("Explode draws each by itself; versions alone; the impact", async () => {
		const { page, faults } = at;
		await page.getByRole("button", { name: "Explode" }).click();
		await expect.poll(async () => (await drawn(page))[0], soon).toBe(place.component);
		await fewElements(page);
		await page.getByRole("button", { name: "Show everything" }).last().click();
		await expect.poll(() => stageOf(page).locator("[data-card]").count()).toBe(0);
		await page.getByRole("combobox", { name: "Show", exact: true }).selectOption("Artifacts only");
		await expect.poll(async () => (await drawn(page))[0], soon).toBeLessThan(place.component);
		await page.getByRole("radio", { name: "Impact" }).check();
		await page.getByText(/came of it\./).waitFor();
		await fewElements(page);
		expect(faults).toEqual([]);
	});
});

test("everybody can read a large graph, in groups", async () => {
	const context = await world.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "dark" });
	const { page } = await openIn(context, `${places.get(3_000)?.path}/lineage?scope=component`);
	await counts(page);
	expect(await accessibilityFaults(page)).toEqual([]);
	await context.close();
});
