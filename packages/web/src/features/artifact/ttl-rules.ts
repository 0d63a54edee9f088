const daySeconds = 86_400;

/** How long a version lives: as the team says, so many days, or for ever. */
export type TtlChoice = "inherit" | "custom" | "off";

/** The choice that a version has now. */
export function ttlChoice({ ttlDurationSeconds, ttlIsInherited }: Ttl): TtlChoice {
	if (ttlIsInherited) return "inherit";
	return ttlDurationSeconds > 0 ? "custom" : "off";
}

type Ttl = { ttlDurationSeconds: number; ttlIsInherited: boolean };

/** The number that the server takes for a choice: -1 inherits, -2 is for ever. */
export function ttlSeconds(choice: TtlChoice, days: number): number {
	if (choice === "inherit") return -1;
	return choice === "off" ? -2 : Math.round(days * daySeconds);
}

/** When a version that was made then and lives so long goes; undefined: never. */
export function expiry(createdAt: string, seconds: number | null | undefined): string | undefined {
	if (!seconds || seconds <= 0) return undefined;
	return new Date(Date.parse(createdAt) + seconds * 1000).toISOString();
}

/** Seconds as days, with two decimals at most. */
export function toDays(seconds: number): number {
	return Math.round((seconds / daySeconds) * 100) / 100;
}
