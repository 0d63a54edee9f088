import { expect, test } from "vitest";
import { countResults } from "./vitest-counts.mjs";

function report(...files: { status: string; tests: string[] }[]): string {
	const testResults = files.map(({ status, tests }) => ({
		name: "some.test.ts",
		status,
		message: tests.length === 0 ? "no such module" : "",
		assertionResults: tests.map((test) => ({
			status: test,
			fullName: `a test that ${test}`,
			failureMessages: ["no\n at"],
		})),
	}));
	return JSON.stringify({ testResults });
}

test("each test counts once", () => {
	const text = report(
		{ status: "passed", tests: ["passed", "passed"] },
		{ status: "failed", tests: ["passed", "failed"] },
	);
	expect(countResults(text, 1)).toEqual({
		passed: 3,
		failed: 1,
		skipped: 0,
		failures: ["some.test.ts > a test that failed\n    no\n     at"],
	});
});

test("whatever was not run is skipped", () => {
	const text = report({ status: "passed", tests: ["passed", "skipped", "pending", "todo"] });
	expect(countResults(text, 0)).toEqual({ passed: 1, failed: 0, skipped: 3, failures: [] });
});

test("a file that cannot be loaded is a failure", () => {
	expect(countResults(report({ status: "failed", tests: [] }), 1)).toEqual({
		passed: 0,
		failed: 1,
		skipped: 0,
		failures: ["some.test.ts\n    no such module"],
	});
});

test("a failing run is a failure even when every test passed", () => {
	expect(countResults(report({ status: "passed", tests: ["passed"] }), 1)).toEqual({
		passed: 1,
		failed: 1,
		skipped: 0,
		failures: ["something outside the tests failed: see its error above"],
	});
});

test("a run without a report is a failure", () => {
	expect(countResults(undefined, 0)).toEqual({
		passed: 0,
		failed: 1,
		skipped: 0,
		failures: ["the tests left no report"],
	});
});
