import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { findProject, type ProjectRow, requireProject } from "../project/index.ts";
import { requireRun } from "../run/index.ts";
import { addMember } from "./add-member.ts";
import { checkHistoryStep, checkMetadata, ttlFromWire } from "./artifact-input-rules.ts";
import { checkAliases, checkTags } from "./artifact-name-rules.ts";
import { findArtifactsByIds, findCommittedByDigest } from "./artifact-reader.ts";
import type { ArtifactRow, CollectionRow, DigestAlgorithm } from "./artifact-rows.ts";
import { addTags, findPendingDistributed, joinPending, lockCollection, recordEdge } from "./artifact-store.ts";
import { findPlace, type Place } from "./create-place-reader.ts";
import { checkFits, ensureCollection } from "./ensure-collection.ts";
import { insertArtifact, insertAtPlace, type NewVersion, rememberClientIds } from "./new-artifact-store.ts";
import { recallWritable } from "./require-version.ts";

export type CreateArtifactInput = {
	readonly entityName: string;
	readonly projectName: string;
	readonly runName: string | null;
	readonly typeName: string;
	readonly collectionName: string;
	/** Hex, over the manifest's entries. */
	readonly digest: string;
	readonly digestAlgorithm: DigestAlgorithm;
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

/** What CreateArtifact answers with, and what had to be read for it. */
export type CreatedArtifact = {
	readonly artifact: ArtifactRow;
	readonly project: ProjectRow;
	readonly collection: CollectionRow;
	/** The newest version of the collection, where it was read: a pending one does not count. */
	readonly newest: Place["newest"];
};

/**
 * A pending version to upload to, or the living one with equal content, which then gains the run as a further producer,
 * the aliases and `latest`. Client: CreateArtifact.
 */
export async function createArtifact(ctx: Ctx, input: CreateArtifactInput): Promise<CreatedArtifact> {
	check(input);
	const created = (await createAtOnce(ctx, input)) ?? (await createStepByStep(ctx, input));
	const { artifact } = created;
	// Its manifests are announced next.
	if (artifact.state === "PENDING") await recallWritable(ctx, artifact.id, async () => artifact);
	return created;
}

/** In one statement, where all that it needs is there; null where more must be looked at, and nothing was made. */
async function createAtOnce(ctx: Ctx, input: CreateArtifactInput): Promise<CreatedArtifact | null> {
	if (input.distributedId !== null || ctx.db.isTransaction) return null;
	const project = await findProject(ctx, input);
	if (project === null || !mayOnProject(ctx.actor, project, "project.write")) return null;
	checkAlgorithm(input, project);
	const made = await insertAtPlace(ctx, newVersion(ctx, input, project.id), input);
	return made === null ? null : { ...made, project };
}

async function createStepByStep(ctx: Ctx, input: CreateArtifactInput): Promise<CreatedArtifact> {
	const place = await findPlace(ctx, input);
	const project = await projectOf(ctx, input, place);
	checkAlgorithm(input, project);
	const runId = await runIdOf(ctx, input, place);
	const wanted = { project, typeName: input.typeName, kind: "SEQUENCE" as const, name: input.collectionName };
	const known = place?.collection ?? null;
	const collection = known === null ? await ensureCollection(ctx, wanted) : checkFits(known, wanted);
	const target = { input, collection, runId };
	const isAlone = input.distributedId === null && (place?.equal ?? null) === null;
	const artifact = isAlone ? await insert(ctx, target) : await insertOrReuse(ctx, target);
	return { artifact, project, collection, newest: place?.newest ?? null };
}

/** Whatever the one statement did not find, or the actor may not write to, is asked for again by those who refuse it. */
async function projectOf(ctx: Ctx, input: CreateArtifactInput, place: Place | null): Promise<ProjectRow> {
	if (place !== null && mayOnProject(ctx.actor, place.project, "project.write")) return place.project;
	return await requireProject(ctx, input, "project.write");
}

async function runIdOf(ctx: Ctx, input: CreateArtifactInput, place: Place | null): Promise<string | null> {
	if (input.runName === null) return null;
	if (typeof place?.runId === "string") return place.runId;
	return (await requireRun(ctx, { ...input, runName: input.runName }, "project.write")).run.id;
}

type Target = {
	readonly input: CreateArtifactInput;
	readonly collection: CollectionRow;
	readonly runId: string | null;
};

/** Under the lock of the collection: joins the other writers of the version, or the living one, where there is one. */
async function insertOrReuse(ctx: Ctx, target: Target): Promise<ArtifactRow> {
	const { input, collection } = target;
	return await inTransaction(ctx, async (tx) => {
		await lockCollection(tx.db, collection.id);
		const shared =
			input.distributedId === null
				? undefined
				: await findPendingDistributed(tx.db, collection.id, input.distributedId);
		const equal = input.distributedId === null ? await findCommittedByDigest(tx.db, collection.id, input) : undefined;
		const id = shared ?? equal?.id;
		if (id === undefined) return await insert(tx, target);
		if (shared !== undefined) await join(tx, { ...target, artifactId: shared });
		if (equal !== undefined) await reuse(tx, { ...target, artifactId: equal.id });
		const { clientId, sequenceClientId } = input;
		await rememberClientIds(tx.db, {
			id,
			projectId: collection.projectId,
			collectionId: collection.id,
			clientId,
			sequenceClientId,
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
			"the artifact's digest must be 32 hexadecimal characters: an MD5 or XXH128 digest",
		);
	}
	checkHistoryStep(input.historyStep);
	checkAliases(input.aliases);
	checkTags(input.tags);
	if (input.clientId !== null && input.clientId === input.sequenceClientId) {
		throw new DomainError("INVALID_INPUT", "clientID and sequenceClientID name two things: they cannot be the same");
	}
}

/** wire: the client asks for the setting first (XXHashDigestsEnabled) and then keeps to MD5 by itself. */
function checkAlgorithm({ digestAlgorithm }: CreateArtifactInput, { takesXxh128, entityName }: ProjectRow): void {
	if (digestAlgorithm === "MANIFEST_MD5" || takesXxh128) return;
	throw new DomainError(
		"INVALID_INPUT",
		`"${entityName}" keeps MD5 digests: log the artifact with digest_algorithm="MD5", or have an admin switch XXH128 on there`,
	);
}

async function insert(ctx: Ctx, { input, collection, runId }: Target): Promise<ArtifactRow> {
	const version = newVersion(ctx, input, collection.projectId);
	return await insertArtifact(ctx, { ...version, collectionId: collection.id, runId });
}

function newVersion(ctx: Ctx, input: CreateArtifactInput, projectId: string): NewVersion {
	const { digest, digestAlgorithm, historyStep, distributedId, aliases, tags, clientId, sequenceClientId } = input;
	return {
		...{ id: ctx.ids.uuid(), projectId, ...saidOf(input) },
		...{ digest, digestAlgorithm, historyStep, distributedId, aliases, tags, clientId, sequenceClientId },
	};
}

/** What the input says of the version, checked. */
function saidOf({ description, metadata, ttlDurationSeconds }: CreateArtifactInput) {
	return { description, metadata: checkMetadata(metadata), ttlSeconds: ttlFromWire(ttlDurationSeconds) };
}

type Known = Target & { readonly artifactId: string };

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
