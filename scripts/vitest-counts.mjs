/**
 * Counts what Vitest's JSON report tells. What failed outside a test (a file that cannot be loaded, a rejection nobody
 * awaited, a report that was never written) counts as one failure each.
 * @param {string | undefined} report
 * @param {number} exitStatus
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
export function countResults(report, exitStatus) {
	if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
	/** @type {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} */
	const { testResults } = JSON.parse(report);
	const statuses = testResults.flatMap((file) => file.assertionResults.map(({ status }) => status));
	const passed = statuses.filter((status) => status === "passed").length;
	const failedTests = statuses.filter((status) => status === "failed").length;
	const failedFiles = testResults.filter(
		(file) => file.status === "failed" && file.assertionResults.every(({ status }) => status !== "failed"),
	).length;
	const failed = failedTests + failedFiles;
	return {
		passed,
		failed: failed === 0 && exitStatus !== 0 ? 1 : failed,
		skipped: statuses.length - passed - failedTests,
	};
}
