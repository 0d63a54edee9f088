// Plain JavaScript for Node 20: the test command runs it before anything else is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/**
 * A Python environment: its folder, the file of pinned packages that fills it, and the module that shows it works.
 * @typedef {{ folder: string, requirements: string, imports: string }} Venv
 */

/** @param {Venv} venv */
export function isVenvReady(venv) {
	const file = stampFile(venv);
	return existsSync(file) && readFileSync(file, "utf8") === stamp(venv) && starts(venv);
}

/**
 * Makes the environment anew; throws one clear line when that fails.
 * @param {string} python the host's, of `findPython`
 * @param {Venv} venv
 */
export async function makeVenv(python, venv) {
	rmSync(venv.folder, { recursive: true, force: true });
	await run(python, ["-m", "venv", venv.folder], "python3 -m venv failed (on Debian: apt-get install python3-venv)");
	await run(
		pythonOf(venv),
		["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "-r", venv.requirements],
		`pip could not install ${basename(venv.requirements)}`,
	);
	writeFileSync(stampFile(venv), stamp(venv));
}

export function findPython() {
	const probe = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";
	for (const name of ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"]) {
		if (spawnSync(name, ["-c", probe], { stdio: "ignore" }).status === 0) return name;
	}
	throw new Error(
		"This needs python3 of version 3.10 or newer with its venv module (on Debian: apt-get install python3 python3-venv).",
	);
}

/** @param {Venv} venv */
function pythonOf(venv) {
	return join(venv.folder, "bin", "python");
}

/** @param {Venv} venv */
function stampFile(venv) {
	return join(venv.folder, "keifu-stamp");
}

/** @param {Venv} venv */
function stamp(venv) {
	return createHash("sha256").update(readFileSync(venv.requirements)).digest("hex");
}

/** @param {Venv} venv */
function starts(venv) {
	// Importing a client would take seconds for all of them.
	const probe = `import importlib.util, sys; sys.exit(importlib.util.find_spec('${venv.imports}') is None)`;
	return spawnSync(pythonOf(venv), ["-c", probe], { stdio: "ignore" }).status === 0;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} otherwise what to say when it fails
 */
function run(command, args, otherwise) {
	return new Promise((done, fail) => {
		const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
		let output = "";
		const keep = (/** @type {Buffer} */ chunk) => {
			output = (output + chunk.toString()).slice(-2000);
		};
		child.stdout.on("data", keep);
		child.stderr.on("data", keep);
		child.on("error", (error) => fail(new Error(`${otherwise}: ${error.message}`)));
		child.on("close", (code) => (code === 0 ? done(undefined) : fail(new Error(`${otherwise}: ${output.trim()}`))));
	});
}
