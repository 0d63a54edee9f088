// `npm test [-- FILTER] [-- --only=check|unit|conformance]`: the whole suite, whatever fails on the way, then one line.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { listChecks, runChecks } from "./checks.mjs";
import { ensureBuilt } from "./ensure-built.mjs";
import { ensureChromium } from "./ensure-chromium.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { findPinnedNode } from "./pinned-node.mjs";
import { root, runMain, SetupError, toolEnv } from "./repository.mjs";
import { runLoudly } from "./run-command.mjs";
import { countResults } from "./vitest-counts.mjs";

/** @typedef {import("./vitest-counts.mjs").Counts} Counts */

const steps = {
	check: () => runChecks(listChecks()),
	unit: () => runUnitTests(),
	conformance: () => runConformanceTests(),
};
/** @type {Counts} */
const nothing = { passed: 0, failed: 0, skipped: 0, failures: [] };

/** @param {string} text */
function say(text) {
	process.stdout.write(`${text}\n`);
}

await runMain(async () => {
	const chosen = chooseSteps();
	let total = await attempt(async () => {
		await ensureInstalled(say);
		findPinnedNode();
		return nothing;
	});
	for (const name of total.failed === 0 ? chosen : []) {
		say(`\n== ${name} ==`);
		total = add(total, await attempt(steps[name]));
	}
	const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
	// Once more at the end: what failed early has long scrolled away.
	for (const failure of total.failures) say(`\n✗ ${failure}`);
	say(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
	// A skipped test has not been run, and nobody looks at it again.
	process.exitCode = total.failed + total.skipped > 0 ? 1 : 0;
});

/** @returns {(keyof typeof steps)[]} */
function chooseSteps() {
	const { only } = commandLine();
	/** @type {(keyof typeof steps)[]} */
	const all = ["check", "unit", "conformance"];
	if (only !== undefined) {
		const chosen = all.filter((name) => name === only);
		if (chosen.length === 0) throw new SetupError(`--only takes one of ${all.join(", ")}, not "${only}".`, 2);
		return chosen;
	}
	return commandLine().filters.length > 0 ? all.slice(1) : all;
}

function commandLine() {
	try {
		const { values, positionals } = parseArgs({ options: { only: { type: "string" } }, allowPositionals: true });
		return { only: values.only, filters: positionals };
	} catch (error) {
		throw new SetupError(error instanceof Error ? error.message : String(error), 2);
	}
}

/**
 * Runs a step; what it cannot set up is said and counts as one failure.
 * @param {() => Promise<Counts>} step
 * @returns {Promise<Counts>}
 */
async function attempt(step) {
	try {
		return await step();
	} catch (error) {
		const text = error instanceof SetupError ? error.message : String(error instanceof Error ? error.stack : error);
		say(text);
		return { ...nothing, failed: 1, failures: [text] };
	}
}

async function runUnitTests() {
	let chromium = "";
	const prepared = await attempt(async () => {
		await ensureBuilt(say);
		chromium = await ensureChromium(say);
		return nothing;
	});
	return add(prepared, await runVitest(["unit", "db", "web"], chromium));
}

async function runConformanceTests() {
	let chromium = "";
	const prepared = await attempt(async () => {
		await ensureBuilt(say);
		chromium = await ensureChromium(say);
		const setup = join(root, "conformance", "python", "setup.mjs");
		if (existsSync(setup)) {
			const { ensureVenvs } = await import(pathToFileURL(setup).href);
			await ensureVenvs(say);
		}
		return nothing;
	});
	return add(prepared, await runVitest(["conformance"], chromium));
}

/**
 * @param {string[]} projects
 * @param {string} chromium
 * @returns {Promise<Counts>}
 */
async function runVitest(projects, chromium) {
	const { filters } = commandLine();
	const folder = mkdtempSync(join(tmpdir(), "keifu-test-"));
	const results = join(folder, "results.json");
	try {
		const status = await runLoudly(
			findPinnedNode(),
			[
				"node_modules/vitest/vitest.mjs",
				"run",
				...projects.flatMap((name) => ["--project", name]),
				"--allowOnly=false",
				"--passWithNoTests",
				"--reporter=default",
				"--reporter=json",
				`--outputFile.json=${results}`,
				...filters,
			],
			{ env: testEnv(chromium) },
		);
		const report = existsSync(results) ? readFileSync(results, "utf8") : undefined;
		const counts = countResults(report, status);
		if (counts.passed + counts.failed > 0 || filters.length > 0) return counts;
		return { ...counts, failed: 1, failures: [`no test was found in ${projects.join(", ")}`] };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * The environment of the tests: no setting of whoever runs them changes what they see.
 * @param {string} chromium
 */
function testEnv(chromium) {
	const kept = Object.entries(toolEnv()).filter(([name]) => !/^(KEIFU_(?!TEST_)|WANDB_)/.test(name));
	return { ...Object.fromEntries(kept), ...(chromium === "" ? {} : { KEIFU_CHROMIUM: chromium }) };
}

/**
 * @param {Counts} a
 * @param {Counts} b
 */
function add(a, b) {
	return {
		passed: a.passed + b.passed,
		failed: a.failed + b.failed,
		skipped: a.skipped + b.skipped,
		failures: [...a.failures, ...b.failures],
	};
}
