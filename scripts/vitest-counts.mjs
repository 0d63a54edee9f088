/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Counts */

/**
 * Counts what Vitest's JSON report tells. What failed outside a test (a file that cannot be loaded, a rejection nobody
 * awaited, a report that was never written) counts as one failure each. Every failure is named, with its message's start.
 * @param {string | undefined} report
 * @param {number} exitStatus
 * @returns {Counts}
 */
export function countResults(report, exitStatus) {
	if (report === undefined) return { passed: 0, failed: 1, skipped: 0, failures: ["the tests left no report"] };
	/**
	 * @type {{ testResults: { name: string, status: string, message?: string,
	 *   assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }[] }}
	 */
	const { testResults } = JSON.parse(report);
	const tests = testResults.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })));
	const passed = tests.filter(({ status }) => status === "passed").length;
	const failedTests = tests.filter(({ status }) => status === "failed");
	const failedFiles = testResults.filter(
		(file) => file.status === "failed" && file.assertionResults.every(({ status }) => status !== "failed"),
	);
	const failures = [
		...failedTests.map(({ file, fullName, failureMessages = [] }) =>
			describe(`${file} > ${fullName}`, failureMessages.join("\n")),
		),
		...failedFiles.map(({ name, message = "" }) => describe(name, message)),
	];
	if (failures.length === 0 && exitStatus !== 0)
		failures.push("something outside the tests failed: see its error above");
	return { passed, failed: failures.length, skipped: tests.length - passed - failedTests.length, failures };
}

/**
 * @param {string} name
 * @param {string} message
 */
function describe(name, message) {
	const start = message.split("\n").slice(0, 4).join("\n").slice(0, 400);
	return start === "" ? name : `${name}\n${start}`.replaceAll("\n", "\n    ");
}
