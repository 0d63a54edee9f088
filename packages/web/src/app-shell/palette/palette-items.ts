import type { IconName } from "../../ui/icon-paths.ts";

/** In the order in which they stand. */
export const groups = [
	"recent",
	"registries",
	"collections",
	"versions",
	"projects",
	"runs",
	"teams",
	"pages",
	"actions",
] as const;

export type Group = (typeof groups)[number];

/** One thing to go to, or to do. */
export type PaletteItem = {
	id: string;
	group: Group;
	icon: IconName;
	title: string;
	detail?: string;
	/** What was found, where it is not in the title: an alias, a tag, a description. */
	matched?: string;
	href?: string;
	run?: () => void;
	/** Keys that do the same. */
	keys?: string;
};

const mostOfGroup = 6;

/** Whether each word of a text is in an item's title or detail. */
export function fits({ title, detail = "" }: Pick<PaletteItem, "title" | "detail">, text: string): boolean {
	const haystack = `${title} ${detail}`.toLowerCase();
	return text
		.toLowerCase()
		.split(/\s+/)
		.every((word) => haystack.includes(word));
}

/** Items by group, each group bounded, an address once; the leading group first. */
export function grouped(items: readonly PaletteItem[], lead?: Group): { group: Group; items: PaletteItem[] }[] {
	const seen = new Set<string>();
	const order = lead === undefined ? groups : [lead, ...groups.filter((group) => group !== lead)];
	return order.flatMap((group) => {
		const own = items.filter((item) => {
			if (item.group !== group || seen.has(item.href ?? item.id)) return false;
			seen.add(item.href ?? item.id);
			return true;
		});
		return own.length === 0 ? [] : [{ group, items: own.slice(0, mostOfGroup) }];
	});
}

export type Piece = { text: string; marked: boolean };

/** A text in pieces, those marked that the reader typed. */
export function markWords(text: string, typed: string): Piece[] {
	const words = typed
		.split(/[\s:]+/)
		.filter((word) => word !== "")
		.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
	if (words.length === 0) return [{ text, marked: false }];
	// The odd pieces of a split by a group are what the group took.
	return text
		.split(new RegExp(`(${words.join("|")})`, "gi"))
		.map((piece, index) => ({ text: piece, marked: index % 2 === 1 }))
		.filter((piece) => piece.text !== "");
}
