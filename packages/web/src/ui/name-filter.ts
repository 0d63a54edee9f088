/** What has a text in its name, whatever the case, in the server's language of filters; null for everything. */
export function nameFilter(text: string): string | null {
	const pattern = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
	return text === "" ? null : JSON.stringify({ name: { $regex: `(?i)${pattern}` } });
}
