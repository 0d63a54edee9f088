import { createHash } from "node:crypto";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { checkEntryPath } from "./artifact-name-rules.ts";
import { expectEnd, type Member, membersOf, readValue } from "./manifest-scan.ts";

/** One file or reference of a version, as manifest version 1 has it. */
export type ManifestEntry = {
	readonly path: string;
	/** base64 MD5 or XXH128 of the bytes (`isXxh128`); for a reference whatever it carries (an ETag, the URI). */
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

const record = z.record(z.string(), z.unknown());
const headShape = z.object({
	version: z.literal(1),
	storagePolicy: z.string(),
	storagePolicyConfig: record.nullish(),
});

/** A manifest of version 1 as its bytes; its entries are read each time that they are walked over. */
export type OpenManifest = {
	readonly storagePolicyConfig: Record<string, unknown>;
	/** As they stand there: a path that is there twice comes twice, and the last one counts. */
	entries(): Generator<ManifestEntry>;
};

/** Reads a manifest of version 1. `local_path` and `skip_cache`, which the client leaks, are dropped. */
export function parseManifest(manifest: string | Buffer): Manifest {
	const opened = openManifest(typeof manifest === "string" ? Buffer.from(manifest) : manifest);
	const entries = new Map<string, ManifestEntry>();
	for (const entry of opened.entries()) entries.set(entry.path, entry);
	return { storagePolicyConfig: opened.storagePolicyConfig, entries: [...entries.values()] };
}

/** Refuses what is no manifest; its entries are checked when they are read. */
export function openManifest(bytes: Buffer): OpenManifest {
	const { contents, storagePolicyConfig } = headOf(bytes);
	return {
		storagePolicyConfig,
		*entries() {
			const walk = membersOf(bytes, contents.start);
			let count = 0;
			for (let step = parsed(() => walk.next()); !step.done; step = parsed(() => walk.next())) {
				const member = step.value;
				count++;
				if (count > maxEntries) throw tooManyEntries();
				const value = parsed(() => readValue(bytes, member));
				yield parseEntry(member.key, value);
			}
		},
	};
}

/** Entries in slices of at most so many. */
export function* slicesOf(entries: Iterable<ManifestEntry>, size: number): Generator<ManifestEntry[]> {
	let slice: ManifestEntry[] = [];
	for (const entry of entries) {
		slice.push(entry);
		if (slice.length < size) continue;
		yield slice;
		slice = [];
	}
	if (slice.length > 0) yield slice;
}

/** What a manifest says before its entries, and where these are. */
function headOf(bytes: Buffer): { contents: Member; storagePolicyConfig: Record<string, unknown> } {
	const members = parsed(() => [...knownMembersOf(bytes)]);
	const fields = members.filter(({ key }) => key !== "contents");
	const shaped = headShape.safeParse(
		Object.fromEntries(fields.map((field) => [field.key, parsed(() => readValue(bytes, field))])),
	);
	if (!shaped.success) throw notAManifest(z.prettifyError(shaped.error).slice(0, 300));
	const [contents, second] = members.filter(({ key }) => key === "contents");
	if (contents === undefined || !isObject(bytes, contents)) throw notAManifest("contents: expected files by path");
	if (second !== undefined) throw notAManifest("contents: expected once");
	return { contents, storagePolicyConfig: shaped.data.storagePolicyConfig ?? {} };
}

function* knownMembersOf(bytes: Buffer): Generator<Member> {
	const walk = membersOf(bytes);
	let step = walk.next();
	for (; !step.done; step = walk.next()) {
		if (step.value.key === "contents" || Object.hasOwn(headShape.shape, step.value.key)) yield step.value;
	}
	expectEnd(bytes, step.value);
}

function tooManyEntries(): DomainError {
	return new DomainError(
		"UNPROCESSABLE",
		`the manifest lists more than ${maxEntries} files, which is the most that a version can hold`,
	);
}

function isObject(bytes: Buffer, { start }: Member): boolean {
	return bytes[start] === "{".charCodeAt(0);
}

function parsed<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw error instanceof SyntaxError ? notAManifest(error.message) : error;
	}
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

/** Whether the digest of a file is an XXH128. Client: `ArtifactManifestEntry.digest_algorithm`. */
export function isXxh128({ ref, extra }: Pick<ManifestEntry, "ref" | "extra">): boolean {
	return ref === null && extra?.["alg"] === "XXH128";
}

type Hasher = { update(text: string): unknown; digest(encoding: "hex"): string };

/**
 * Over the entries in order of path, in hex: the digest that makes two versions equal. MD5, unless another hasher is
 * given. Client: `ArtifactManifestV1.digest`.
 */
export function manifestDigest(entries: readonly ManifestEntry[], hasher?: Hasher): string {
	const hash = createManifestHash(hasher);
	for (const entry of sortByPath(entries)) hash.add(entry);
	return hash.digest();
}

/** `manifestDigest` of entries that come one after the other; right only where they come in order, each path once. */
export function createManifestHash(hash: Hasher = createHash("md5")) {
	hash.update("wandb-artifact-manifest-v1\n");
	let last: string | null = null;
	let inOrder = true;
	return {
		add({ path, digest }: ManifestEntry): void {
			inOrder &&= last === null || compareCodePoints(last, path) < 0;
			last = path;
			hash.update(`${path}:${digest}\n`);
		},
		digest: (): string => hash.digest("hex"),
		isInOrder: () => inOrder,
	};
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

function notAManifest(why: string): DomainError {
	return new DomainError("UNPROCESSABLE", `the uploaded manifest is not one of version 1: ${why}`);
}
