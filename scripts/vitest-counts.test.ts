import { expect, test } from "vitest";
import { countResults } from "./vitest-counts.mjs";

function report(...files: { status: string; tests: string[] }[]): string {
	const testResults = files.map(({ status, tests }) => ({
		status,
		assertionResults: tests.map((test) => ({ status: test })),
	}));
	return JSON.stringify({ testResults });
}

test("each test counts once", () => {
	const text = report(
		{ status: "passed", tests: ["passed", "passed"] },
		{ status: "failed", tests: ["passed", "failed"] },
	);
	expect(countResults(text, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
});

test("whatever was not run is skipped", () => {
	const text = report({ status: "passed", tests: ["passed", "skipped", "pending", "todo"] });
	expect(countResults(text, 0)).toEqual({ passed: 1, failed: 0, skipped: 3 });
});

test("a file that cannot be loaded is a failure", () => {
	expect(countResults(report({ status: "failed", tests: [] }), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("a failing run is a failure even when every test passed", () => {
	expect(countResults(report({ status: "passed", tests: ["passed"] }), 1)).toEqual({
		passed: 1,
		failed: 1,
		skipped: 0,
	});
});

test("a run without a report is a failure", () => {
	expect(countResults(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
