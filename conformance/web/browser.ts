import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { ensureChromium } from "../../scripts/ensure-chromium.mjs";
import { adminPassword, type Door } from "../server.ts";

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];

/** A browser in which the server's administrator is signed in. */
export interface Signed {
	/** A window of its own: language, colours and size as asked for. */
	window(options?: BrowserContextOptions): Promise<BrowserContext>;
}

/** Starts a browser for a test file and signs the administrator in. */
export function useBrowser(server: Door): Signed {
	let browser: Browser | undefined;
	let storageState: Awaited<ReturnType<BrowserContext["storageState"]>> | undefined;
	beforeAll(async () => {
		const executablePath = await ensureChromium((line: string) => console.log(line));
		browser = await chromium.launch({ executablePath, args: flags });
		const context = await browser.newContext({ baseURL: server.url, locale: "en-US" });
		const page = await context.newPage();
		await page.goto("/login");
		await page.getByLabel("User name").fill("admin");
		await page.getByLabel("Password", { exact: true }).fill(adminPassword);
		await page.keyboard.press("Enter");
		await page.waitForURL(`${server.url}/`);
		storageState = await context.storageState();
		await context.close();
	});
	afterAll(async () => {
		await browser?.close();
	});
	return {
		window: async (options = {}) => {
			if (browser === undefined || storageState === undefined)
				throw new Error("the browser is there only inside tests");
			return await browser.newContext({ baseURL: server.url, locale: "en-US", storageState, ...options });
		},
	};
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds serious or critical on a page, a line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
	await page.evaluate(axeSource);
	const results: AxeResults = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })");
	return results.violations
		.filter(({ impact }) => impact === "serious" || impact === "critical")
		.flatMap(({ id, nodes }) =>
			nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
		);
}
