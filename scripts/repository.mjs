import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The top folder of this clone. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Everything these scripts keep that may be deleted at any time: logs, locks, venvs, a browser. */
export const cacheDir = join(root, ".cache");

/** @param {string} text */
export function say(text) {
	process.stderr.write(`${text}\n`);
}

/** A failure the user can do something about: its text is all that is shown. */
export class SetupError extends Error {
	/**
	 * @param {string} message
	 * @param {number} exitCode
	 */
	constructor(message, exitCode = 1) {
		super(message);
		this.exitCode = exitCode;
	}
}

/**
 * Runs a script's main function; a `SetupError` becomes its text and exit status.
 * @param {() => Promise<void>} main
 */
export async function runMain(main) {
	try {
		await main();
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		say(error.message);
		process.exitCode = error.exitCode;
	}
}

/**
 * The environment for child processes: `node` and the installed tools are those of this clone.
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnv() {
	const bin = join(root, "node_modules", ".bin");
	const path = (process.env.PATH ?? "").split(delimiter).filter((entry) => entry !== bin && entry !== "");
	return { ...process.env, PATH: [bin, ...path].join(delimiter) };
}
