/** A condition of a list in the server's words, which are MongoDB's. */
type Condition = Record<string, unknown>;

export type ListWanted = { filters: string | null; order: string | undefined };

/** A text that must stand somewhere, whatever the case, as a pattern. */
export function holdsText(text: string): Condition {
	return { $regex: `(?i)${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}` };
}

/** Either of these; null for no condition at all. */
export function anyOf(conditions: Condition[]): string | null {
	return conditions.length === 0 ? null : JSON.stringify({ $or: conditions });
}

/** A collection whose name, tag or alias has the text. */
export function collectionText(text: string): Condition[] {
	return text === "" ? [] : [{ name: holdsText(text) }, { tag: holdsText(text) }, { alias: holdsText(text) }];
}

/** A version whose alias or tag has the text, or whose number it is. */
export function versionText(text: string): Condition[] {
	if (text === "") return [];
	const number = /^v?\d{1,9}$/i.test(text) ? [{ version: text.toLowerCase() }] : [];
	return [...number, { alias: holdsText(text) }, { tag: holdsText(text) }];
}

/** The collections of a registry that are wanted: by text, by tag, by type. */
export function collectionFilter(wanted: {
	text?: string | undefined;
	tag?: string | undefined;
	type?: string | undefined;
}): string | null {
	const text = wanted.text?.trim() ?? "";
	const all: Condition[] = [
		...(text === "" ? [] : [{ $or: collectionText(text) }]),
		...(wanted.tag ? [{ tag: wanted.tag }] : []),
		...(wanted.type ? [{ type: wanted.type }] : []),
	];
	return all.length === 0 ? null : JSON.stringify({ $and: all });
}
