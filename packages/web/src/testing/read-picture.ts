import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";

/** Waits until the lineage picture stands. */
async function stands(page: Page): Promise<void> {
	await page.locator(".lineage-counts").filter({ hasNotText: "Drawing…" }).waitFor();
}

/** The names of all that is drawn, near or far: a picture that is saved holds them as texts. */
export async function drawnNames(page: Page): Promise<string[]> {
	await stands(page);
	await page.getByRole("button", { name: "Export" }).click();
	const [picture] = await Promise.all([
		page.waitForEvent("download"),
		page.getByRole("menuitem", { name: "SVG" }).click(),
	]);
	const svg = await readFile(await picture.path(), "utf8");
	const texts = [...svg.matchAll(/<text [^>]*font-weight="600"[^>]*>([^<]*)</g)].map(([, text = ""]) => text);
	const escapes: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };
	return texts.map((text) => text.replace(/&\w+;/g, (entity) => escapes[entity] ?? entity));
}

/** The names in the list view, which draws only the rows in sight. */
export async function listedNames(page: Page): Promise<string[]> {
	const table = page.getByRole("table", { name: "Lineage as a list" });
	await table.waitFor();
	await stands(page);
	const drawnWhole = await table.locator("td.main").allTextContents();
	const count = Number((await table.getAttribute("aria-rowcount")) ?? drawnWhole.length + 1) - 1;
	if (count === drawnWhole.length) return drawnWhole;
	const seen = new Map<string, string>();
	for (let idle = 0; seen.size < count && idle < 40; idle++) {
		const before = seen.size;
		const rows = await table
			.locator("tr[data-index]")
			.evaluateAll((all) =>
				all.map(
					(row) => [row.getAttribute("data-index") ?? "", row.querySelector(".main")?.textContent ?? ""] as const,
				),
			);
		for (const [index, name] of rows) seen.set(index, name);
		if (seen.size > before) idle = 0;
		await page.evaluate(
			"window.scrollBy(0, 500); new Promise((done) => setTimeout(() => requestAnimationFrame(done), 30))",
		);
	}
	return [...seen.values()];
}
