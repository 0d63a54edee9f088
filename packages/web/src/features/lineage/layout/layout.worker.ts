import { cardSizes, type Layout, layOut } from "./layout.ts";

/** What the page asks for; `turn` tells a late answer from the one that is waited for. */
export type LayoutQuestion = {
	turn: number;
	count: number;
	from: number[];
	to: number[];
	/** Of each card the column of time; without, it is laid out by the flow alone. */
	bands: { of: number[]; count: number } | undefined;
};
export type LayoutAnswer = { turn: number; layout: Layout };

// Layouts of tens of thousands of cards take seconds: they must not hold up the page.
self.onmessage = ({ data: { turn, count, from, to, bands } }: MessageEvent<LayoutQuestion>) => {
	const answer: LayoutAnswer = { turn, layout: layOut(count, { from, to }, cardSizes, { bands }) };
	self.postMessage(answer);
};
