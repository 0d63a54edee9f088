export type FoundKind = "project" | "collection" | "membership" | "run";

/** How well a text fits: the whole of it, its beginning, something in it. */
export const foundRanks = ["exact", "prefix", "substring"] as const;

/** Something that has a text in one of its names. */
export type Found = {
	readonly kind: FoundKind;
	readonly id: string;
	readonly matched: string;
	/** Its place in `foundRanks`. */
	readonly rank: number;
};
