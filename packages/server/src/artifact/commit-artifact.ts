import { userIdOf } from "../access/actor.ts";
import { requireRoom } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { addMember, addNewMember } from "./add-member.ts";
import { findArtifactsByIds, findCollectionsByIds, findCommittedByDigest } from "./artifact-reader.ts";
import type { ArtifactRow, CollectionRow } from "./artifact-rows.ts";
import {
	addTags,
	copyProducers,
	lockArtifact,
	lockCollection,
	markCommitted,
	markMerged,
	recordEdge,
	takePendingLinks,
} from "./artifact-store.ts";
import { type AssembledManifest, assembleManifest } from "./assemble-manifest.ts";
import { requireArtifact } from "./find-artifact.ts";
import { insertEntries } from "./manifest-store.ts";

type Requested = {
	readonly aliases: readonly string[];
	readonly tags: readonly string[];
	readonly runId: string | null;
};

/**
 * Publishes a pending version: checks that every byte is here, then, in one transaction, gives it the next number of its
 * collection, its aliases and `latest`, records the run that made it, and makes the links that were waiting.
 * Committing twice changes nothing. Client: CommitArtifact.
 */
export async function commitArtifact(ctx: Ctx, input: { artifactId: string }): Promise<ArtifactRow> {
	const artifact = await requireArtifact(ctx, input.artifactId, "project.write");
	if (artifact.state === "COMMITTED") return artifact;
	await requireRoom(ctx);
	const [collection] = await findCollectionsByIds(ctx.db, [artifact.collectionId]);
	if (collection === undefined)
		throw new DomainError("NOT_FOUND", "the collection of this version is not there any more");
	const content = await assembleManifest(ctx, artifact);
	return await inTransaction(ctx, async (tx) => {
		// In the order in which createArtifact takes these locks.
		await lockCollection(tx.db, collection.id);
		const requested = await lockArtifact(tx.db, artifact.id);
		if (requested?.state === "PENDING") {
			const equal = await findCommittedByDigest(tx.db, collection.id, content.digest);
			const survivorId = equal?.id ?? artifact.id;
			if (equal === undefined) await publish(tx, artifact, content);
			else await markMerged(tx.db, artifact.id, equal.id, tx.clock());
			await settle(tx, {
				collection,
				artifactId: survivorId,
				isNew: equal === undefined,
				requested,
				pendingId: artifact.id,
			});
		}
		const row = (await findArtifactsByIds(tx.db, [artifact.id])).get(artifact.id);
		if (row === undefined) throw new Error(`version ${artifact.id} was committed and is not there`);
		return row;
	});
}

async function publish(tx: Ctx, artifact: ArtifactRow, content: AssembledManifest): Promise<void> {
	await insertEntries(tx.db, artifact.id, content.entries);
	await markCommitted(tx.db, artifact.id, {
		digest: content.digest,
		size: content.size,
		fileCount: content.entries.length,
		manifestSha256: content.manifestSha256,
		baseArtifactId: content.baseArtifactId,
		now: tx.clock(),
	});
}

type Settled = {
	readonly collection: CollectionRow;
	readonly artifactId: string;
	readonly isNew: boolean;
	readonly requested: Requested;
	readonly pendingId: string;
};

async function settle(tx: Ctx, { collection, artifactId, isNew, requested, pendingId }: Settled): Promise<void> {
	const createdBy = userIdOf(tx.actor);
	const place = { collection, artifactId, aliases: ["latest", ...requested.aliases], createdBy };
	const member = isNew ? await addNewMember(tx, place) : await addMember(tx, place);
	await addTags(tx, artifactId, requested.tags);
	if (requested.runId !== null) {
		await recordEdge(tx, {
			runId: requested.runId,
			artifactId,
			direction: "PRODUCED",
			collectionId: collection.id,
			usedAs: null,
		});
	}
	if (pendingId !== artifactId) await copyProducers(tx.db, pendingId, artifactId);
	for (const link of await takePendingLinks(tx.db, pendingId)) {
		const [target] = await findCollectionsByIds(tx.db, [link.collectionId]);
		if (target !== undefined)
			await addMember(tx, { collection: target, artifactId, aliases: link.aliases, createdBy: link.createdBy });
	}
	if (isNew) {
		await emit(tx, {
			type: "artifact.committed",
			artifactId,
			collectionId: collection.id,
			projectId: collection.projectId,
			versionIndex: member.versionIndex,
			runId: requested.runId,
		});
	}
}
