import { describe, expect, test } from "vitest";
import { toldEnd, toldStart } from "./told-time-rules.ts";

const now = new Date("2026-11-21T12:00:00.000Z");
const offline = (told: object) => ({ _wandb: { value: { t: { 3: [2, 4, 13] }, ...told } } });

describe("when an offline run began", () => {
	test.each<[string, unknown, string | undefined]>([
		["seconds", offline({ start_time: 1_795_102_126 }), "2026-11-19T15:28:46.000Z"],
		["a writer", offline({ e: { a: { startedAt: "2026-11-19T15:27:57.602803Z" } } }), "2026-11-19T15:27:57.602Z"],
		[
			"the first of its writers",
			offline({ e: { a: { startedAt: "2026-11-20T01:00:00Z" }, b: { startedAt: "2026-11-19T01:00:00Z" }, c: 7 } }),
			"2026-11-19T01:00:00.000Z",
		],
		["a clock that is ahead", offline({ start_time: now.getTime() / 1000 + 1 }), undefined],
		["a clock without a battery", offline({ start_time: 0 }), undefined],
		["one good and one bad clock", offline({ start_time: 0, e: { a: { startedAt: "2026-11-19" } } }), "2026-11-19"],
		["no time at all", offline({}), undefined],
		["nonsense", offline({ start_time: "NaN", e: { a: { startedAt: 3 }, b: null } }), undefined],
		["a number beyond dates", offline({ start_time: -1e300 }), undefined],
		["an online run", { _wandb: { value: { t: { 3: [14, 16] }, start_time: 1_795_102_126 } } }, undefined],
		["no telemetry", { _wandb: { value: { t: 4, start_time: 1_795_102_126 } } }, undefined],
		["no config", undefined, undefined],
	])("by %s", (_what, config, expected) => {
		expect(toldStart(config, now)).toEqual(expected === undefined ? undefined : new Date(expected));
	});
});

describe("when an offline run ended", () => {
	const start = new Date("2026-11-19T12:00:00.000Z");
	const end = (summary: unknown) => toldEnd(start, summary, now).toISOString();

	test("is the last moment it tells of", () => {
		expect(end({ _timestamp: start.getTime() / 1000 + 60 })).toBe("2026-11-19T12:01:00.000Z");
		expect(end({ _timestamp: start.getTime() / 1000 + 60, _wandb: { runtime: 90 } })).toBe("2026-11-19T12:01:30.000Z");
	});

	test("is never before its start, nor still to come", () => {
		expect(end({})).toBe(start.toISOString());
		expect(end({ _timestamp: 5, _wandb: { runtime: "NaN" } })).toBe(start.toISOString());
		expect(end({ _timestamp: now.getTime(), _wandb: { runtime: 1e300 } })).toBe(start.toISOString());
	});
});
