import { describe, expect, it } from "vitest";
import { partMd5s, uploadIdOf } from "./multipart-rules.ts";

const [one, two] = ["1".repeat(32), "2".repeat(32)];

describe("parts of a file", () => {
	it("are put in order, their ETags read as MD5s", () => {
		expect(
			partMd5s([
				{ partNumber: 2, hexMD5: `"${two}"` },
				{ partNumber: 1, hexMD5: one.toUpperCase() },
			]),
		).toEqual([one, two]);
	});

	it.each([
		["a gap", [{ partNumber: 2, hexMD5: one }]],
		["a part twice", [1, 1].map((partNumber) => ({ partNumber, hexMD5: one }))],
		["no MD5", [{ partNumber: 1, hexMD5: "" }]],
		["a number that is none", [{ partNumber: Number.NaN, hexMD5: one }]],
		["too many", Array.from({ length: 10_001 }, (_, index) => ({ partNumber: index + 1, hexMD5: one }))],
	])("are refused with %s", (_what, parts) => {
		expect(() => partMd5s(parts)).toThrow(/a file comes in the parts 1, 2, 3 …/);
	});

	it("name an upload by project, file and parts together", () => {
		const file = { projectId: "p", md5Hex: one, partMd5s: [one, two] };
		const others = [
			{ ...file, projectId: "q" },
			{ ...file, md5Hex: two },
			{ ...file, partMd5s: [two, one] },
			{ ...file, xxh128Hex: one },
		];
		const ids = [file, ...others].map(uploadIdOf);
		expect(new Set(ids).size).toBe(5);
		expect(uploadIdOf({ ...file })).toBe(ids[0]);
	});
});
