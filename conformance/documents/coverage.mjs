// Writes conformance/COVERAGE.md; with --check writes nothing and ends with 1 when it is not current.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { coverage } from "./coverage.ts";

const file = fileURLToPath(new URL("../COVERAGE.md", import.meta.url));
const text = coverage();
if (!process.argv.includes("--check")) {
	writeFileSync(file, text);
} else if (readFileSync(file, "utf8") !== text) {
	process.stderr.write(
		"conformance/COVERAGE.md is not current: run `node_modules/.bin/node conformance/documents/coverage.mjs`\n",
	);
	process.exitCode = 1;
}
