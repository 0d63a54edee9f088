import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillLineage } from "../../testing/fill-lineage.ts";
import { seedWalk } from "../../testing/seed-walk.ts";
import { openIn, startWorld, type World } from "../../testing/world.ts";

let world: World;
const pictures = resolve(import.meta.dirname, "../../../../../.cache/screenshots");
const sizes = { 300: 720, 5000: 9_300, 50000: 85_000 } as const;
const paths = new Map([["10", "/my-team/zoo/artifacts/model/zoo-ylbchv20/v0"]]);

beforeAll(async () => {
	mkdirSync(pictures, { recursive: true });
	world = await startWorld();
	for (const [size, edges] of Object.entries(sizes))
		paths.set(size, (await fillLineage(world.server, size.padStart(8, "0"), edges)).path);
	await seedWalk(world.client);
});
afterAll(() => world?.stop());

const desk = { width: 1440, height: 900 };
const looks = [
	["light", { viewport: desk, colorScheme: "light" }],
	["dark", { viewport: desk, colorScheme: "dark" }],
	["ja", { viewport: desk, colorScheme: "light", locale: "ja-JP" }],
	["390-ja-dark", { viewport: { width: 390, height: 844 }, colorScheme: "dark", locale: "ja-JP" }],
] as const;

/** For people to look at: nothing here knows what is beautiful. */
describe.each(looks)("%s", (look, options) => {
	test.each(["10", "300", "5000", "50000"])("pictures of %s runs and versions, which fit their page", async (size) => {
		const context = await world.newContext(options);
		const { page, faults } = await openIn(context, `${paths.get(size)}/lineage`);
		const stands = async () => {
			await page.locator(".lineage-card[data-focus]").waitFor();
			await page.waitForLoadState("networkidle");
		};
		const take = async (view: string) => {
			await page.screenshot({ path: join(pictures, `lineage-${size}-${view}-${look}.png`) });
			expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(options.viewport.width);
		};
		await stands();
		await take("start");
		await page.locator(".lineage-card:not([data-focus]) .lineage-hit").first().dispatchEvent("click");
		await page.locator(".lineage-panel dd").first().waitFor();
		await take("selected");
		await page.goto(`${paths.get(size)}/lineage?scope=component`);
		await stands();
		await page.locator(".lineage-zoom button").last().click();
		await page.evaluate("new Promise((done) => setTimeout(done, 200))");
		await take("whole");
		expect(faults).toEqual([]);
		await context.close();
	});
});
