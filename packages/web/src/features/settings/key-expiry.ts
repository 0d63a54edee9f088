const day = 86_400_000;

/** How long a new key can be good without naming a date. */
export const keyLifetimes = ["never", "7", "30", "90", "365", "date"] as const;
export type KeyLifetime = (typeof keyLifetimes)[number];

export function isKeyLifetime(text: string): text is KeyLifetime {
	return keyLifetimes.some((known) => known === text);
}

/** When a key ends: so many days from now, or with the end of a day on the reader's calendar. Null: never. */
export function keyExpiry(lifetime: KeyLifetime, date: string, now: number): string | null {
	if (lifetime === "never") return null;
	if (lifetime !== "date") return new Date(now + Number(lifetime) * day).toISOString();
	return date === "" ? null : new Date(`${date}T23:59:59`).toISOString();
}
