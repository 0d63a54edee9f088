import { userIdOf } from "../access/actor.ts";
import { requireRoom } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { addMember } from "./add-member.ts";
import { findArtifactsByIds, findCollectionsByIds, findCommittedByDigest } from "./artifact-reader.ts";
import type { ArtifactRow, CollectionRow } from "./artifact-rows.ts";
import {
	addTags,
	copyProducers,
	lockArtifact,
	lockCollection,
	markMerged,
	recordEdge,
	takePendingLinks,
} from "./artifact-store.ts";
import { type AssembledManifest, assembleManifest } from "./assemble-manifest.ts";
import { insertEntries, mostAtOnce } from "./manifest-store.ts";
import { publishVersion } from "./publish-store.ts";
import { requireBytes } from "./require-bytes.ts";
import { forgetWritable, requireVersion } from "./require-version.ts";
import { type CommitFacts, findVersionToCommit, type VersionToWrite } from "./version-to-write-reader.ts";

type Requested = {
	readonly aliases: readonly string[];
	readonly tags: readonly string[];
	readonly runId: string | null;
};

/** A pending version with its content. */
type Pending = {
	readonly artifact: ArtifactRow;
	readonly collection: CollectionRow;
	readonly content: AssembledManifest;
};

/**
 * Publishes a pending version: checks that every byte is here, then, all at once, gives it the next number of its
 * collection, its aliases and `latest`, records the run that made it, and makes the links that were waiting.
 * Committing twice changes nothing. Client: CommitArtifact.
 */
export async function commitArtifact(ctx: Ctx, input: { artifactId: string }): Promise<ArtifactRow> {
	const find = (id: string) => findVersionToCommit(ctx.db, id);
	const version = await requireVersion(ctx, input.artifactId, "project.write", find);
	const { artifact, collection } = version;
	if (artifact.state === "COMMITTED") return artifact;
	await requireRoom(ctx);
	const content = await assembleManifest(ctx, artifact, version.more.manifests);
	const pending = { artifact, collection, content };
	forgetWritable(ctx, artifact.id);
	return (await publishAtOnce(ctx, version, pending)) ?? (await publishStepByStep(ctx, pending));
}

/** In one statement, where nothing but this version is concerned; null where more must be looked at. */
async function publishAtOnce(
	ctx: Ctx,
	{ artifact, more }: VersionToWrite<CommitFacts>,
	pending: Pending,
): Promise<ArtifactRow | null> {
	const { content } = pending;
	const isAlone = !more.isShared && !more.hasPendingLinks;
	// What is put together from several is stored once it is sure that it can be published.
	const isWhole = more.manifests.some(({ type }) => type === "FULL");
	if (!isAlone || !isWhole || content.fileCount > mostAtOnce) return null;
	return await publishVersion(ctx, {
		...publicationOf(pending, { aliases: more.aliases, tags: more.tags, runId: artifact.runId }),
		manifestSha256: await content.manifestSha256(),
		entries: [...content.slices()].flat(),
		sizeBefore: 0,
		withPendingLinks: false,
	});
}

function publicationOf({ artifact, content }: Pending, { aliases, tags, runId }: Requested) {
	return {
		artifact,
		digest: content.digest,
		fileCount: content.fileCount,
		baseArtifactId: content.baseArtifactId,
		aliases: [...new Set(["latest", ...aliases])],
		tags,
		runId,
	};
}

/** Under the locks of the collection and of the version: whatever else wanted to change them has happened. */
async function publishStepByStep(ctx: Ctx, pending: Pending): Promise<ArtifactRow> {
	const { artifact, collection, content } = pending;
	const size = await requireBytes(ctx, artifact, content.slices());
	const manifestSha256 = await content.manifestSha256();
	return await inTransaction(ctx, async (tx) => {
		// In the order in which createArtifact takes these locks.
		await lockCollection(tx.db, collection.id);
		const requested = await lockArtifact(tx.db, artifact.id);
		if (requested?.state === "PENDING") {
			const equal = await findCommittedByDigest(tx.db, collection.id, { ...artifact, digest: content.digest });
			if (equal === undefined) await publish(tx, { pending, requested, size, manifestSha256 });
			else await merge(tx, { pending, requested, intoId: equal.id });
			await makePendingLinks(tx, artifact.id, equal?.id ?? artifact.id);
		}
		const row = (await findArtifactsByIds(tx.db, [artifact.id])).get(artifact.id);
		if (row === undefined) throw new Error(`version ${artifact.id} was committed and is not there`);
		return row;
	});
}

type Verified = {
	readonly pending: Pending;
	readonly requested: Requested;
	readonly size: number;
	readonly manifestSha256: string;
};

async function publish(tx: Ctx, { pending, requested, size, manifestSha256 }: Verified): Promise<void> {
	const { artifact, collection, content } = pending;
	const publication = publicationOf(pending, requested);
	for (const entries of content.slices()) await insertEntries(tx.db, artifact, entries);
	const published = await publishVersion(tx, {
		...publication,
		manifestSha256,
		entries: [],
		sizeBefore: size,
		withPendingLinks: true,
	});
	// Both rows are locked, and the version is pending: only the collection can be gone.
	if (published === null) {
		throw new DomainError("GONE", `the collection "${collection.name}" has just been deleted: log the version again`);
	}
}

type Merge = { readonly pending: Pending; readonly requested: Requested; readonly intoId: string };

/** Gives all that was asked of the pending version to the living one of equal content, and lets it stand for that. */
async function merge(tx: Ctx, { pending, requested, intoId }: Merge): Promise<void> {
	const { artifact, collection } = pending;
	await markMerged(tx.db, artifact.id, intoId, tx.clock());
	await addMember(tx, {
		collection,
		artifactId: intoId,
		aliases: ["latest", ...requested.aliases],
		createdBy: userIdOf(tx.actor),
	});
	await addTags(tx, intoId, requested.tags);
	const edge = { artifactId: intoId, direction: "PRODUCED" as const, collectionId: collection.id, usedAs: null };
	const { runId } = requested;
	const isNew = runId !== null && (await recordEdge(tx, { ...edge, runId }));
	const producers = [...(isNew ? [runId] : []), ...(await copyProducers(tx.db, artifact.id, intoId))];
	const again = { type: "artifact.produced-again", artifactId: intoId, collectionId: collection.id } as const;
	await emit(tx, ...producers.map((id) => ({ ...again, runId: id })));
}

async function makePendingLinks(ctx: Ctx, pendingId: string, artifactId: string): Promise<void> {
	// Their aliases were asked about with the links: a version must not fail to be committed for a right that its links lack.
	const tx = { ...ctx, guards: { ...ctx.guards, "alias.move": [] } };
	for (const { collectionId, aliases, createdBy } of await takePendingLinks(tx.db, pendingId)) {
		const [collection] = await findCollectionsByIds(tx.db, [collectionId]);
		if (collection !== undefined) await addMember(tx, { collection, artifactId, aliases, createdBy });
	}
}
