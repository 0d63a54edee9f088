import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createClient, type KeifuClient } from "@keifu/sdk";
import type { AxeResults } from "axe-core";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { findChromium } from "./find-chromium.ts";
import { startServer, type TestServer } from "./start-server.ts";

const flags = [
	"--headless",
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

/** A busy machine takes its time. */
const patience = 60_000;

/** A page, and what the browser complained about since it was opened. */
export type Opened = { page: Page; faults: string[] };

/** A server of its own, a browser, and its administrator signed in there. */
export type World = {
	server: TestServer;
	browser: Browser;
	/** Where `admin` is signed in, in English. */
	context: BrowserContext;
	/** The SDK with the administrator's key: for filling the server. */
	client: KeifuClient;
	/** Opens an address as `admin` and waits for its heading. */
	open(path: string): Promise<Opened>;
	/** Another window: of `admin`, unless `storageState` says otherwise. */
	newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
	/** A window in which somebody else is signed in, in English. */
	signedIn(username: string, password: string): Promise<BrowserContext>;
	stop(): Promise<void>;
};

/** Fills in the sign-in page. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
	await page.getByLabel("User name").fill(username);
	await page.getByLabel("Password", { exact: true }).fill(password);
	await page.keyboard.press("Enter");
}

/** Opens an address in a window and waits for its heading. */
export async function openIn(context: BrowserContext, path: string): Promise<Opened> {
	const page = await context.newPage();
	const faults: string[] = [];
	page.on("pageerror", (error) => faults.push(error.message));
	page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
	await page.goto(path);
	await page.locator("h1").first().waitFor();
	return { page, faults };
}

/** Starts a server with an empty data folder and signs its administrator in. */
export async function startWorld(): Promise<World> {
	const server = await startServer();
	const browser = await chromium.launch({ executablePath: findChromium(), args: flags });
	const newWindow = async (options?: BrowserContextOptions) => {
		const window = await browser.newContext({ baseURL: server.url, locale: "en-US", ...options });
		window.setDefaultTimeout(patience);
		return window;
	};
	const signedIn = async (username: string, password: string) => {
		const window = await newWindow();
		const page = await window.newPage();
		await page.goto("/login");
		await signIn(page, username, password);
		await page.waitForURL(`${server.url}/`);
		await page.close();
		return window;
	};
	const context = await signedIn("admin", server.password);
	return {
		server,
		browser,
		context,
		client: createClient({ baseUrl: server.url, apiKey: server.apiKey }),
		open: (path) => openIn(context, path),
		newContext: async (options) => await newWindow({ storageState: await context.storageState(), ...options }),
		signedIn,
		stop: async () => {
			await browser.close();
			await server.stop();
		},
	};
}

/** Holds back the answers to a query, as a slow network would. */
export async function answerLate(page: Page, query: string, milliseconds: number): Promise<void> {
	await page.route("**/graphql", async (route) => {
		const sent = route.request().postData() ?? "";
		if (new RegExp(`\\bquery ${query}\\b`).test(sent)) await new Promise((done) => setTimeout(done, milliseconds));
		await route.continue();
	});
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds serious or critical on a page, a line each: rule, element, what to do. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
	await page.evaluate(axeSource);
	const results: AxeResults = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })");
	const serious = results.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
	return serious.flatMap(({ id, nodes }) =>
		nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
	);
}
