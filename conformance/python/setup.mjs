// Plain JavaScript for Node 20: the test command runs it before anything else is installed.
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findPython, isVenvReady, makeVenv } from "../../scripts/python-venv.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");

/**
 * A version of the real client, and where it differs from the others.
 * @typedef {object} ClientVersion
 * @property {string} version
 * @property {boolean} raisesRefusals `link_artifact` raises the server's refusal; older versions print it and go on
 * @property {boolean} returnsLinks artifacts have `is_link`, and `link_artifact` returns the linked artifact
 * @property {boolean} linksLoggedWithoutRun `Artifact.link` of a logged version makes no run
 * @property {boolean} linksDrafts `Artifact.link` takes a draft that no run has logged
 * @property {boolean} takesLongKeys `wandb login` takes keys of more than 40 characters
 * @property {boolean} verifiesLogin `wandb login` asks the server also without `--verify`
 * @property {boolean} storesUnverifiedKeys `wandb login --verify` stores a key before it asks the server
 * @property {boolean} saysWhoLoggedIn `wandb login --verify` prints the user, the team and the server
 * @property {boolean} storesPort `~/.netrc` names the server's port
 * @property {boolean} findsStoredKey finds again what it stored in `~/.netrc` for a server whose URL has a port
 * @property {boolean} skipsSynced `wandb sync` leaves out a run that it has sent before
 */

/**
 * The versions of the real client that all tests run, newest first.
 * @type {readonly Readonly<ClientVersion>[]}
 */
export const clientVersions = Object.freeze([
	{
		version: "0.31.0",
		raisesRefusals: true,
		returnsLinks: true,
		linksLoggedWithoutRun: true,
		linksDrafts: true,
		takesLongKeys: true,
		verifiesLogin: true,
		storesUnverifiedKeys: false,
		saysWhoLoggedIn: true,
		storesPort: true,
		findsStoredKey: true,
		skipsSynced: true,
	},
	{
		version: "0.25.1",
		raisesRefusals: true,
		returnsLinks: true,
		linksLoggedWithoutRun: true,
		linksDrafts: true,
		takesLongKeys: true,
		verifiesLogin: false,
		storesUnverifiedKeys: true,
		saysWhoLoggedIn: true,
		storesPort: true,
		findsStoredKey: true,
		skipsSynced: false,
	},
	{
		version: "0.22.3",
		raisesRefusals: true,
		returnsLinks: true,
		linksLoggedWithoutRun: true,
		linksDrafts: false,
		takesLongKeys: true,
		verifiesLogin: false,
		storesUnverifiedKeys: false,
		saysWhoLoggedIn: true,
		storesPort: true,
		findsStoredKey: false,
		skipsSynced: false,
	},
	{
		version: "0.19.11",
		raisesRefusals: false,
		returnsLinks: true,
		linksLoggedWithoutRun: false,
		linksDrafts: true,
		takesLongKeys: false,
		verifiesLogin: false,
		storesUnverifiedKeys: false,
		saysWhoLoggedIn: true,
		storesPort: true,
		findsStoredKey: false,
		skipsSynced: false,
	},
	{
		version: "0.18.7",
		raisesRefusals: false,
		returnsLinks: false,
		linksLoggedWithoutRun: false,
		linksDrafts: true,
		takesLongKeys: false,
		verifiesLogin: false,
		storesUnverifiedKeys: true,
		saysWhoLoggedIn: false,
		storesPort: false,
		findsStoredKey: true,
		skipsSynced: false,
	},
]);

/** The oldest version for which the documents promise hello_collection.py (S4-C1), and nothing else. */
export const oldestForHelloCollection = "0.18.6";

/**
 * The Python of the venv that holds this version of the client.
 * @param {string} version
 */
export function venvPython(version) {
	return join(venvFolder(version), "bin", "python");
}

/** @param {string} version */
function venvFolder(version) {
	return join(root, ".cache", "venvs", `wandb-${version}`);
}

/** @param {string} version */
function venvOf(version) {
	return {
		folder: venvFolder(version),
		requirements: join(here, `requirements-${version}.txt`),
		imports: "wandb",
	};
}

/**
 * Makes the venvs that are missing or stale, at the same time, and says so; throws one clear line when Python is
 * missing.
 * @param {(line: string) => void} say
 */
export async function ensureVenvs(say) {
	const versions = [...clientVersions.map(({ version }) => version), oldestForHelloCollection];
	const missing = versions.filter((version) => !isVenvReady(venvOf(version)));
	if (missing.length === 0) return;
	const python = findPython();
	say(`Python environments for wandb ${missing.join(", ")}: installing into .cache/venvs`);
	const outcomes = await Promise.allSettled(
		missing.map(async (version) => {
			await makeVenv(python, venvOf(version));
			say(`Python environment for wandb ${version}: ready`);
		}),
	);
	for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureVenvs(console.log);
