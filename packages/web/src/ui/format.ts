/** Formatters by language: making one takes a hundred times what using it does. */
function kept<T>(make: (locale: string) => T): (locale: string) => T {
	const made = new Map<string, T>();
	return (locale) => {
		const formatter = made.get(locale) ?? make(locale);
		made.set(locale, formatter);
		return formatter;
	};
}

const relativeTime = kept((locale) => new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" }));
const instantTime = kept((locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" }));
const wholeNumber = kept((locale) => new Intl.NumberFormat(locale, { useGrouping: false }));
const groupedNumber = kept((locale) => new Intl.NumberFormat(locale));
const withDigits = (digits: number) =>
	kept((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }));
const fractions = [withDigits(0), withDigits(1), withDigits(2)] as const;
const sixDigits = kept((locale) => new Intl.NumberFormat(locale, { maximumSignificantDigits: 6 }));

const units = ["B", "KB", "MB", "GB", "TB", "PB"] as const;

/** Bytes in decimal units, three significant digits: 0 B, 999 B, 1.23 KB, 45.6 MB. */
export function formatBytes(bytes: number, locale: string): string {
	let value = bytes;
	let step = 0;
	// 999.5 would be shown as 1,000 of the smaller unit.
	while (value >= (step === 0 ? 1000 : 999.5) && step < units.length - 1) {
		value /= 1000;
		step += 1;
	}
	const digits = step === 0 || value >= 99.95 ? 0 : value < 9.995 ? 2 : 1;
	return `${fractions[digits](locale).format(value)} ${units[step] ?? "B"}`;
}

/** A span of time in its two largest units: 0s, 12s, 3m 04s, 2h 07m, 5d 03h. */
export function formatDuration(milliseconds: number): string {
	const seconds = Math.max(0, Math.round(milliseconds / 1000));
	if (seconds < 60) return `${seconds}s`;
	const two = (value: number) => String(value).padStart(2, "0");
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes}m ${two(seconds % 60)}s`;
	const hours = Math.floor(minutes / 60);
	if (hours < 24) return `${hours}h ${two(minutes % 60)}m`;
	return `${Math.floor(hours / 24)}d ${two(hours % 24)}h`;
}

const relativeSteps = [
	{ unit: "second", seconds: 1, below: 60 },
	{ unit: "minute", seconds: 60, below: 3600 },
	{ unit: "hour", seconds: 3600, below: 86_400 },
	{ unit: "day", seconds: 86_400, below: 2_592_000 },
	{ unit: "month", seconds: 2_592_000, below: 31_536_000 },
	{ unit: "year", seconds: 31_536_000, below: Number.POSITIVE_INFINITY },
] as const;

/** How long ago an instant was, in the words of the language. */
export function formatRelative(instant: string, now: number, locale: string): string {
	const seconds = (Date.parse(instant) - now) / 1000;
	const step = relativeSteps.find(({ below }) => Math.abs(seconds) < below) ?? relativeSteps[5];
	return relativeTime(locale).format(Math.trunc(seconds / step.seconds), step.unit);
}

/** The instant in full, in the reader's own time zone. */
export function formatInstant(instant: string, locale: string): string {
	return instantTime(locale).format(new Date(instant));
}

/** A config or metric value on one line: numbers shortened, objects as JSON. */
export function formatValue(value: unknown, locale: string): string {
	if (typeof value === "number") {
		const size = Math.abs(value);
		if (Number.isInteger(value)) return (size >= 10_000 ? groupedNumber : wholeNumber)(locale).format(value);
		return size >= 1e-4 && size < 1e9 ? sixDigits(locale).format(value) : value.toExponential(4);
	}
	if (typeof value === "string") return value;
	return JSON.stringify(value) ?? "";
}
