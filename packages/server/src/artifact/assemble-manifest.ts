import { Readable } from "node:stream";
import { findProjectBlobs, recordBlob } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { md5HexFromBase64 } from "./artifact-input-rules.ts";
import { findArtifactsByIds } from "./artifact-reader.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { artifactIdOf, filterArtifacts } from "./find-artifact.ts";
import {
	type Manifest,
	type ManifestEntry,
	manifestDigest,
	maxManifestBytes,
	mergeManifests,
	parseManifest,
	printManifest,
} from "./manifest-format.ts";
import { findEntriesByDigest, type ManifestRow, type NewEntry } from "./manifest-store.ts";

const shownAtMost = 5;

/** A version's content, checked: every byte of it is here. */
export type AssembledManifest = {
	readonly entries: readonly NewEntry[];
	readonly digest: string;
	readonly size: number;
	/** Where the manifest file that downloads get is. */
	readonly manifestSha256: string;
	readonly baseArtifactId: string | null;
};

/**
 * Reads the manifests that the client uploaded, merges incremental ones over their base, and makes sure that the
 * project possesses every byte that it names. Verify, then publish: nothing is visible before this has passed.
 */
export async function assembleManifest(
	ctx: Ctx,
	artifact: ArtifactRow,
	uploaded: readonly ManifestRow[],
): Promise<AssembledManifest> {
	const first = uploaded[0];
	if (first === undefined) {
		throw new DomainError(
			"MANIFEST_INCOMPLETE",
			"the manifest of this version has not been uploaded: upload it, then commit",
		);
	}
	const full = uploaded.find((manifest) => manifest.type === "FULL");
	const parts = full === undefined ? uploaded : [full];
	const parsed = await Promise.all(parts.map((part) => readManifest(ctx, part.sha256)));
	const base = full === undefined ? await findBase(ctx, artifact, uploaded) : undefined;
	const manifest = full === undefined ? mergeManifests(await readBase(ctx, base), parsed) : (parsed[0] ?? nothing);
	const digest = manifestDigest(manifest.entries);
	if (full !== undefined && digest !== artifact.digest) {
		throw new DomainError(
			"DIGEST_MISMATCH",
			`the manifest's entries hash to ${digest}, but the version was announced as ${artifact.digest}: nothing was committed`,
		);
	}
	const entries = await locateBytes(ctx, artifact, manifest.entries);
	const size = entries.reduce((sum, entry) => sum + entry.size, 0);
	if (!Number.isSafeInteger(size)) {
		throw new DomainError(
			"UNPROCESSABLE",
			`the sizes in the manifest add up to ${size} bytes: more than can be counted`,
		);
	}
	const manifestSha256 = full?.sha256 ?? (await storeMerged(ctx, artifact, manifest));
	return {
		entries,
		digest,
		size,
		manifestSha256,
		baseArtifactId: base?.id ?? null,
	};
}

const nothing: Manifest = { storagePolicyConfig: {}, entries: [] };

async function readManifest(ctx: Ctx, sha256: string | null): Promise<Manifest> {
	if (sha256 === null) return nothing;
	return parseManifest(new TextDecoder().decode(await ctx.blobs.read(sha256, maxManifestBytes)));
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

async function readBase(ctx: Ctx, base: ArtifactRow | undefined): Promise<Manifest> {
	return base === undefined ? nothing : await readManifest(ctx, base.manifestSha256);
}

async function storeMerged(ctx: Ctx, artifact: ArtifactRow, manifest: Manifest): Promise<string> {
	const stored = await ctx.blobs.put(Readable.from([Buffer.from(printManifest(manifest))]), {}, ctx.signal);
	await recordBlob(ctx.db, { projectId: artifact.projectId, ...stored });
	return stored.sha256;
}

async function locateBytes(ctx: Ctx, artifact: ArtifactRow, entries: readonly ManifestEntry[]): Promise<NewEntry[]> {
	const stored = entries.filter((entry) => entry.ref === null);
	const md5s = new Map(stored.map((entry) => [entry.digest, md5HexFromBase64(entry.digest)]));
	const held = await findProjectBlobs(ctx.db, artifact.projectId, [
		...new Set([...md5s.values()].filter((md5) => md5 !== null)),
	]);
	const absent = stored.filter((entry) => !held.has(md5s.get(entry.digest) ?? ""));
	const carried = await carryOver(ctx, artifact, absent);
	const located = entries.map((entry): NewEntry & { readonly found: boolean } => {
		const bytes =
			entry.ref === null ? (held.get(md5s.get(entry.digest) ?? "") ?? carried.get(entry.digest)) : undefined;
		return {
			path: entry.path,
			digest: entry.digest,
			size: entry.ref === null ? (bytes?.size ?? entry.size) : entry.size,
			ref: entry.ref,
			extra: entry.extra,
			birthArtifactId: birthIdOf(entry),
			sha256: bytes?.sha256 ?? null,
			found: entry.ref !== null || bytes !== undefined,
		};
	});
	refuseMissing(located);
	return located;
}

function refuseMissing(located: ReadonlyArray<{ readonly path: string; readonly found: boolean }>): void {
	const missing = located.filter((entry) => !entry.found).map((entry) => JSON.stringify(entry.path));
	if (missing.length === 0) return;
	const more = missing.length > shownAtMost ? ` and ${missing.length - shownAtMost} more` : "";
	throw new DomainError(
		"MANIFEST_INCOMPLETE",
		`the version cannot be committed: the bytes of ${missing.slice(0, shownAtMost).join(", ")}${more} were never uploaded to this project`,
	);
}

/**
 * Bytes that the manifest carries over from versions of other projects, as `new_draft` does. Only what the actor may read
 * there can be carried here; the project then possesses the bytes itself.
 */
async function carryOver(ctx: Ctx, artifact: ArtifactRow, absent: readonly ManifestEntry[]) {
	const births = [...new Set(absent.map(birthIdOf).filter((id) => id !== null))];
	const found = new Map<string, { sha256: string; size: number }>();
	if (births.length === 0) return found;
	const readable = await filterArtifacts(ctx, [...(await findArtifactsByIds(ctx.db, births)).values()], "project.read");
	for (const birth of readable) {
		const digests = absent.filter((entry) => !found.has(entry.digest)).map((entry) => entry.digest);
		for (const entry of await findEntriesByDigest(ctx.db, birth.id, digests)) {
			const md5Hex = md5HexFromBase64(entry.digest);
			if (entry.sha256 === null || md5Hex === null) continue;
			await recordBlob(ctx.db, { projectId: artifact.projectId, sha256: entry.sha256, md5Hex, size: entry.size });
			found.set(entry.digest, { sha256: entry.sha256, size: entry.size });
		}
	}
	return found;
}

function birthIdOf(entry: ManifestEntry): string | null {
	return entry.birthArtifactID === null ? null : artifactIdOf(entry.birthArtifactID);
}
