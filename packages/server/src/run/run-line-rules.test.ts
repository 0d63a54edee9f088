import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endOf, type LineChunk, overlay, toChunk } from "./run-line-rules.ts";

const write = fc.record({
	offset: fc.nat(30),
	lines: fc.array(fc.nat(100), { minLength: 1, maxLength: 12 }).map((steps) => steps.map((n) => `{"_step": ${n}}`)),
});

function shareLines(a: LineChunk, b: LineChunk): boolean {
	return a.firstLine < endOf(b) && endOf(a) > b.firstLine;
}

describe("overlay", () => {
	it("leaves what writing line by line would leave, in chunks that share no line", () => {
		fc.assert(
			fc.property(fc.array(write, { maxLength: 20 }), (writes) => {
				const model = new Map<number, string>();
				let kept: LineChunk[] = [];
				for (const sent of writes) {
					const chunk = toChunk("history", sent);
					if (chunk === undefined) throw new Error("every write has lines");
					for (const [at, line] of sent.lines.entries()) model.set(sent.offset + at, line);
					const touched = kept.filter((known) => shareLines(known, chunk));
					kept = [...kept.filter((known) => !touched.includes(known)), ...overlay(touched, chunk)];
				}
				const lines = kept.flatMap((chunk) => chunk.lines.map((line, at) => [chunk.firstLine + at, line] as const));
				expect(lines).toHaveLength(model.size);
				expect(new Map(lines)).toEqual(model);
				for (const chunk of kept) {
					const steps = chunk.lines.map((line) => JSON.parse(line)._step);
					expect([chunk.firstStep, chunk.lastStep]).toEqual([Math.min(...steps), Math.max(...steps)]);
				}
			}),
		);
	});
});

describe("toChunk", () => {
	it("names the line that is no JSON object", () => {
		expect(() => toChunk("history", { offset: 7, lines: ['{"_step": 7}', "[1]"] })).toThrow(
			"Line 8 of history must be a JSON object, not a list.",
		);
		expect(() => toChunk("events", { offset: 0, lines: ["{"] })).toThrow(/^Line 0 of events is not valid JSON/);
	});

	it("takes any console line, without its zero characters", () => {
		expect(toChunk("log", { offset: 3, lines: ["a\u0000b", "{"] })).toEqual({
			stream: "log",
			firstLine: 3,
			lines: ["ab", "{"],
			firstStep: null,
			lastStep: null,
		});
	});

	it("counts a row without a step by its line", () => {
		const chunk = toChunk("history", { offset: 4, lines: ['{"loss": NaN}', '{"_step": 9}'] });
		expect(chunk).toMatchObject({ firstStep: 4, lastStep: 9, lines: ['{"loss": "NaN"}', '{"_step": 9}'] });
	});

	it("refuses lines beyond what a run can hold", () => {
		expect(() => toChunk("log", { offset: 2 ** 31 - 1, lines: ["x"] })).toThrow(/beyond what a run can hold/);
	});
});
