import type { Branch } from "../../ui/use-branches.ts";
import type { BrowserItem } from "./browser.queries.ts";
import { isGeneratedType } from "./generated-types.ts";

/** A row of the browser, or a word about rows that are not there yet. */
export type BrowserRow =
	| {
			kind: "item";
			key: string;
			level: number;
			item: BrowserItem;
			isOpen: boolean | undefined;
			holder: BrowserItem | undefined;
	  }
	| { kind: "note"; node: string; level: number; note: "loading" | "failed" };

type Collection = BrowserItem & { kind: "collection" };

type Shown = {
	branches: ReadonlyMap<string, Branch<BrowserItem>>;
	open: ReadonlySet<string>;
	/** The collection that the page is about: it is shown even where the list has not been read that far. */
	current: Collection | undefined;
	showsGenerated: boolean;
};

/** What a row is called among the others: also the branch of what is below it. */
export function nodeOf(item: BrowserItem): string {
	return item.kind === "type" ? `type:${item.name}` : `${item.kind}:${item.id}`;
}

function isShown(item: BrowserItem, { showsGenerated, current }: Shown): boolean {
	return item.kind !== "type" || showsGenerated || item.name === current?.type || !isGeneratedType(item.name);
}

function childrenOf(node: string, { branches, current }: Shown): readonly BrowserItem[] {
	const items = branches.get(node)?.items ?? [];
	if (current === undefined || node !== `type:${current.type}`) return items;
	return items.some((item) => nodeOf(item) === nodeOf(current)) ? items : [current, ...items];
}

/** Types, their collections and the versions of these, as far as they are open. */
export function browserRows(shown: Shown): BrowserRow[] {
	const rows: BrowserRow[] = [];
	const walk = (node: string, level: number, holder: BrowserItem | undefined): void => {
		for (const item of childrenOf(node, shown)) {
			if (!isShown(item, shown)) continue;
			const key = nodeOf(item);
			const isOpen = item.kind === "version" ? undefined : shown.open.has(key);
			rows.push({ kind: "item", key, level, item, isOpen, holder });
			if (isOpen) walk(key, level + 1, item);
		}
		const branch = shown.branches.get(node);
		if (branch?.error !== undefined) rows.push({ kind: "note", node, level, note: "failed" });
		else if (branch === undefined || branch.next !== undefined)
			rows.push({ kind: "note", node, level, note: "loading" });
	};
	walk("", 0, undefined);
	return rows;
}
