import { Readable } from "node:stream";
import { setImmediate as breathe } from "node:timers/promises";
import { createXXHash128, type IHasher } from "hash-wasm";
import { recordBlob } from "../blob/index.ts";
import type { KeepBlob } from "../blob-store/blob-store.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { md5HexFromBase64 } from "./artifact-input-rules.ts";
import { findArtifactsByIds } from "./artifact-reader.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { artifactIdOf } from "./find-artifact.ts";
import {
	createManifestHash,
	isXxh128,
	type Manifest,
	type ManifestEntry,
	manifestDigest,
	maxManifestBytes,
	mergeManifests,
	openManifest,
	parseManifest,
	printManifest,
	slicesOf,
} from "./manifest-format.ts";
import { entrySlice, type ManifestRow, type NewEntry } from "./manifest-store.ts";
import type { UploadedManifest } from "./version-to-write-reader.ts";

const longManifest = 1024 * 1024;

/** A version's content, as the client says it is. */
export type AssembledManifest = {
	readonly digest: string;
	readonly fileCount: number;
	/** All entries, in slices that one statement takes; may be walked over several times. */
	readonly slices: () => Iterable<readonly NewEntry[]>;
	/** Where the manifest file that downloads get is; stored when it is asked for. */
	readonly manifestSha256: () => Promise<string>;
	readonly baseArtifactId: string | null;
};

/**
 * Reads the manifests that the client uploaded and merges incremental ones over their base. Of a manifest that holds
 * everything, only its bytes and one slice of its entries are in memory at a time.
 */
export async function assembleManifest(
	ctx: Ctx,
	artifact: ArtifactRow,
	uploaded: readonly UploadedManifest[],
): Promise<AssembledManifest> {
	if (uploaded.length === 0) {
		throw new DomainError(
			"MANIFEST_INCOMPLETE",
			"the manifest of this version has not been uploaded: upload it, then commit",
		);
	}
	const full = uploaded.find((manifest) => manifest.type === "FULL");
	if (full === undefined) return await mergeUploaded(ctx, artifact, uploaded);
	const { sha256, size, place } = full;
	const isLong = size > longManifest && size <= maxManifestBytes;
	const bytes = isLong ? await readLongBytes(ctx, sha256, size) : await readBytes(ctx, sha256, place);
	const content = await readContent(bytes, await hasherOf(artifact));
	if (content.digest !== artifact.digest) {
		throw new DomainError(
			"DIGEST_MISMATCH",
			`the manifest's entries hash to ${content.digest}, but the version was announced as ${artifact.digest}: nothing was committed`,
		);
	}
	return { ...content, manifestSha256: async () => sha256, baseArtifactId: null };
}

type Content = Pick<AssembledManifest, "digest" | "fileCount" | "slices">;

/** Undefined: the usual one. */
async function hasherOf({ digestAlgorithm }: ArtifactRow): Promise<IHasher | undefined> {
	return digestAlgorithm === "MANIFEST_XXH128" ? await createXXHash128() : undefined;
}

async function readContent(bytes: Buffer, hasher: IHasher | undefined): Promise<Content> {
	const manifest = openManifest(bytes);
	const hash = createManifestHash(hasher);
	let fileCount = 0;
	for (const slice of slicesOf(manifest.entries(), entrySlice)) {
		for (const entry of slice) hash.add(entry);
		fileCount += slice.length;
		if (slice.length === entrySlice) await breathe();
	}
	// wire: every client writes the entries in order of path.
	if (!hash.isInOrder()) return contentOf(parseManifest(bytes).entries, hasher?.init());
	return { digest: hash.digest(), fileCount, slices: () => newEntriesOf(manifest.entries()) };
}

function contentOf(entries: readonly ManifestEntry[], hasher: IHasher | undefined): Content {
	return { digest: manifestDigest(entries, hasher), fileCount: entries.length, slices: () => newEntriesOf(entries) };
}

function* newEntriesOf(entries: Iterable<ManifestEntry>): Generator<NewEntry[]> {
	for (const slice of slicesOf(entries, entrySlice)) yield slice.map(toNewEntry);
}

function toNewEntry(entry: ManifestEntry): NewEntry {
	const { path, digest, size, ref, extra, birthArtifactID } = entry;
	// Either digest has 16 bytes.
	const hex = ref === null ? md5HexFromBase64(digest) : null;
	return {
		path,
		digest,
		size,
		ref,
		extra,
		birthArtifactId: birthArtifactID === null ? null : artifactIdOf(birthArtifactID),
		...(isXxh128(entry) ? { md5: null, xxh128: hex } : { md5: hex, xxh128: null }),
	};
}

async function mergeUploaded(
	ctx: Ctx,
	artifact: ArtifactRow,
	parts: readonly UploadedManifest[],
): Promise<AssembledManifest> {
	const parsed = await Promise.all(parts.map((part) => readManifest(ctx, part.sha256, part.place)));
	const base = await findBase(ctx, artifact, parts);
	const manifest = mergeManifests(await readManifest(ctx, base?.manifestSha256 ?? null), parsed);
	return {
		...contentOf(manifest.entries, await hasherOf(artifact)),
		manifestSha256: () => storeMerged(ctx, artifact, manifest),
		baseArtifactId: base?.id ?? null,
	};
}

async function readBytes(ctx: Ctx, sha256: string, place: string | null): Promise<Buffer> {
	const { buffer, byteOffset, byteLength } = await ctx.blobs.read(sha256, maxManifestBytes, place ?? undefined);
	return Buffer.from(buffer, byteOffset, byteLength);
}

/** As `readBytes`, straight into a buffer of that size: gathering pieces takes twice as much for a moment. */
async function readLongBytes(ctx: Ctx, sha256: string, size: number): Promise<Buffer> {
	const bytes = Buffer.allocUnsafeSlow(size);
	let at = 0;
	for await (const chunk of (await ctx.blobs.get(sha256)).stream()) {
		const part: Uint8Array = chunk;
		bytes.set(part, at);
		at += part.length;
	}
	return bytes;
}

async function readManifest(ctx: Ctx, sha256: string | null, place: string | null = null): Promise<Manifest> {
	if (sha256 === null) return { storagePolicyConfig: {}, entries: [] };
	return parseManifest(await readBytes(ctx, sha256, place));
}

/**
 * The version that an incremental manifest builds on. wire: `baseArtifactID` of CreateArtifactManifest, which clients
 * send with every manifest; a full one holds everything, and what distributed writers patch together starts from nothing.
 */
async function findBase(
	ctx: Ctx,
	artifact: ArtifactRow,
	manifests: readonly ManifestRow[],
): Promise<ArtifactRow | undefined> {
	const incremental = manifests.filter((manifest) => manifest.type === "INCREMENTAL");
	const baseId = incremental.find((manifest) => manifest.baseArtifactId !== null)?.baseArtifactId ?? null;
	if (baseId === null) return undefined;
	const base = (await findArtifactsByIds(ctx.db, [baseId])).get(baseId);
	if (base?.state !== "COMMITTED" || base.collectionId !== artifact.collectionId) {
		throw new DomainError("UNPROCESSABLE", "the version this one builds on is not there any more: log it whole");
	}
	return base;
}

async function storeMerged(ctx: Ctx, artifact: ArtifactRow, manifest: Manifest): Promise<string> {
	const { projectId } = artifact;
	const keep: KeepBlob = (stored, place) => recordBlob(ctx.db, { projectId, ...stored, place });
	const bytes = Readable.from([Buffer.from(printManifest(manifest))]);
	return (await ctx.blobs.put(bytes, { keep, compress: true }, ctx.signal)).sha256;
}
