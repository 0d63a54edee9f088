import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logReference, makeRun, seedLineage } from "../../testing/seed-lineage.ts";
import { accessibilityFaults, startWorld, type World } from "../../testing/world.ts";

const path = "/my-team/zoo/artifacts/model/net/v0/lineage";
const place = { entityName: "my-team", projectName: "zoo" };
const members = 6;
let world: World;

async function use(artifactID: string, runName: string): Promise<void> {
	const document = "mutation($input: UseArtifactInput!) { useArtifact(input: $input) { artifact { id } } }";
	await world.client.graphql(document, { input: { ...place, artifactID, runName } });
}

async function idOf(name: string): Promise<string> {
	type Found = { project: { artifact: { id: string } } };
	const document = `query($name: String!) { project(name: "zoo", entityName: "my-team") { artifact(name: $name) { id } } }`;
	return (await world.client.graphql<Found>(document, { name })).project.artifact.id;
}

beforeAll(async () => {
	world = await startWorld();
	await seedLineage(world.client);
	const model = await idOf("net:v0");
	for (let run = 0; run < members; run++) {
		await makeRun(world.client, { name: `eval${run}`, displayName: `calm-moon-${run}`, jobType: "eval" });
		await use(model, `eval${run}`);
	}
});
afterAll(() => world.stop());

const card = (page: Page, name: string): Locator => page.getByRole("button", { name: new RegExp(`^${name}`) });

async function placeOf(found: Locator): Promise<{ x: number; y: number }> {
	const box = await found.boundingBox();
	if (box === null) throw new Error("it is not in sight");
	return { x: Math.round(box.x), y: Math.round(box.y) };
}

/** Where something stands once it has come to rest. */
async function restOf(found: Locator): Promise<{ x: number; y: number }> {
	for (let before = await placeOf(found); ; ) {
		await found.page().waitForTimeout(250);
		const now = await placeOf(found);
		if (now.x === before.x && now.y === before.y) return now;
		before = now;
	}
}

async function openGraph(search = ""): Promise<Page> {
	const { page } = await world.open(`${path}${search}`);
	await page.getByText(/cards for/).waitFor();
	return page;
}

test("a card moved by the mouse or by keys stays there until it is put back", async () => {
	const page = await openGraph();
	const data = card(page, "animals:v0");
	const start = await restOf(data);
	await page.mouse.move(start.x + 40, start.y + 20);
	await page.mouse.down();
	await page.mouse.move(start.x + 70, start.y + 90, { steps: 5 });
	await page.mouse.up();
	expect(await restOf(data)).toEqual({ x: start.x + 30, y: start.y + 70 });
	expect(page.url()).not.toContain("selected");
	await data.focus();
	await page.keyboard.press("Shift+ArrowDown");
	expect((await restOf(data)).y).toBeGreaterThan(start.y + 70);
	await page.getByRole("button", { name: "Put moved cards back" }).click();
	expect(await restOf(data)).toEqual(start);
	await page.close();
});

test("a card at the edge that is chosen is not cut when the panel opens beside it", async () => {
	const page = await openGraph();
	const stage = page.getByRole("application");
	const room = await stage.boundingBox();
	const data = card(page, "animals:v0");
	const start = await restOf(data);
	if (room === null) throw new Error("the picture is not in sight");
	// To the right edge, all of it just in sight.
	const box = await data.boundingBox();
	await page.mouse.move(room.x + 20, room.y + 20);
	await page.mouse.down();
	await page.mouse.move(room.x + 20 + room.x + room.width - (start.x + (box?.width ?? 0)) - 4, room.y + 20, {
		steps: 9,
	});
	await page.mouse.up();
	await restOf(data);
	await data.click();
	await page.getByRole("complementary", { name: "Details" }).waitFor();
	await restOf(data);
	const [now, less] = [await data.boundingBox(), await stage.boundingBox()];
	expect(less?.width).toBeLessThan(room.width);
	expect((now?.x ?? 0) + (now?.width ?? 0)).toBeLessThanOrEqual(room.x + (less?.width ?? 0));
	await page.close();
});

test("a group opened and closed by its frame is back where it was, and the address says what is open", async () => {
	const page = await openGraph("?group=sweep");
	const group = card(page, `eval ×${members}`);
	const start = await restOf(group);
	await group.focus();
	await page.keyboard.press("+");
	await card(page, "calm-moon-3").waitFor();
	expect(page.url()).toContain("open=");
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.getByRole("button", { name: "Close eval" }).click();
	await group.waitFor();
	expect(await restOf(group)).toEqual(start);
	expect(page.url()).not.toContain("open=");
	await page.close();
});

test("handles of time leave out what lies outside of them, and back brings it again", async () => {
	const page = await openGraph("?group=none");
	await card(page, "calm-moon-5").waitFor();
	const until = page.getByRole("slider", { name: "Nothing after" });
	await until.focus();
	await page.keyboard.press("Home");
	await card(page, "calm-moon-5").waitFor({ state: "detached" });
	await page.getByText("2 cards for").waitFor();
	expect(page.url()).toContain("until=");
	await page.goBack();
	await card(page, "calm-moon-5").waitFor();
	await page.getByRole("button", { name: "Arrange by time" }).click();
	await page.locator(".lineage-columns time").first().waitFor();
	expect(page.url()).toContain("axis=time");
	await page.close();
});

test("two versions' ancestors are compared in the picture and as lists", async () => {
	await logReference(world.client, { runName: "eval0", name: "report", type: "table" });
	const page = await openGraph("?group=none");
	await card(page, "report:v0").click();
	await page.getByRole("button", { name: "Compare ancestors" }).click();
	const panel = page.getByRole("complementary", { name: "Ancestors compared" });
	await panel.getByRole("heading", { name: "Only of report:v0 2" }).waitFor();
	await panel.getByRole("heading", { name: "Of both 4" }).waitFor();
	await panel.getByText("parted here").waitFor();
	await page.locator(".lineage-card[data-side=both]", { hasText: "net:v0" }).waitFor();
	await page.getByText("6 cards for 6 runs and versions.").waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await panel.getByRole("button", { name: "Close" }).click();
	await card(page, "calm-moon-5").waitFor();
	await page.close();
});

test("what happens meanwhile moves nothing before the reader wants to see it", async () => {
	const page = await openGraph("?group=none");
	const model = card(page, "net:v0");
	const start = await restOf(model);
	await makeRun(world.client, { name: "late", displayName: "late-sun", jobType: "deploy" });
	await use(await idOf("net:v0"), "late");
	await page.getByText("Something changed.").waitFor();
	expect(await placeOf(model)).toEqual(start);
	expect(await card(page, "late-sun").count()).toBe(0);
	await page.getByRole("button", { name: "Show", exact: true }).click();
	await card(page, "late-sun").waitFor();
	await page.close();
});
