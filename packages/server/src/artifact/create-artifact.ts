import { userIdOf } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { type ProjectRow, requireProject } from "../project/index.ts";
import { requireRun } from "../run/index.ts";
import { addMember } from "./add-member.ts";
import { checkHistoryStep, checkMetadata, ttlFromWire } from "./artifact-input-rules.ts";
import { checkAliases, checkTags } from "./artifact-name-rules.ts";
import { findArtifactsByIds, findCommittedByDigest } from "./artifact-reader.ts";
import type { ArtifactRow, CollectionRow } from "./artifact-rows.ts";
import {
	addTags,
	findPendingDistributed,
	insertArtifact,
	joinPending,
	lockCollection,
	recordEdge,
	rememberClientIds,
} from "./artifact-store.ts";
import { ensureCollection } from "./ensure-collection.ts";

export type CreateArtifactInput = {
	readonly entityName: string;
	readonly projectName: string;
	readonly runName: string | null;
	readonly typeName: string;
	readonly collectionName: string;
	/** Hex MD5 over the manifest's entries. */
	readonly digest: string;
	readonly description: string | null;
	readonly metadata: string | null;
	readonly aliases: readonly string[];
	readonly tags: readonly string[];
	readonly ttlDurationSeconds: number | null;
	readonly historyStep: number | null;
	/** Shared by writers that make one version together. */
	readonly distributedId: string | null;
	readonly clientId: string | null;
	readonly sequenceClientId: string | null;
};

/**
 * A pending version to upload to, or the living one with equal content, which then gains the run as a further producer,
 * the aliases and `latest`. Client: CreateArtifact.
 */
export async function createArtifact(ctx: Ctx, input: CreateArtifactInput): Promise<ArtifactRow> {
	check(input);
	const project = await requireProject(ctx, input, "project.write");
	const runId =
		input.runName === null
			? null
			: (await requireRun(ctx, { ...input, runName: input.runName }, "project.write")).run.id;
	const collection = await ensureCollection(ctx, {
		project,
		typeName: input.typeName,
		kind: "SEQUENCE",
		name: input.collectionName,
	});
	return await inTransaction(ctx, async (tx) => {
		await lockCollection(tx.db, collection.id);
		const shared =
			input.distributedId === null
				? undefined
				: await findPendingDistributed(tx.db, collection.id, input.distributedId);
		const equal =
			input.distributedId === null ? await findCommittedByDigest(tx.db, collection.id, input.digest) : undefined;
		const id = shared ?? equal?.id ?? (await insert(tx, { input, project, collection, runId }));
		if (shared !== undefined) await join(tx, { input, collection, artifactId: shared, runId });
		if (equal !== undefined) await reuse(tx, { input, collection, artifactId: equal.id, runId });
		await rememberClientIds(tx.db, project.id, {
			artifact: input.clientId === null ? undefined : { clientId: input.clientId, id },
			collection: input.sequenceClientId === null ? undefined : { clientId: input.sequenceClientId, id: collection.id },
		});
		const row = (await findArtifactsByIds(tx.db, [id])).get(id);
		if (row === undefined) throw new Error(`version ${id} was made and is not there`);
		return row;
	});
}

function check(input: CreateArtifactInput): void {
	if (!/^[0-9a-f]{32}$/.test(input.digest)) {
		throw new DomainError(
			"INVALID_INPUT",
			"the artifact's digest must be 32 hexadecimal characters: this server keeps MD5 digests",
		);
	}
	checkHistoryStep(input.historyStep);
	checkAliases(input.aliases);
	checkTags(input.tags);
	if (input.clientId !== null && input.clientId === input.sequenceClientId) {
		throw new DomainError("INVALID_INPUT", "clientID and sequenceClientID name two things: they cannot be the same");
	}
}

async function insert(
	tx: Ctx,
	{
		input,
		project,
		collection,
		runId,
	}: { input: CreateArtifactInput; project: ProjectRow; collection: CollectionRow; runId: string | null },
): Promise<string> {
	const id = tx.ids.uuid();
	await insertArtifact(tx.db, {
		id,
		projectId: project.id,
		collectionId: collection.id,
		digest: input.digest,
		...saidOf(input),
		historyStep: input.historyStep,
		distributedId: input.distributedId,
		aliases: input.aliases,
		tags: input.tags,
		runId,
		createdBy: userIdOf(tx.actor),
		now: tx.clock(),
	});
	return id;
}

/** What the input says of the version, checked. */
function saidOf({ description, metadata, ttlDurationSeconds }: CreateArtifactInput) {
	return { description, metadata: checkMetadata(metadata), ttlSeconds: ttlFromWire(ttlDurationSeconds) };
}

type Known = {
	readonly input: CreateArtifactInput;
	readonly collection: CollectionRow;
	readonly artifactId: string;
	readonly runId: string | null;
};

/** Another writer of a version that is still being made: a producer of it as well. */
async function join(tx: Ctx, { input, collection, artifactId, runId }: Known): Promise<void> {
	await joinPending(tx.db, artifactId, { ...input, ...saidOf(input) });
	if (runId === null) return;
	const edge = { runId, artifactId, direction: "PRODUCED" as const, collectionId: collection.id, usedAs: null };
	await recordEdge(tx, edge);
}

async function reuse(tx: Ctx, { input, collection, artifactId, runId }: Known): Promise<void> {
	await addMember(tx, { collection, artifactId, aliases: ["latest", ...input.aliases], createdBy: null });
	await addTags(tx, artifactId, input.tags);
	if (runId === null) return;
	const isNew = await recordEdge(tx, {
		runId,
		artifactId,
		direction: "PRODUCED",
		collectionId: collection.id,
		usedAs: null,
	});
	if (isNew) await emit(tx, { type: "artifact.produced-again", artifactId, collectionId: collection.id, runId });
}
