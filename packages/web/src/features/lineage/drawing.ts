import type { Card } from "./drawn-graph.ts";
import type { Box } from "./layout/layout.ts";
import type { Scene, Size, Viewport } from "./scene.ts";

/** Of the small map of the whole. */
export const mapSize: Size = { width: 180, height: 120 };

/** Of a kind of card: its colour, and the paler one behind a drawing in it. */
export type Tone = { readonly front: string; readonly back: string };

export type Palette = {
	readonly surface: string;
	readonly canvas: string;
	readonly line: string;
	readonly text: string;
	readonly quiet: string;
	readonly accent: string;
	readonly run: Tone;
	readonly artifact: Tone;
	/** Of groups of runs and versions. */
	readonly group: Tone;
	readonly hidden: Tone;
	readonly above: string;
	readonly below: string;
	readonly bad: string;
	/** Every other column of time. */
	readonly column: string;
	readonly font: string;
};

/** What stands out: the lines of the selected card, or the cards of a path. */
export type Lit = {
	readonly selected: number;
	readonly above: ReadonlySet<number>;
	readonly below: ReadonlySet<number>;
};

export type Drawing = {
	readonly scene: Scene;
	/** The card that the page is about; -1 for none. */
	readonly focus: number;
	readonly view: Viewport;
	readonly size: Size;
	/** The part of it that is seen, where more is painted. */
	readonly shown?: Box | undefined;
	/** The screen's pixels for each of the page's. */
	readonly ratio: number;
	readonly palette: Palette;
	readonly lit: Lit | undefined;
	/** Cards that are about to be left out. */
	readonly faded?: ReadonlySet<number> | undefined;
	/** Absent until its code is there. */
	readonly drawCards: ((brush: Brush, look: Look, only?: readonly number[]) => void) | undefined;
	/** Cards to be painted where the near ones are elements of the page; without, all where none is. */
	readonly painted?: readonly number[] | "all";
};

export type Brush = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
export type Look = Drawing & {
	readonly seen: Box;
	/** The edges to be seen, by their places. */
	readonly edges: readonly number[];
};

/** The colours of the page as it stands now: light or dark. */
export function readPalette(element: Element): Palette {
	const style = getComputedStyle(element);
	const colour = (name: string) => style.getPropertyValue(name).trim();
	return {
		surface: colour("--surface"),
		canvas: colour("--canvas"),
		line: colour("--line-strong"),
		text: colour("--text"),
		quiet: colour("--quiet"),
		accent: colour("--accent"),
		run: { front: colour("--run"), back: colour("--run-back") },
		artifact: { front: colour("--artifact"), back: colour("--artifact-back") },
		group: { front: colour("--registry"), back: colour("--registry-back") },
		hidden: { front: colour("--quiet"), back: colour("--sunken") },
		above: colour("--lineage-above"),
		below: colour("--lineage-below"),
		bad: colour("--bad"),
		column: colour("--sunken"),
		font: style.fontFamily,
	};
}

/** What stands for the ancestors of the one, of the other and of both, where two are compared. */
export const sideColours = { first: "above", second: "below", both: "quiet" } as const;

export function toneOf(palette: Palette, card: Card): Tone {
	if (card.kind !== "group") return palette[card.kind];
	const kinds = new Set(card.group?.mix.map(({ kind }) => kind));
	if (kinds.size > 1) return palette.group;
	return kinds.has("run") ? palette.run : palette.artifact;
}

export function colourOf(palette: Palette, card: Card): string {
	if (card.side) return palette[sideColours[card.side]];
	if (card.node?.state === "failed" || card.node?.state === "crashed") return palette.bad;
	return toneOf(palette, card).front;
}

export function isLit({ lit }: Pick<Drawing, "lit">, index: number): boolean {
	return lit === undefined || index === lit.selected || lit.above.has(index) || lit.below.has(index);
}
