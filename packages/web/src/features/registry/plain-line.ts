/** The first line of a text in Markdown, without its marks: for lists, which have one line for it. */
export function plainLine(markdown: string): string {
	const line = markdown.split("\n").find((each) => /[\p{L}\p{N}]/u.test(each)) ?? "";
	return line
		.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
		.replace(/^\s*(?:#{1,6}|>|[-*+]|\d+\.)\s+/, "")
		.replace(/(\*\*|__|~~|`)(.+?)\1/g, "$2")
		.replace(/(^|\s)[*_](\S(?:.*?\S)?)[*_](?=\s|[.,:;!?]|$)/g, "$1$2")
		.trim();
}
