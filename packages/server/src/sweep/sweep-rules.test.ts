import { describe, expect, it } from "vitest";
import {
	checkTransition,
	parseSweepState,
	sweepMethod,
	sweepMetric,
	sweepParameters,
	sweepRunCap,
} from "./sweep-rules.ts";

const yaml = `command:
- python
method: bayes # how
metric:
  goal: maximize
  name: 'val acc'
parameters:
  method:
    value: grid
  metric:
    values: [a, b]
run_cap: 20
`;

describe("a sweep's configuration", () => {
	it("is read as YAML", () => {
		expect(sweepMethod(yaml)).toBe("bayes");
		expect(sweepMetric(yaml)).toEqual({ name: "val acc", goal: "maximize" });
		expect(sweepRunCap(yaml)).toBe(20);
		expect(sweepParameters(yaml)).toEqual(["method", "metric"]);
	});

	it("is read as JSON", () => {
		const json =
			'{"method": "random", "metric": {"name": "loss"}, "run_cap": 3, "parameters": {"lr": {"min": 0}, "a.b": {"value": 1}}}';
		expect(sweepMethod(json)).toBe("random");
		expect(sweepMetric(json)).toEqual({ name: "loss", goal: "minimize" });
		expect(sweepRunCap(json)).toBe(3);
		expect(sweepParameters(json)).toEqual(["lr", "a.b"]);
	});

	it("may say nothing", () => {
		expect([sweepMethod("parameters: {}"), sweepMetric("parameters: {}"), sweepRunCap("")]).toEqual([
			"custom",
			null,
			null,
		]);
		expect(sweepMethod('"method": "grid"\r\n')).toBe("grid");
		expect(sweepMetric("metric: null\nname: x")).toBeNull();
		expect(sweepParameters("parameters: {}\nmethod: grid")).toEqual([]);
		expect(
			sweepParameters("parameters:\r\n    'batch size':\r\n        values: [1]\r\n\r\n    net: {value: 2}"),
		).toEqual(["batch size", "net"]);
	});
});

describe("states of a sweep", () => {
	it("knows them in any case", () => {
		expect(parseSweepState("paused")).toBe("PAUSED");
		expect(() => parseSweepState("asleep")).toThrow(/the states are PENDING/);
	});

	it("a sweep that is over can only be resumed", () => {
		expect(() => checkTransition("FINISHED", "PAUSED")).toThrow(/The sweep is FINISHED: it cannot become PAUSED/);
		expect(() => checkTransition("CANCELED", "FINISHED")).toThrow(/CANCELED/);
		for (const [from, to] of [
			["FINISHED", "RUNNING"],
			["RUNNING", "PAUSED"],
			["PENDING", "CANCELED"],
			["FINISHED", "FINISHED"],
		] as const) {
			expect(() => checkTransition(from, to)).not.toThrow();
		}
	});
});
