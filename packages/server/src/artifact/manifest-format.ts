import { createHash } from "node:crypto";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { checkEntryPath } from "./artifact-name-rules.ts";

/** One file or reference of a version, as manifest version 1 has it. */
export type ManifestEntry = {
	readonly path: string;
	/** base64 MD5 of the bytes; for a reference whatever it carries (an ETag, the URI). */
	readonly digest: string;
	readonly size: number;
	readonly ref: string | null;
	readonly extra: Record<string, unknown> | null;
	/** Node id of the version that first held the bytes. */
	readonly birthArtifactID: string | null;
};

export type Manifest = {
	readonly storagePolicyConfig: Record<string, unknown>;
	readonly entries: readonly ManifestEntry[];
};

const maxEntries = 1_000_000;
/** A manifest is read in one piece: this is the most that is taken in. A million entries fit. */
export const maxManifestBytes = 512 * 1024 * 1024;

const text = z
	.string()
	.max(8192)
	.refine((value) => !value.includes("\u0000"), "holds a NUL character, which cannot be stored");

const entryShape = z.object({
	digest: text,
	size: z.number().int().nonnegative().nullish(),
	ref: text.nullish(),
	extra: z.record(z.string(), z.unknown()).nullish(),
	birthArtifactID: z.string().max(200).nullish(),
});

const manifestShape = z.object({
	version: z.literal(1),
	storagePolicy: z.string(),
	storagePolicyConfig: z.record(z.string(), z.unknown()).nullish(),
	// Not a record: Zod leaves out the key `__proto__`, which may be a file's name.
	contents: z.custom<object>((value) => typeof value === "object" && value !== null && !Array.isArray(value), {
		error: "contents: expected files by path",
	}),
});

/** Reads a manifest of version 1. `local_path` and `skip_cache`, which the client leaks, are dropped. */
export function parseManifest(text: string): Manifest {
	const shaped = manifestShape.safeParse(parseJson(text));
	if (!shaped.success) throw notAManifest(z.prettifyError(shaped.error).slice(0, 300));
	const contents = Object.entries(shaped.data.contents);
	if (contents.length > maxEntries) {
		throw new DomainError(
			"UNPROCESSABLE",
			`the manifest lists ${contents.length} files; ${maxEntries} is the most a version can hold`,
		);
	}
	const entries = contents.map(([path, entry]) => parseEntry(path, entry));
	return { storagePolicyConfig: shaped.data.storagePolicyConfig ?? {}, entries };
}

function parseEntry(path: string, value: unknown): ManifestEntry {
	checkEntryPath(path);
	const shaped = entryShape.safeParse(value);
	if (!shaped.success) {
		throw notAManifest(`${JSON.stringify(path)}: ${z.prettifyError(shaped.error).slice(0, 300)}`);
	}
	const { digest, size, ref, extra, birthArtifactID } = shaped.data;
	return {
		path,
		digest,
		size: size ?? 0,
		ref: ref ?? null,
		extra: extra ?? null,
		birthArtifactID: birthArtifactID ?? null,
	};
}

/** Writes a manifest of version 1, entries in order of path. */
export function printManifest(manifest: Manifest): string {
	const contents = sortByPath(manifest.entries).map((entry) => [
		entry.path,
		{
			digest: entry.digest,
			size: entry.size,
			...(entry.birthArtifactID === null ? {} : { birthArtifactID: entry.birthArtifactID }),
			...(entry.ref === null ? {} : { ref: entry.ref }),
			...(entry.extra === null ? {} : { extra: entry.extra }),
		},
	]);
	return JSON.stringify({
		version: 1,
		storagePolicy: "wandb-storage-policy-v1",
		storagePolicyConfig: manifest.storagePolicyConfig,
		contents: Object.fromEntries(contents),
	});
}

/** Hex MD5 over the entries in order of path: the digest that makes two versions equal. Client: `ArtifactManifestV1.digest`. */
export function manifestDigest(entries: readonly ManifestEntry[]): string {
	const hash = createHash("md5").update("wandb-artifact-manifest-v1\n");
	for (const entry of sortByPath(entries)) hash.update(`${entry.path}:${entry.digest}\n`);
	return hash.digest("hex");
}

/** The entries of `base`, with those of `changes` over them. Client: manifest types INCREMENTAL and PATCH. */
export function mergeManifests(base: Manifest, changes: readonly Manifest[]): Manifest {
	const merged = new Map(base.entries.map((entry) => [entry.path, entry]));
	for (const change of changes) for (const entry of change.entries) merged.set(entry.path, entry);
	return {
		storagePolicyConfig: changes[0]?.storagePolicyConfig ?? base.storagePolicyConfig,
		entries: [...merged.values()],
	};
}

function sortByPath(entries: readonly ManifestEntry[]): ManifestEntry[] {
	return [...entries].sort((a, b) => compareCodePoints(a.path, b.path));
}

/** wire: Python and Go order strings by code point, JavaScript by UTF-16 unit: they differ beyond the basic plane. */
function compareCodePoints(a: string, b: string): number {
	const length = Math.min(a.length, b.length);
	for (let at = 0; at < length; at++) {
		const left = a.charCodeAt(at);
		const right = b.charCodeAt(at);
		if (left !== right) return surrogatesLast(left) - surrogatesLast(right);
	}
	return a.length - b.length;
}

/** Moves surrogates above U+E000…U+FFFF, where the code points that they spell stand. */
function surrogatesLast(unit: number): number {
	if (unit < 0xd800) return unit;
	return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw notAManifest(error instanceof Error ? error.message : String(error));
	}
}

function notAManifest(why: string): DomainError {
	return new DomainError("UNPROCESSABLE", `the uploaded manifest is not one of version 1: ${why}`);
}
