/** Whether one of the texts holds what is searched for, whatever the case. */
export function matches(query: string, texts: readonly (string | null | undefined)[]): boolean {
	const wanted = query.trim().toLowerCase();
	return wanted === "" || texts.some((text) => text?.toLowerCase().includes(wanted) ?? false);
}
