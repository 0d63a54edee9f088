import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logReference, seedLineage } from "./testing/seed-lineage.ts";
import { peoplesPassword, seedPeople } from "./testing/seed-people.ts";
import { accessibilityFaults, answerLate, startWorld, type World } from "./testing/world.ts";

// Without a pointer: what is pressed is reached by Tab, or the arrow keys of a list, and nothing else.

let world: World;

beforeAll(async () => {
	world = await startWorld();
	await seedLineage(world.client);
	await seedPeople(world.client);
	const served = await logReference(world.client, { runName: "train1", name: "net", type: "model", content: "2" });
	await world.client.graphql("mutation($input: LinkArtifactInput!) { linkArtifact(input: $input) { versionIndex } }", {
		input: {
			...{ entityName: "my-org", projectName: "wandb-registry-models-eu", artifactPortfolioName: "served" },
			artifactID: served,
			aliases: [{ alias: "production", artifactCollectionName: "served" }],
		},
	});
});
afterAll(() => world?.stop());

const isFocused = (target: Locator) => target.evaluate((element) => element === document.activeElement);

/** Presses Tab until the focus is there. */
async function reach(page: Page, target: Locator): Promise<void> {
	await target.waitFor();
	for (let press = 0; press < 120; press += 1) {
		if (await isFocused(target)) return;
		await page.keyboard.press("Tab");
	}
	throw new Error(`Tab does not lead to ${target}`);
}

async function press(page: Page, role: "button" | "link", name: string): Promise<void> {
	await reach(page, page.getByRole(role, { name, exact: true }).first());
	await page.keyboard.press("Enter");
}

/** Opens a menu and goes to an entry by its first letters. */
async function choose(page: Page, menu: string, entry: string): Promise<void> {
	await press(page, "button", menu);
	await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "menuitem");
	await page.keyboard.type(entry.slice(0, 4));
	await expect.poll(() => isFocused(page.getByRole("menuitem", { name: entry, exact: true }))).toBe(true);
	await page.keyboard.press("Enter");
}

const heading = (page: Page, name: string) => page.locator("h1", { hasText: name }).waitFor();
const dialog = (page: Page) => page.getByRole("dialog");

/** What is typed into a field that has the focus replaces what is there. */
async function retype(page: Page, text: string): Promise<void> {
	await page.keyboard.press("Control+a");
	await page.keyboard.type(text);
}

/** Leaves a dialog by Escape: whoever opened it is where they were. */
async function leaveTo(page: Page, opener: string): Promise<void> {
	await page.keyboard.press("Escape");
	await dialog(page).waitFor({ state: "detached" });
	await expect.poll(() => isFocused(page.getByRole("button", { name: opener, exact: true }))).toBe(true);
}

async function waitForField(page: Page, name: string): Promise<void> {
	const field = dialog(page).getByRole("textbox", { name });
	await field.waitFor();
	await expect.poll(() => isFocused(field)).toBe(true);
}

test("a registry and a collection in it are made, changed and deleted", async () => {
	const { page, faults } = await world.open("/registry");
	await press(page, "button", "Create registry");
	await waitForField(page, "Name");
	await leaveTo(page, "Create registry");
	await page.keyboard.press("Enter");
	await waitForField(page, "Name");
	await page.keyboard.type("Keys");
	await reach(page, dialog(page).getByRole("radio", { name: "Organization" }));
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("Enter");
	await page.waitForURL("**/orgs/my-org/registry/Keys");
	await page.getByText("Restricted").first().waitFor();

	await press(page, "button", "Create collection");
	await waitForField(page, "Name");
	await leaveTo(page, "Create collection");
	await page.keyboard.press("Enter");
	await waitForField(page, "Name");
	await page.keyboard.type("empty");
	await page.keyboard.press("Enter");
	await heading(page, "empty");
	await page.getByText("No versions yet").waitFor();

	await press(page, "button", "Edit Description");
	await page.keyboard.type("Filled **by hand**.");
	await page.keyboard.press("Control+Enter");
	await page.locator("strong", { hasText: "by hand" }).waitFor();
	await expect.poll(() => isFocused(page.getByRole("button", { name: "Edit Description" }))).toBe(true);
	await press(page, "button", "Add tag");
	for (const tag of ["one", "two"]) {
		await page.keyboard.type(tag);
		await page.keyboard.press("Enter");
		await page.getByRole("button", { name: `Remove tag ${tag}` }).waitFor();
	}
	await page.keyboard.press("Escape");
	await expect.poll(() => isFocused(page.getByRole("button", { name: "Add tag" }))).toBe(true);
	await page.keyboard.press("Shift+Tab");
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "Remove tag two" }).waitFor({ state: "detached" });
	expect(await isFocused(page.getByRole("button", { name: "Add tag" }))).toBe(true);

	for (const entry of ["Action History", "Edit", "Move to another registry", "Delete"]) {
		await page.reload();
		await choose(page, "Actions for empty", entry);
		await dialog(page).waitFor();
		expect(await accessibilityFaults(page), entry).toEqual([]);
		// The list that is open in it goes first.
		if (entry.startsWith("Move")) await page.keyboard.press("Escape");
		await leaveTo(page, "Actions for empty");
	}
	await choose(page, "Actions for empty", "Edit");
	await waitForField(page, "Name");
	await retype(page, "full");
	await page.keyboard.press("Enter");
	await heading(page, "full");
	await page.waitForURL("**%2Ffull");
	await page.waitForLoadState("networkidle");
	await choose(page, "Actions for full", "Delete");
	await reach(page, dialog(page).getByRole("button", { name: "Delete collection" }));
	await page.keyboard.press("Enter");
	await heading(page, "Keys");

	await press(page, "link", "Settings of the registry");
	await reach(page, page.getByRole("textbox", { name: "Description" }));
	await page.keyboard.type("Made without a mouse.");
	await page.keyboard.press("Control+Enter");
	await page.getByText("The description is saved.").waitFor();
	await press(page, "button", "Delete registry");
	await waitForField(page, "Type Keys to confirm");
	await leaveTo(page, "Delete registry");
	await page.keyboard.press("Enter");
	await waitForField(page, "Type Keys to confirm");
	await page.keyboard.type("Keys");
	await page.keyboard.press("Enter");
	await page.waitForURL("**/registry");
	expect(faults).toEqual([]);
	await page.close();
});

test("a version gets an alias, a tag, a description and a TTL, and is deleted after a question", async () => {
	const { page, faults } = await world.open("/my-team/zoo/artifacts/model/net/v0");
	await press(page, "button", "Add alias");
	await page.keyboard.type("best");
	await page.keyboard.press("Enter");
	await press(page, "button", "Remove alias best");
	await page.getByRole("button", { name: "Remove alias best" }).waitFor({ state: "detached" });
	expect(await isFocused(page.getByRole("button", { name: "Add alias" }))).toBe(true);
	await page.keyboard.press("Enter");
	await page.keyboard.type("best");
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "Remove alias best" }).waitFor();
	await press(page, "button", "Add tag");
	await page.keyboard.type("keys");
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "Remove tag keys" }).waitFor();
	await page.keyboard.press("Escape");
	await press(page, "button", "Edit TTL policy");
	await dialog(page).waitFor();
	await leaveTo(page, "Edit TTL policy");
	await page.keyboard.press("Enter");
	await expect.poll(() => isFocused(dialog(page).getByRole("radio", { name: "Inherit" }))).toBe(true);
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("Tab");
	await retype(page, "21");
	await page.keyboard.press("Enter");
	await page.getByText("21 days").waitFor();
	await press(page, "button", "Edit Description");
	await page.keyboard.press("Escape");
	await expect.poll(() => isFocused(page.getByRole("button", { name: "Edit Description" }))).toBe(true);
	await choose(page, "More actions", "Delete version");
	await leaveTo(page, "More actions");
	await choose(page, "More actions", "Delete version");
	await reach(page, dialog(page).getByRole("checkbox", { name: "Delete the aliases too" }));
	await page.keyboard.press("Space");
	await page.keyboard.press("Enter");
	await page.getByText("net:v0 deleted.").waitFor();
	expect(faults).toEqual([]);
	await page.close();
});

test("a member may not touch a protected alias: it has no ×, is not offered, and typed is refused in words", async () => {
	const context = await world.signedIn("tariq", peoplesPassword);
	const page = await context.newPage();
	await page.goto(
		"/orgs/my-org/registry/models-eu?selectionPath=my-org%2Fwandb-registry-models-eu%2Fserved&view=membership&version=v0",
	);
	await page.getByText("production").first().waitFor();
	expect(await page.getByRole("button", { name: "Remove alias production" }).count()).toBe(0);
	await page.getByRole("button", { name: "Remove alias latest" }).waitFor();
	await press(page, "button", "Add alias");
	await page.keyboard.type("candidate");
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "Remove alias candidate" }).waitFor();
	// What is protected may come later than what there is.
	await answerLate(page, "LinkTargets", 1_500);
	await page.goto("/my-team/zoo/artifacts/model/net/v1?link=my-org%2Fwandb-registry-models-eu%2Fserved");
	const box = dialog(page).getByRole("checkbox", { name: "production" });
	await box.waitFor();
	expect(await box.isDisabled()).toBe(true);
	await dialog(page).getByText("only admins of the registry", { exact: false }).waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.goto(
		"/orgs/my-org/registry/models-eu?selectionPath=my-org%2Fwandb-registry-models-eu%2Fserved&panel=link",
	);
	await reach(
		page,
		dialog(page)
			.getByRole("textbox", { name: "Aliases" })
			.or(dialog(page).getByRole("combobox", { name: "Aliases" })),
	);
	await page.keyboard.type("production");
	await page.keyboard.press("Enter");
	await dialog(page)
		.getByText("Only admins of the registry can add the protected alias production.", { exact: false })
		.waitFor();
	await context.close();
});
