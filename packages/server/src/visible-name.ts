/*
 * What a name may be written with: two names that look alike on a page are two names that nobody can tell apart, and one
 * that runs from right to left shows `exe.pdf` for `fdp.exe`.
 */

// Controls, format characters (directions, zero widths, tags), halves of surrogate pairs, separators of lines.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
// Two format characters are part of writing: they join letters of some scripts and parts of a pictograph.
const joiner = /^[\u200c\u200d]$/;
const beforeJoiner =
	/[\p{Mn}\p{Mc}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mongolian}]$/u;
const afterJoiner = /^[\p{L}\p{Extended_Pictographic}]/u;

function isWriting(text: string, at: number): boolean {
	return (
		joiner.test(text.charAt(at)) &&
		beforeJoiner.test(text.slice(Math.max(at - 2, 0), at)) &&
		afterJoiner.test(text.slice(at + 1, at + 3))
	);
}

/** What is wrong with a name in which something cannot be seen; null when everything can. */
export function whatIsUnseen(name: string): string | null {
	// Nearly every name: a manifest may bring a million of them.
	if (name.search(unseen) < 0) return null;
	for (const { 0: character, index } of name.matchAll(unseen)) {
		if (isWriting(name, index)) continue;
		const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
		return `it holds U+${code}, which cannot be seen: leave control characters, marks of direction and zero widths out`;
	}
	return null;
}
