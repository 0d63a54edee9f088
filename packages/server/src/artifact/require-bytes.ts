import { findProjectBlobs, type ProjectBlob, recordBlob } from "../blob/index.ts";
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
			const bytes = entry.md5 === null ? undefined : held.get(entry.md5);
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

/** What the project possesses of the bytes that the entries name, by MD5; bytes that may be carried over are by then. */
async function findHeld(
	ctx: Ctx,
	artifact: ArtifactRow,
	entries: readonly NewEntry[],
): Promise<ReadonlyMap<string, ProjectBlob>> {
	const md5s = new Set(entries.flatMap(({ md5 }) => md5 ?? []));
	const held = await findProjectBlobs(ctx.db, artifact.projectId, [...md5s]);
	const absent = entries.filter(({ md5 }) => md5 !== null && !held.has(md5));
	if (absent.length > 0) await carryOver(ctx, artifact, absent, held);
	return held;
}

/**
 * Bytes that the manifest carries over from versions of other projects, as `new_draft` does. Only what the actor may read
 * there can be carried here; the project then possesses the bytes itself.
 */
async function carryOver(
	ctx: Ctx,
	artifact: ArtifactRow,
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
		const digests = absent.filter(({ md5 }) => md5 !== null && !held.has(md5)).map(({ digest }) => digest);
		for (const entry of await findEntriesByDigest(ctx.db, birth.id, digests)) {
			const md5Hex = md5HexFromBase64(entry.digest);
			if (entry.sha256 === null || md5Hex === null) continue;
			await recordBlob(ctx.db, { projectId: artifact.projectId, sha256: entry.sha256, md5Hex, size: entry.size });
			held.set(md5Hex, { sha256: entry.sha256, size: entry.size });
		}
	}
}
