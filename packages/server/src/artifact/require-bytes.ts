import { findProjectBlobs, findProjectXxh128Blobs, type ProjectBlob, recordBlob } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { md5HexFromBase64 } from "./artifact-input-rules.ts";
import { findArtifactsByIds } from "./artifact-reader.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { filterArtifacts } from "./find-artifact.ts";
import { findEntriesByDigest, type NewEntry } from "./manifest-store.ts";

const shownAtMost = 5;

/**
 * Makes sure that the version's project possesses every byte that the entries name, slice by slice; answers the sum of
 * the sizes. Verify, then publish: nothing is visible before this has passed.
 */
export async function requireBytes(
	ctx: Ctx,
	artifact: ArtifactRow,
	slices: Iterable<readonly NewEntry[]>,
): Promise<number> {
	let size = 0;
	let missing = 0;
	const shown: string[] = [];
	for (const entries of slices) {
		const held = await findHeld(ctx, artifact, entries);
		for (const entry of entries) {
			const bytes = entry.ref === null ? held.get(keyOf(entry)) : undefined;
			size += entry.ref === null ? (bytes?.size ?? 0) : entry.size;
			if (entry.ref !== null || bytes !== undefined) continue;
			missing++;
			if (shown.length < shownAtMost) shown.push(JSON.stringify(entry.path));
		}
	}
	refuseMissing(shown, missing);
	if (!Number.isSafeInteger(size)) {
		throw new DomainError(
			"UNPROCESSABLE",
			`the sizes in the manifest add up to ${size} bytes: more than can be counted`,
		);
	}
	return size;
}

function refuseMissing(shown: readonly string[], missing: number): void {
	if (missing === 0) return;
	const more = missing > shown.length ? ` and ${missing - shown.length} more` : "";
	throw new DomainError(
		"MANIFEST_INCOMPLETE",
		`the version cannot be committed: the bytes of ${shown.join(", ")}${more} were never uploaded to this project`,
	);
}

/** Names the bytes of a file: an MD5 says nothing of what has the same XXH128. */
function keyOf({ md5, xxh128 }: Pick<NewEntry, "md5" | "xxh128">): string {
	return xxh128 === null ? `md5 ${md5}` : `xxh128 ${xxh128}`;
}

/** What the project possesses of the bytes that the entries name, by `keyOf`; bytes that may be carried over are by then. */
async function findHeld(
	ctx: Ctx,
	{ projectId }: ArtifactRow,
	entries: readonly NewEntry[],
): Promise<ReadonlyMap<string, ProjectBlob>> {
	const md5s = new Set(entries.flatMap(({ md5 }) => md5 ?? []));
	const xxh128s = new Set(entries.flatMap(({ xxh128 }) => xxh128 ?? []));
	const held = new Map<string, ProjectBlob>();
	const byMd5 = await findProjectBlobs(ctx.db, projectId, [...md5s]);
	for (const [md5, blob] of byMd5) held.set(keyOf({ md5, xxh128: null }), blob);
	const byXxh128 = await findProjectXxh128Blobs(ctx.db, projectId, [...xxh128s]);
	for (const [xxh128, blob] of byXxh128) held.set(keyOf({ md5: null, xxh128 }), blob);
	const absent = entries.filter((entry) => entry.ref === null && !held.has(keyOf(entry)));
	if (absent.length > 0) await carryOver(ctx, projectId, absent, held);
	return held;
}

/**
 * Bytes that the manifest carries over from versions of other projects, as `new_draft` does. Only what the actor may read
 * there can be carried here; the project then possesses the bytes itself.
 */
async function carryOver(
	ctx: Ctx,
	projectId: string,
	absent: readonly NewEntry[],
	held: Map<string, ProjectBlob>,
): Promise<void> {
	const births = [...new Set(absent.flatMap(({ birthArtifactId }) => birthArtifactId ?? []))];
	if (births.length === 0) return;
	const readable = await filterArtifacts(
		ctx,
		[...(await findArtifactsByIds(ctx.db, births)).values()],
		"version.download",
	);
	for (const birth of readable) {
		const wanted = new Map(absent.filter((entry) => !held.has(keyOf(entry))).map((entry) => [keyOf(entry), entry]));
		const digests = [...new Set([...wanted.values()].map(({ digest }) => digest))];
		for (const { sha256, size, digest, md5 } of await findEntriesByDigest(ctx.db, birth.id, digests)) {
			const hex = md5HexFromBase64(digest);
			if (sha256 === null || hex === null) continue;
			const names = md5 === null ? { md5: hex, xxh128: null } : { md5, xxh128: hex };
			if (!wanted.has(keyOf(names))) continue;
			await recordBlob(ctx.db, { projectId, sha256, md5Hex: names.md5, xxh128Hex: names.xxh128 ?? undefined, size });
			held.set(keyOf(names), { sha256, size });
		}
	}
}
