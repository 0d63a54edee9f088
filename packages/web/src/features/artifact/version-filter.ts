/** Characters that mean something in a pattern. */
const special = /[\\^$.*+?()[\]{}|]/g;

/** A pattern that finds a text as it is written, in whatever case. */
export function anyCase(text: string): string {
	return `(?i)${text.replace(special, String.raw`\$&`)}`;
}

/** The server's filter for versions that a text finds: by number, or by a part of an alias or tag; null finds all. */
export function searchedVersions(search: string): string | null {
	const text = search.trim();
	if (text === "") return null;
	const digits = /^v?(\d{1,9})$/i.exec(text)?.[1];
	const pattern = { $regex: anyCase(text) };
	return JSON.stringify({
		$or: [...(digits === undefined ? [] : [{ version: Number(digits) }]), { alias: pattern }, { tag: pattern }],
	});
}
