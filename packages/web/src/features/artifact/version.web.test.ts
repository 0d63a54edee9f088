import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logReference, seedLineage } from "../../testing/seed-lineage.ts";
import { makePerson, peoplesPassword } from "../../testing/seed-people.ts";
import { accessibilityFaults, openIn, startWorld, type World } from "../../testing/world.ts";
import { inviteViewer, restrict, seedVault, seedVersions } from "./seed-versions.ts";

// What one does with a version and with a collection of a project, by role and name, mostly without a mouse.

let world: World;
let guarded: string;

beforeAll(async () => {
	world = await startWorld();
	await seedLineage(world.client);
	({ guarded } = await seedVersions(world.client));
});

afterAll(() => world?.stop());

const classifier = "/my-team/zoo/artifacts/model/classifier";
const linked =
	"/orgs/my-org/registry/model?selectionPath=my-org%2Fwandb-registry-model%2FZoo+Classifier&view=membership&version=";

function fact(page: Page, name: string) {
	return page.locator("dt", { hasText: new RegExp(`^${name}$`) }).locator("+ dd");
}

test("the tab Version says everything of a version", async () => {
	const { page, faults } = await world.open(`${classifier}/v2`);
	await page.getByRole("link", { name: "Version", exact: true }).waitFor();
	for (const [name, text] of [
		["Full Name", "my-team/zoo/classifier:v2"],
		["Version", "v2"],
		["Type", "model"],
		["Created by", "calm-river-7"],
		["Size", "1.23 KB · 1 file"],
		["Time to Live", "None (inherited)"],
		["Consumers", "Used by 1 run"],
	] as const) {
		expect(await fact(page, name).textContent()).toContain(text);
	}
	expect(faults).toEqual([]);
	await page.close();
});

test("an alias is moved here from another version, and undone", async () => {
	const { page } = await world.open(`${classifier}/v2`);
	await page.getByRole("button", { name: "Add alias" }).press("Enter");
	await page.keyboard.type("baseline");
	await page.getByText("Moves here from v0").waitFor();
	await page.keyboard.press("Enter");
	await page.getByText("Alias baseline moved from v0 to v2.").waitFor();
	expect(await fact(page, "Aliases").textContent()).toContain("baseline");
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByRole("button", { name: "Remove alias baseline" }).waitFor({ state: "detached" });
	await page.goto(`${classifier}/baseline`);
	expect(await page.locator("h1").textContent()).toBe("classifier:v0");
	await page.close();
});

test("taking away the alias by which the address names the version leaves one at the version", async () => {
	const { page, faults } = await world.open(`${classifier}/candidate`);
	await page.getByRole("button", { name: "Remove alias candidate" }).click();
	await page.waitForURL(`**${classifier}/v2`);
	await page.getByText("Alias candidate taken from v2.").waitFor();
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByRole("button", { name: "Remove alias candidate" }).waitFor();
	expect(faults).toEqual([]);
	await page.close();
});

test("tags and description are changed where they stand", async () => {
	const { page } = await world.open(`${classifier}/v2`);
	await page.getByRole("button", { name: "Add tag" }).click();
	await page.keyboard.type("reviewed");
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "Remove tag reviewed" }).waitFor();
	await page.getByRole("button", { name: "Edit Description" }).click();
	await page.getByRole("textbox", { name: "Description" }).fill("# For the zoo\n\n**Good** on foxes.");
	await page.keyboard.press("Control+Enter");
	await page.getByRole("heading", { name: "For the zoo" }).waitFor();
	await page.reload();
	await page.getByRole("heading", { name: "For the zoo" }).waitFor();
	await page.getByRole("button", { name: "Remove tag reviewed" }).waitFor();
	await page.close();
});

test("how long a version lives is chosen, with the date that follows", async () => {
	const { page } = await world.open(`${classifier}/v1`);
	await page.getByRole("button", { name: "Edit TTL policy" }).click();
	await page.getByRole("radio", { name: "Custom" }).check();
	await page.getByLabel("Days").fill("14");
	await page
		.getByRole("status")
		.filter({ hasText: /^Expires / })
		.waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("14 days").waitFor();
	await page.goto(`${classifier}/v0`);
	await page.getByRole("button", { name: "Edit TTL policy" }).click();
	await page.getByText("Linking a version deactivates its TTL policy").waitFor();
	await page.close();
});

test("the version in the heading opens the list of all, and the tab stays", async () => {
	const { page } = await world.open(`${classifier}/v2/metadata`);
	await page.locator("h1").getByRole("button").press("Enter");
	await page.getByRole("option", { name: /^v1/ }).waitFor();
	await page.getByRole("textbox", { name: "Find by version, alias or tag" }).fill("baseline");
	await page.getByRole("option", { name: /^v1/ }).waitFor({ state: "detached" });
	await page.getByRole("option", { name: /^v0/ }).waitFor();
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("Enter");
	await page.waitForURL(`**${classifier}/v0/metadata`);
	await page.close();
});

test("a version is linked to a registry by keyboard alone, into a new collection", async () => {
	const { page, faults } = await world.open(`${classifier}/v2`);
	await page.getByRole("button", { name: "Link to registry" }).press("Enter");
	await page.getByRole("dialog", { name: "Link to registry" }).waitFor();
	await page.getByRole("radio", { name: "Zoo Classifier" }).waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.keyboard.type("Fox Finder");
	await page.getByRole("radio", { name: "Create collection “Fox Finder”" }).waitFor();
	await page.keyboard.press("Enter");
	await page.getByText("This collection is new").waitFor();
	await page.keyboard.type("champion");
	await page.keyboard.press("Enter");
	await page.getByRole("checkbox", { name: "champion" }).waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.keyboard.press("Enter");
	const link = page.getByRole("link", { name: "wandb-registry-model/Fox Finder:v0" }).last();
	await link.waitFor();
	await page.getByRole("dialog").waitFor({ state: "detached" });
	await page.getByRole("status").getByRole("link").click();
	await page.waitForURL("**/orgs/my-org/registry/model?**");
	await expect.poll(() => page.locator("h1").textContent()).toBe("Fox Finder:v0");
	await page.getByRole("button", { name: "Remove alias champion" }).waitFor();
	expect(await fact(page, "Source version").textContent()).toBe("classifier:v2");
	expect(await fact(page, "Linked by").textContent()).toBe("admin");
	expect(faults).toEqual([]);
	await page.close();
});

test("the drawer's steps are addresses; registries that do not take the type say why", async () => {
	const { page } = await world.open(`${classifier}/v2?link=`);
	await page.getByText("1 registry is not offered").click();
	await page.getByText("It does not take type “model”, but: dataset.").waitFor();
	const choices = page.getByRole("radiogroup", { name: /^Collections in/ });
	await choices.getByRole("radio", { name: "Zoo Classifier", exact: true }).check();
	await page.getByRole("button", { name: "Next step" }).click();
	await page.getByRole("checkbox", { name: "staging" }).check();
	await page.getByText("Moves here from v0").waitFor();
	await page.goBack();
	await page.getByRole("button", { name: "Next step" }).waitFor();
	await page.keyboard.press("Escape");
	await page.getByRole("dialog").waitFor({ state: "detached" });
	await page.goto(`${classifier}/v0?link=`);
	await choices.getByRole("radio", { name: "Zoo Classifier linked as v0", exact: true }).waitFor();
	await page.close();
});

test("a refusal is told in the server's words, with the way out", async () => {
	const { page } = await world.open(`${classifier}/v2?link=my-org%2Fwandb-registry-dataset%2Fx`);
	await page.getByRole("dialog").getByRole("button", { name: "Link to registry" }).click();
	await page.getByRole("alert").filter({ hasText: 'does not take versions of type "model"' }).waitFor();
	await page.goto(`${classifier}/v2?link=my-org%2Fwandb-registry-modle%2Fx`);
	await page.getByRole("dialog").getByRole("button", { name: "Link to registry" }).click();
	await page.getByRole("alert").filter({ hasText: 'Did you mean "model"?' }).waitFor();
	await page.close();
});

test("a protected alias has a lock, and metadata of a linked version is searched to the last value", async () => {
	const { page } = await world.open(`${linked}v0`);
	await page.getByText("(Protected alias)").waitFor({ state: "attached" });
	await page.goto(`${classifier}/v2/metadata`);
	await page.getByRole("img", { name: /^loss: from 2 to 0.05/ }).waitFor();
	await page.getByRole("textbox", { name: "Search keys and values" }).fill("adamw");
	await page.waitForURL("**/metadata?find=adamw");
	await page.getByRole("row", { name: "name adamw" }).waitFor();
	expect(await page.getByRole("row", { name: /accuracy/ }).count()).toBe(0);
	await page.goto(`${linked}v0&tab=metadata`);
	await page.getByRole("row", { name: "accuracy 0.81" }).waitFor();
	await page.getByRole("img", { name: /^val\/acc: / }).waitFor();
	await page.close();
});

test("who may not have the bytes is told so, sees the rest, and finds nothing to press", async () => {
	const { vault } = await seedVault(world.client, guarded);
	const address = await inviteViewer(world.client, "kim@example.org");
	const context = await world.browser.newContext({ baseURL: world.server.url, locale: "en-US" });
	const page = await context.newPage();
	await page.goto(address);
	await page.getByLabel("Password", { exact: true }).fill("a password of kim");
	await page.getByRole("button", { name: "Make an account and join" }).click();
	await page.waitForURL(({ pathname }) => pathname !== new URL(address, world.server.url).pathname);
	// Joining leads on to a page by itself: that must not come after the address asked for below.
	await page.locator("main h1").waitFor();
	await page.waitForLoadState("networkidle");
	await restrict(world.client, vault, "kim@example.org");
	const path = "/orgs/my-org/registry/vault?selectionPath=my-org%2Fwandb-registry-vault%2FGuarded&view=membership";
	await page.goto(`${path}&version=v0`);
	await page.getByText("not download or use its files").waitFor();
	expect(await fact(page, "Aliases").textContent()).toBe("goldlatest");
	for (const name of ["Link to registry", "More actions", "Add alias", "Add tag", "Edit TTL policy"]) {
		expect(await page.getByRole("button", { name }).count(), name).toBe(0);
	}
	await page.goto(`${path}&version=v0&tab=metadata`);
	await page.getByRole("row", { name: "optimizer 2 keys" }).waitFor();
	await page.goto(`${path}&version=v0&tab=files&file=metrics.json`);
	await page.getByText("not what is in them").waitFor();
	expect(await page.getByText(/role viewer/).count()).toBe(1);
	expect(await page.getByRole("group", { name: "View" }).count()).toBe(0);
	expect(await page.getByText("Use it in code").count()).toBe(0);
	await context.close();
});

test("a version that has aliases is deleted only with them, and leaves a page of what it was", async () => {
	const { page, faults } = await world.open(`${classifier}/v0`);
	await page.getByRole("button", { name: "More actions" }).click();
	await page.getByRole("menuitem", { name: "Delete version" }).click();
	await page.getByText("latest, production, staging in wandb-registry-model/Zoo Classifier").waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.getByRole("checkbox", { name: "Delete the aliases too" }).check();
	await page.getByRole("button", { name: "Delete version" }).click();
	await page.waitForURL(`**${classifier}`);
	await page.getByText("classifier:v0 deleted.").waitFor();
	await page.goto(`${classifier}/v0`);
	await page.getByText("v0 was deleted.").waitFor();
	await page.getByRole("link", { name: "calm-river-7" }).first().waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	// The browser itself notes that the server knows of no such version.
	expect(faults.filter((fault) => !fault.includes("404"))).toEqual([]);
	await page.close();
});

test("the versions of a collection are found, ordered, compared and deleted", async () => {
	const { page } = await world.open(classifier);
	const rows = page.getByRole("table", { name: "Versions" }).getByRole("row");
	await rows.getByRole("link", { name: "v2", exact: true }).waitFor();
	await page.getByRole("button", { name: /^Version/ }).click();
	await page.waitForURL("**order=%2Bversion");
	await expect.poll(() => rows.nth(1).textContent()).toContain("v1");
	await page.getByRole("checkbox", { name: "Select all rows" }).check();
	const compare = page.getByRole("link", { name: "Compare v1 and v2" });
	expect(await compare.getAttribute("href")).toBe(`${classifier}/v2/files?compare=v1`);
	await page.getByRole("checkbox", { name: "Select v2" }).uncheck();
	await page.getByRole("button", { name: "Delete versions" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Delete versions" }).click();
	await page.getByText("1 version deleted.").waitFor();
	await page.getByRole("link", { name: "v1" }).waitFor({ state: "detached" });
	await page.getByRole("searchbox", { name: "Find by version, alias or tag" }).fill("nothing");
	await page.getByText("Nothing found.").waitFor();
	await page.close();
});

test("versions ticked together are deleted only with their aliases in registries, which are named with the links", async () => {
	const { page } = await world.open("/my-team/zoo/artifacts/model/rater");
	await page.getByRole("checkbox", { name: "Select v0" }).check();
	await page.getByRole("checkbox", { name: "Select v1" }).check();
	await page.getByRole("button", { name: "Delete versions" }).click();
	const dialog = page.getByRole("dialog", { name: "Delete 2 versions?" });
	await dialog.getByText("The link in 1 other collection goes too: wandb-registry-model/Zoo Rater").waitFor();
	await dialog.getByText("v0: latest, prod in wandb-registry-model/Zoo Rater").waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await dialog.getByRole("button", { name: "Delete versions" }).click();
	await dialog.getByRole("alert").filter({ hasText: "Tick the box to go on" }).waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await dialog.getByRole("checkbox", { name: "Delete the aliases too" }).check();
	await dialog.getByRole("button", { name: "Delete versions" }).click();
	await page.getByText("2 versions deleted.").waitFor();
	await page.close();
});

test("versions whose only aliases are in a registry that one may not see are deleted once one says so", async () => {
	const { client } = world;
	const log = (content: string) =>
		logReference(client, { runName: "fit1", name: "discreet", type: "model", content, aliases: [] });
	await seedVault(client, await log("d0"), "attic");
	await seedVault(client, await log("d1"), "cellar");
	// The newest is always `latest`.
	await log("d2");
	await makePerson(client, { username: "noor", entity: "my-team", role: "member" });
	const context = await world.signedIn("noor", peoplesPassword);
	const page = await context.newPage();
	const list = "/my-team/zoo/artifacts/model/discreet";
	for (const [open, name] of [
		[() => page.getByRole("button", { name: "More actions" }).click(), "Delete version"],
		[() => page.getByRole("checkbox", { name: "Select v1" }).check(), "Delete versions"],
	] as const) {
		await page.goto(name === "Delete version" ? `${list}/v0` : list);
		await open();
		await page.getByRole(name === "Delete version" ? "menuitem" : "button", { name, exact: true }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByRole("button", { name, exact: true }).click();
		await dialog.getByText("in a registry that you may not see").first().waitFor();
		expect(await accessibilityFaults(page)).toEqual([]);
		await dialog.getByRole("checkbox", { name: "Delete the aliases too" }).check();
		await dialog.getByRole("button", { name, exact: true }).click();
		await page.getByText(/discreet:v0 deleted|1 version deleted/).waitFor();
	}
	await context.close();
});

test("a collection is renamed, and its old address leads on", async () => {
	const { page } = await world.open("/my-team/zoo/artifacts/dataset/animals");
	await page.getByRole("button", { name: "More actions" }).click();
	await page.getByRole("menuitem", { name: "Rename" }).click();
	await page.getByRole("textbox", { name: "Name" }).fill("beasts");
	await page.keyboard.press("Enter");
	await page.waitForURL("**/artifacts/dataset/beasts");
	await expect.poll(() => page.locator("h1").textContent()).toBe("beasts");
	await page.close();
});

test("a collection is renamed and deleted where it stands in a list, which scrolls only where there is more", async () => {
	const { page, faults } = await world.open("/my-team/zoo/artifacts/model");
	await page.getByRole("button", { name: "Actions for guarded" }).click();
	await page.getByRole("menuitem", { name: "Rename" }).click();
	await page.getByRole("textbox", { name: "Name" }).fill("sentinel");
	await page.keyboard.press("Enter");
	await page.getByRole("dialog").waitFor({ state: "detached" });
	const table = page.getByRole("table", { name: "model" });
	await table.getByRole("link", { name: "sentinel" }).waitFor();
	await page.goto("/my-team/zoo/artifacts");
	await page.getByRole("button", { name: "Actions for rater" }).click();
	await page.getByRole("menuitem", { name: "Delete collection" }).click();
	await page.getByRole("textbox").last().fill("rater");
	await page.getByRole("button", { name: "Delete collection" }).click();
	await page.getByText("rater deleted.").waitFor();
	await page.getByRole("dialog").waitFor({ state: "detached" });
	await table.getByRole("link", { name: "rater" }).waitFor({ state: "detached" });
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.setViewportSize({ width: 1440, height: 900 });
	expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(900);
	expect(faults).toEqual([]);
	await page.close();
});

const looks = [
	["light, English", { colorScheme: "light", locale: "en-US" }],
	["dark, Japanese", { colorScheme: "dark", locale: "ja-JP" }],
] as const;

test.each(looks)("every tab can be read by everybody: %s", async (_, look) => {
	const context = await world.newContext(look);
	for (const path of [
		`${classifier}/v2`,
		`${classifier}/v2/metadata`,
		`${classifier}/v2/usage`,
		`${classifier}/v2?link=my-org%2Fwandb-registry-model%2FFox+Finder`,
		classifier,
	]) {
		const { page, faults } = await openIn(context, path);
		await page.waitForLoadState("networkidle");
		expect([path, ...(await accessibilityFaults(page))]).toEqual([path]);
		expect(faults).toEqual([]);
		await page.close();
	}
	await context.close();
});

test("linking in Japanese", async () => {
	const context = await world.newContext({ locale: "ja-JP" });
	const { page } = await openIn(context, `${classifier}/v2`);
	await page.getByRole("button", { name: "レジストリにリンク" }).click();
	await page.getByRole("textbox", { name: "登録済みモデルを選択" }).fill("キツネ");
	await page.getByRole("radio", { name: "コレクション「キツネ」を作成" }).waitFor();
	await page.getByRole("button", { name: "次のステップ" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "レジストリにリンク" }).click();
	await page.getByText("レジストリにリンクしました:").waitFor();
	await context.close();
});
