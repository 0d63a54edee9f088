function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object that a JSON text holds; an empty one when it holds anything else. */
export function parseRecord(text: string | null | undefined): Record<string, unknown> {
	if (!text) return {};
	try {
		const value: unknown = JSON.parse(text);
		return isRecord(value) ? value : {};
	} catch {
		return {};
	}
}

/** A run's config without its wrapping: the client stores `{ key: { value, desc } }` and its own notes under `_wandb`. */
export function unwrapConfig(text: string | null | undefined): Record<string, unknown> {
	const entries = Object.entries(parseRecord(text)).filter(([key]) => key !== "_wandb");
	return Object.fromEntries(entries.map(([key, item]) => [key, isRecord(item) && "value" in item ? item.value : item]));
}

/** A run's last metrics: without the client's own keys, which begin with an underscore. */
export function readSummary(text: string | null | undefined): Record<string, unknown> {
	return Object.fromEntries(Object.entries(parseRecord(text)).filter(([key]) => !key.startsWith("_")));
}
