import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** The browser that KEIFU_CHROMIUM names, or one on the path. */
export function findChromium(): string {
	const named = process.env.KEIFU_CHROMIUM;
	if (named) return named;
	const folders = (process.env.PATH ?? "").split(delimiter);
	const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
	if (found === undefined) throw new Error("no Chromium on the path: install one, or name one in KEIFU_CHROMIUM");
	return found;
}
