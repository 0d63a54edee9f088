const day = 86_400;

/** The longest that the server takes. */
export const mostDays = Math.floor(2_147_483_647 / day);

/** Seconds as days, to two digits after the point. */
export function daysOf(seconds: number): number {
	return Math.round((seconds / day) * 100) / 100;
}

/** What the server is told of so many days; nothing where they are no lifetime. */
export function secondsOf(days: number | string): number | undefined {
	const seconds = Math.round(Number(days) * day);
	return days !== "" && seconds > 0 && seconds <= mostDays * day ? seconds : undefined;
}
