import { isJsonObject } from "./run-json-rules.ts";

/** No clock that is right says less: `wandb` is younger. A device without a battery says 1970. */
const earliest = Date.UTC(2015, 0, 1);

/** wire: the feature that the client's telemetry counts when `wandb sync` sends a run that was made offline. */
export const offlineFeature = 4;

/**
 * When a run that was made offline and is sent only now began, by its own clock; undefined where it does not say, says
 * something impossible, or was made online: then this server was there and saw it begin.
 * wire: 0.18 to 0.25 say so with the first upsert (`start_time`, in seconds), 0.31 with the second (`e.*.startedAt`).
 */
export function toldStart(config: unknown, now: Date): Date | undefined {
	const told = inside(inside(config, "_wandb"), "value");
	if (!wasOffline(told)) return undefined;
	const environments = Object.values(asObject(inside(told, "e")));
	const times = [
		secondsToTime(inside(told, "start_time")),
		...environments.map((environment) => parseTime(inside(environment, "startedAt"))),
	].filter((time) => time >= earliest && time <= now.getTime());
	return times.length === 0 ? undefined : new Date(Math.min(...times));
}

/**
 * When a run that was made offline ended: the last moment that it tells of, which is its start where it tells of none.
 * The moment at which its last lines arrive is the end of their sending.
 */
export function toldEnd(start: Date, summary: unknown, now: Date): Date {
	const times = [
		secondsToTime(inside(summary, "_timestamp")),
		start.getTime() + secondsToTime(inside(inside(summary, "_wandb"), "runtime")),
	].filter((time) => time <= now.getTime());
	return new Date(Math.max(start.getTime(), ...times));
}

function wasOffline(told: unknown): boolean {
	const features = inside(inside(told, "t"), "3");
	return Array.isArray(features) && features.includes(offlineFeature);
}

function inside(value: unknown, key: string): unknown {
	return isJsonObject(value) ? value[key] : undefined;
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
	return isJsonObject(value) ? value : {};
}

function secondsToTime(seconds: unknown): number {
	return typeof seconds === "number" ? seconds * 1000 : Number.NaN;
}

function parseTime(text: unknown): number {
	return typeof text === "string" ? Date.parse(text) : Number.NaN;
}
