import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedLineage } from "./testing/seed-lineage.ts";
import { peoplesPassword, seedPeople } from "./testing/seed-people.ts";
import { accessibilityFaults, openIn, startWorld, type World } from "./testing/world.ts";

// One's settings, those of organisations, teams and registries: what each role finds there, and what can be done.

let world: World;
const windows = new Map<string, BrowserContext>();

beforeAll(async () => {
	world = await startWorld();
	await seedLineage(world.client);
	await seedPeople(world.client);
	for (const name of ["tariq", "vera", "rui"]) {
		windows.set(name, await world.signedIn(name, peoplesPassword));
	}
});

afterAll(() => world?.stop());

const organization = "/orgs/my-org/settings";
const team = "/orgs/my-org/teams/my-team/settings";
const registry = "/orgs/my-org/registry/models-eu/settings";

async function openAs(name: string, path: string): Promise<Page> {
	const { page } = await openIn(windows.get(name) ?? world.context, path);
	return page;
}

/** What of these is on a page, each a button, a field or a text. */
async function foundOn(page: Page, names: string[]): Promise<string[]> {
	const isThere = async (name: string) => {
		const all = [page.getByRole("button", { name }), page.getByLabel(name), page.getByText(name)];
		return (await Promise.all(all.map((each) => each.count()))).some((count) => count > 0);
	};
	const there = await Promise.all(names.map(isThere));
	return names.filter((_, index) => there[index]);
}

const asked: [path: string, names: string[]][] = [
	[organization, ["vera@example.org", "Role of vera", "Invite", "Actions for vera"]],
	[`${organization}?tab=teams`, ["my-team", "Create team", "Actions for my-team"]],
	[`${organization}?tab=general`, ["Entity of its registries", "Delete organization"]],
	[team, ["tariq@example.org", "Role of tariq", "Invite"]],
	[`${team}?tab=service`, ["No service accounts yet.", "New service account"]],
	[`${team}?tab=artifacts`, ["XXH128 digests", "Keep versions for ever", "Days"]],
	[registry, ["Models that serve Europe.", "production", "Alias to protect", "Add types", "Delete registry"]],
	[`${registry}?tab=access`, ["Registry members and roles", "Restricted viewer", "Role of rui", "Add access"]],
];

const nothing = "not found";
const seen: Record<string, string[][]> = {
	tariq: [
		["vera@example.org"],
		["my-team", "Create team"],
		["Entity of its registries"],
		["tariq@example.org"],
		["No service accounts yet."],
		["XXH128 digests", "Keep versions for ever"],
		["Models that serve Europe.", "production"],
		["Registry members and roles", "Restricted viewer"],
	],
	vera: [
		["vera@example.org", "Actions for vera"],
		["my-team"],
		["Entity of its registries"],
		["tariq@example.org"],
		["No service accounts yet."],
		["XXH128 digests"],
		[nothing],
		[nothing],
	],
	rui: [
		["vera@example.org"],
		["my-team"],
		["Entity of its registries"],
		["tariq@example.org"],
		["No service accounts yet."],
		["XXH128 digests"],
		["Models that serve Europe.", "production"],
		["Registry members and roles", "Restricted viewer"],
	],
};

test.each(Object.entries(seen))(
	"%s finds what there is to see, and no button that does nothing",
	async (name, wanted) => {
		for (const [index, [path, names]] of asked.entries()) {
			const page = await openAs(name, path);
			expect(await foundOn(page, [...names, nothing]), path).toEqual(wanted[index]);
			await page.close();
		}
	},
);

test("an administrator finds all of it, and every page is open to everybody in every look", async () => {
	const dark = await world.newContext({ colorScheme: "dark", viewport: { width: 390, height: 800 } });
	for (const [path, names] of [...asked, ["/settings", ["API keys"]] satisfies [string, string[]]]) {
		const page = await openAs("admin", path);
		expect(
			await foundOn(
				page,
				names.filter((name) => name !== "Days"),
			),
			path,
		).toEqual(names.filter((name) => name !== "Days"));
		expect(await accessibilityFaults(page), path).toEqual([]);
		await page.close();
		const narrow = await openIn(dark, path);
		expect(await accessibilityFaults(narrow.page), `${path} in the dark`).toEqual([]);
		expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
		expect(narrow.faults).toEqual([]);
		await narrow.page.close();
	}
	await dark.close();
});

test("somebody is invited by a link, and the invitation is taken back", async () => {
	const page = await openAs("admin", team);
	await page.getByRole("button", { name: "Invite" }).click();
	const dialog = page.getByRole("dialog", { name: "Invite to my-team" });
	await dialog.getByLabel("E-mail address or user name").fill("vera");
	await dialog.getByLabel("Role").selectOption("Viewer");
	await page.keyboard.press("Escape");
	await dialog.waitFor({ state: "detached" });
	await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Invite");
	await page.keyboard.press("Enter");
	await dialog.getByLabel("E-mail address or user name").fill("kim@example.org");
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.keyboard.press("Enter");
	await dialog.getByText(`${world.server.url}/login?invite=`).waitFor();
	await dialog.getByRole("button", { name: "Done" }).click();
	await page.getByRole("row", { name: "kim@example.org" }).waitFor();
	await page.getByRole("button", { name: "Take back the invitation for kim@example.org" }).click();
	await page.getByRole("row", { name: "kim@example.org" }).waitFor({ state: "detached" });
	await page.close();
});

test("a role is given and taken back with one press; who is removed loses what the page said", async () => {
	const page = await openAs("admin", organization);
	const role = page.getByLabel("Role of vera");
	await role.selectOption("Member");
	await page.getByText("vera is Member now.").waitFor();
	await page.getByRole("button", { name: "Undo" }).click();
	await expect.poll(() => role.inputValue()).toBe("viewer");
	await page.getByLabel("Search members").fill("tar");
	await page.waitForURL("**q=tar");
	expect(await page.getByRole("row").count()).toBe(2);
	await page.getByRole("button", { name: "Actions for tariq" }).click();
	await page.getByRole("menuitem", { name: "Remove" }).click();
	const dialog = page.getByRole("dialog", { name: "Remove tariq from my-org" });
	await dialog.getByText("1 team: my-team").waitFor();
	await dialog.getByText("1 project of the team").waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.keyboard.press("Escape");
	await page.close();
});

test("a service account is made with a key that works, and loses all with its place", async () => {
	const page = await openAs("admin", `${team}?tab=service`);
	await page.getByLabel("What it does").fill("nightly training");
	await page.keyboard.press("Enter");
	const key = await page.getByRole("status").locator("pre").first().textContent();
	expect(key).toMatch(/^[a-z0-9]{40}$/);
	await page.getByRole("button", { name: "1 key of my-team-nightly-training" }).click();
	const dialog = page.getByRole("dialog", { name: "API keys of my-team-nightly-training" });
	await dialog.getByLabel("What it is for").fill("second");
	await dialog.getByLabel("Access").selectOption("Read only");
	await dialog.getByLabel("Expires").selectOption("In 30 days");
	await dialog.getByRole("button", { name: "New API key" }).click();
	await dialog.getByRole("row", { name: /second .* Read only/ }).waitFor();
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.keyboard.press("Escape");
	await page.getByRole("button", { name: "Actions for my-team-nightly-training" }).click();
	await page.getByRole("menuitem", { name: "Remove" }).click();
	await page.getByText("All API keys of this service account: it is switched off").waitFor();
	await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
	await page.getByText("No service accounts yet.").waitFor();
	await page.close();
});

test("the default TTL is reviewed before it is saved; the team is renamed, and keeps its projects from deletion", async () => {
	const page = await openAs("admin", `${team}?tab=artifacts`);
	await page.getByLabel("Versions expire after a number of days").check();
	await page.getByRole("textbox", { name: "Days" }).fill("30");
	await page.getByRole("button", { name: "Review and save" }).click();
	const review = page.getByRole("dialog", { name: "Review the TTL" });
	await review.getByText("This touches 1 version that has no TTL of its own").waitFor();
	await review.getByRole("button", { name: "Save" }).click();
	await page.getByText("The TTL is saved.").waitFor();
	await page.goto(`${team}?tab=general`);
	const name = page.getByLabel("Name of the team");
	await name.fill("my org");
	await page.keyboard.press("Enter");
	await page.getByText("cannot be the name of a team").waitFor();
	await name.fill("other-team");
	await page.keyboard.press("Enter");
	await page.waitForURL("**/orgs/my-org/teams/other-team/settings?tab=general");
	await page.getByRole("button", { name: "Delete team" }).click();
	await page.getByRole("dialog").getByText("The team holds 1 project.").waitFor();
	await page.keyboard.press("Escape");
	await name.fill("my-team");
	await page.keyboard.press("Enter");
	await page.waitForURL("**/orgs/my-org/teams/my-team/settings?tab=general");
	await page.close();
});

test("a registry is changed in place: aliases, types, access, owner, name; and is deleted by typing its name", async () => {
	const page = await openAs("admin", registry);
	await page.getByLabel("Alias to protect").fill("latest");
	await page.keyboard.press("Enter");
	await page.getByText('"latest" cannot be protected').waitFor();
	await page.getByLabel("Alias to protect").fill("staging");
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "No longer protect staging" }).waitFor();
	await page.getByRole("button", { name: "No longer protect production" }).click();
	await page.getByRole("button", { name: "No longer protect production" }).waitFor({ state: "detached" });
	await page.getByRole("combobox", { name: "Add types" }).fill("dataset");
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("The accepted types are saved.").waitFor();
	await page.getByRole("link", { name: "Access" }).click();
	await page.getByRole("button", { name: "Add access" }).click();
	await page.getByRole("combobox", { name: "Include users and teams" }).fill("ver");
	await page.getByRole("option", { name: "vera" }).click();
	await page.getByRole("dialog").getByLabel("Role").selectOption("Member");
	expect(await accessibilityFaults(page)).toEqual([]);
	await page.getByRole("button", { name: "Add", exact: true }).click();
	const vera = page.getByRole("row", { name: /vera/ });
	await vera.getByText("Member · given by name").locator("visible=true").waitFor();
	await vera.getByRole("button", { name: "Actions for vera" }).click();
	await page.getByRole("menuitem", { name: "Make owner" }).click();
	await vera.getByText("Owner").waitFor();
	await page.goto(registry);
	await page.getByLabel("Registry name").fill("models-emea");
	await page.keyboard.press("Enter");
	await page.waitForURL("**/registry/models-emea/settings");
	await page.getByRole("button", { name: "Delete registry" }).click();
	const dialog = page.getByRole("dialog", { name: "Delete the registry models-emea" });
	await dialog.getByText("The source versions stay in their projects").waitFor();
	await dialog.getByLabel("Type models-emea to confirm").fill("models-emea");
	await page.keyboard.press("Enter");
	await page.waitForURL("**/registry");
	await page.close();
});

test("one's own account: another password, other sessions ended; in Japanese", async () => {
	const context = await world.browser.newContext({ baseURL: world.server.url, locale: "ja-JP" });
	const page = await context.newPage();
	await page.goto("/login");
	await page.getByLabel("ユーザー名").fill("vera");
	await page.getByLabel("パスワード", { exact: true }).fill(peoplesPassword);
	await page.keyboard.press("Enter");
	await page.waitForURL(`${world.server.url}/`);
	await page.goto("/settings");
	await page.getByRole("heading", { name: "セッション" }).waitFor();
	await page.getByText("現在のセッション").waitFor();
	await page.getByLabel("現在のパスワード").fill("wrong");
	await page.getByLabel("新しいパスワード").fill("another password");
	await page.keyboard.press("Enter");
	await page.getByText("the present password is not right").waitFor();
	await page.getByLabel("現在のパスワード").fill(peoplesPassword);
	await page.keyboard.press("Enter");
	await page.getByText("パスワードを変更しました。他のセッションは終了しました。").waitFor();
	const other = await openIn(windows.get("vera") ?? context, "/settings");
	await other.page.waitForURL("**/login?next=%2Fsettings");
	expect(await accessibilityFaults(other.page)).toEqual([]);
	await context.close();
});
