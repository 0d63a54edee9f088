import type { IconName } from "../../ui/icon-paths.ts";
import type { NamedPage } from "../../ui/page-named.ts";

const most = 12;

function keyOf(user: string): string {
	return `keifu-recent:${user}`;
}

function isNamedPage(value: unknown): value is NamedPage {
	return (
		typeof value === "object" &&
		value !== null &&
		typeof Reflect.get(value, "href") === "string" &&
		typeof Reflect.get(value, "title") === "string"
	);
}

/** Pages that somebody was on in this browser, the latest first. */
export function recentPages(user: string): NamedPage[] {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(keyOf(user)) ?? "[]");
		return Array.isArray(kept) ? kept.filter(isNamedPage) : [];
	} catch {
		return [];
	}
}

/** Only pages about something: not the first page, nor lists that the menu leads to anyway. */
export function isWorthKeeping(href: string): boolean {
	const [path = ""] = href.split(/[?#]/);
	return path.split("/").filter((part) => part !== "").length >= 2;
}

export function keepRecentPage(user: string, page: NamedPage): void {
	const others = recentPages(user).filter(({ href }) => href !== page.href);
	localStorage.setItem(keyOf(user), JSON.stringify([page, ...others].slice(0, most)));
}

/** Whoever uses this browser next does not see where the last one was. */
export function forgetRecentPages(user: string): void {
	localStorage.removeItem(keyOf(user));
}

/** What a page is about, by its address. */
export function iconOfPage(href: string): IconName {
	const [path = "", search = ""] = href.split("?");
	if (path.startsWith("/orgs/")) return search.includes("selectionPath") ? "collection" : "registry";
	if (path.includes("/runs/")) return "run";
	if (path.includes("/sweeps/")) return "sweep";
	return path.includes("/artifacts") ? "artifact" : "project";
}
