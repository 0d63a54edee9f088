import { seedLineage } from "./testing/seed-lineage.ts";
import { seedRegistry } from "./testing/seed-registry.ts";
import { accessibilityFaults, startWorld } from "./testing/world.ts";

const world = await startWorld();
try {
	await seedLineage(world.client);
	await seedRegistry(world.client);
	const only = process.argv[2];
	const model = "/orgs/my-org/registry/model";
	const sel = `${model}?selectionPath=my-org%2Fwandb-registry-model%2Fzoo-classifier`;
	const empty = `${model}?selectionPath=my-org%2Fwandb-registry-model%2Fempty-cage`;
	const pages: [string, string][] = [
		["landing", "/registry"],
		["search", "/registry?q=zoo"],
		["create", "/registry?panel=create:my-org"],
		["model", model],
		["dataset", "/orgs/my-org/registry/dataset"],
		["createcol", `${model}?panel=create`],
		["collection", sel],
		["metrics", `${sel}&metrics=`],
		["history", `${sel}&panel=history`],
		["link", `${sel}&panel=link`],
		["empty", empty],
		["version", `${sel}&view=membership&version=v3`],
		["legacy", "/my-team/model-registry"],
	];
	const looks: [string, object][] = [
		["1440-light-en", { viewport: { width: 1440, height: 900 }, colorScheme: "light", locale: "en-US" }],
		["1440-dark-ja", { viewport: { width: 1440, height: 900 }, colorScheme: "dark", locale: "ja-JP" }],
		["390-light-en", { viewport: { width: 390, height: 844 }, colorScheme: "light", locale: "en-US" }],
		["390-dark-ja", { viewport: { width: 390, height: 844 }, colorScheme: "dark", locale: "ja-JP" }],
	];
	for (const [look, options] of looks) {
		const context = await world.newContext(options);
		const page = await context.newPage();
		page.on("console", (m) => m.type() === "error" && console.log(look, "console:", m.text()));
		page.on("pageerror", (e) => console.log(look, "error:", e.message));
		for (const [name, path] of pages) {
			if (only && !only.split(",").includes(name)) continue;
			await page.goto(path);
			await page
				.locator("h1")
				.first()
				.waitFor({ timeout: 8000 })
				.catch(() => console.log("no h1", name));
			await page.waitForLoadState("networkidle");
			await page.waitForTimeout(400);
			await page.screenshot({ path: `/tmp/shots/wregistry/${name}-${look}.png`, fullPage: look.startsWith("390") });
			const wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
			if (Number(wide) > 0) console.log(name, look, "scrolls sideways by", wide);
			for (const fault of await accessibilityFaults(page)) console.log(name, look, fault);
		}
		await context.close();
	}
} finally {
	await world.stop();
}
