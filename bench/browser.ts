import type { Browser, BrowserContext, CDPSession } from "playwright-core";
import { ensureChromium } from "../scripts/ensure-chromium.mjs";
import { adminPassword } from "./server-process.ts";

/** A browser as it is measured: without a screen, without a GPU, and not busy with itself. */
export async function browserOptions(): Promise<{ executablePath: string; args: string[] }> {
	const say = (text: string) => void process.stderr.write(`${text}\n`);
	const args = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"];
	return { executablePath: await ensureChromium(say), args };
}

type Viewport = { readonly width: number; readonly height: number };

/** Windows in which the administrator of the server at this address is signed in. */
export async function signIn(browser: Browser, url: string, viewport: Viewport): Promise<BrowserContext> {
	const context = await browser.newContext({ baseURL: url, viewport, locale: "en-US" });
	const page = await context.newPage();
	await page.goto("/login");
	await page.getByLabel("User name").fill("admin");
	await page.getByLabel("Password", { exact: true }).fill(adminPassword);
	await page.keyboard.press("Enter");
	await page.waitForURL(`${url}/`);
	await page.close();
	return context;
}

/** CPU ms of the page's main thread so far; the domain `Performance` must be on, in `threadTicks`. */
export async function mainThreadMs(cdp: CDPSession): Promise<number> {
	const { metrics } = await cdp.send("Performance.getMetrics");
	return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
}
