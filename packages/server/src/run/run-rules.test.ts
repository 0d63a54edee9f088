import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRunFileName, mimetypeOf, runFileNameInPath, runFilePath } from "./run-file-rules.ts";
import { createHistoryKeyCounter, evenlySpaced, flattenRow } from "./run-history-rules.ts";
import { parseConsoleLine } from "./run-log-rules.ts";
import { checkRunName, generateDisplayWords, parseRunState } from "./run-rules.ts";

describe("run names", () => {
	it.each(["", "a/b", "a\\b", "a#b", "a?b", "a%b", "a:b", "a\nb", "..", "x".repeat(129)])("refuses %j", (name) => {
		expect(() => checkRunName(name)).toThrow(/cannot be a run id/);
	});

	it.each(["abcd1234", "run with spaces", "läufe-7", "x".repeat(128)])("takes %j", (name) => {
		expect(checkRunName(name)).toBe(name);
	});

	it("generates adjective-noun from any id", () => {
		fc.assert(
			fc.property(fc.uuid(), (id) => {
				expect(generateDisplayWords(id)).toMatch(/^[a-z]+-[a-z]+$/);
			}),
		);
	});

	it("knows the states", () => {
		expect(parseRunState("PENDING")).toBe("pending");
		expect(() => parseRunState("asleep")).toThrow(/the states are pending, running/);
	});
});

describe("run files", () => {
	it("a name survives its address", () => {
		const segment = fc
			.string({ minLength: 1, unit: "grapheme" })
			.filter((text) => !/[/\\]/.test(text) && text !== "..");
		fc.assert(
			fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), (segments) => {
				const name = segments.join("/");
				expect(runFileNameInPath(`/files/e/p/r/${runFilePath(name)}?download=1`)).toBe(name);
			}),
		);
		expect(runFileNameInPath(`/files/e/p/r/${runFilePath("HT%3ML %25 & #?.txt")}`)).toBe("HT%3ML %25 & #?.txt");
		expect(runFileNameInPath("/files/e/p/r/100%")).toBeNull();
	});

	it.each(["", "/etc/passwd", "\\x", "C:/x", "a/../b", "..", "a\\..\\b", "a\u0000b", "\ud800", "x".repeat(1025)])(
		"refuses %j",
		(name) => {
			expect(() => checkRunFileName(name)).toThrow(/cannot be the name of a run's file/);
		},
	);

	it.each(["a..b/c..", "a %2e%2e/b", "media/images/x.png", "...", "x".repeat(1024)])("takes %j", (name) => {
		expect(checkRunFileName(name)).toBe(name);
	});

	it("knows common endings", () => {
		expect(mimetypeOf("media/a.PNG")).toBe("image/png");
		expect(mimetypeOf("README")).toBeNull();
	});
});

describe("console lines", () => {
	it("takes structured and plain lines apart", () => {
		expect(
			parseConsoleLine('{"ts":"2026-11-21T05:06:08.551492","content":"oh","level":"error","label":"rank 1"}'),
		).toEqual({
			timestamp: "2026-11-21T05:06:08.551492",
			level: "error",
			label: "rank 1",
			content: "oh",
		});
		const plain = { timestamp: "2026-11-21T05:17:58.593788", label: null, content: "text  two" };
		expect(parseConsoleLine("2026-11-21T05:17:58.593788 text  two")).toEqual({ ...plain, level: null });
		expect(parseConsoleLine("ERROR 2026-11-21T05:17:58.593788 text  two")).toEqual({ ...plain, level: "error" });
	});

	it.each(["{not json", '{"content": 3}', "ERROR alone", ""])("keeps %j as it is", (line) => {
		expect(parseConsoleLine(line)).toEqual({ timestamp: null, level: null, label: null, content: line });
	});
});

describe("history", () => {
	it("samples evenly, with both ends", () => {
		fc.assert(
			fc.property(fc.nat(5000), fc.integer({ min: 2, max: 700 }), (count, most) => {
				const picked = evenlySpaced(count, most);
				expect(picked).toHaveLength(Math.min(count, most));
				expect(new Set(picked).size).toBe(picked.length);
				expect(picked).toEqual([...picked].sort((a, b) => a - b));
				if (count > 0) expect([picked[0], picked.at(-1)]).toEqual([0, count - 1]);
			}),
		);
	});

	it("flattens nested metrics, not media", () => {
		const media = { _type: "image-file", path: "x.png" };
		expect([...flattenRow({ dict: { val1: 1, deep: { a: 2 } }, image: media, list: [1] })]).toEqual([
			["dict.val1", 1],
			["dict.deep.a", 2],
			["image", media],
			["list", [1]],
		]);
	});

	it("tells keys, types, order and the last step", () => {
		const counter = createHistoryKeyCounter();
		counter.add({ loss: 3, epoch: 0, note: "a" }, 0);
		counter.add({ loss: 1, epoch: 1, note: { inner: true } }, 4);
		counter.add({ loss: "NaN", epoch: 1 }, 5);
		expect(counter.result()).toEqual({
			keys: {
				loss: {
					typeCounts: [
						{ type: "number", count: 2 },
						{ type: "string", count: 1 },
					],
					monotonic: false,
					previousValue: "NaN",
				},
				epoch: { typeCounts: [{ type: "number", count: 3 }], monotonic: true, previousValue: 1 },
				note: { typeCounts: [{ type: "string", count: 1 }], monotonic: false, previousValue: "a" },
				"note.inner": { typeCounts: [{ type: "boolean", count: 1 }], monotonic: false, previousValue: true },
			},
			sets: [],
			lastStep: 5,
		});
		expect(createHistoryKeyCounter().result().lastStep).toBe(-1);
	});
});
