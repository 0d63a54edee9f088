import type { ProjectAction } from "../access/roles.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import type { DomainEvent } from "../events.ts";
import { emit } from "../jobs/outbox.ts";
import { findProjectById, requireOn } from "../project/index.ts";
import { checkMetadata, ttlFromWire } from "./artifact-input-rules.ts";
import { checkTags } from "./artifact-name-rules.ts";
import { findArtifactsByIds } from "./artifact-reader.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { addTags, removeTags, updateArtifactFacts } from "./artifact-store.ts";
import { requireArtifact } from "./find-artifact.ts";

export type UpdateArtifactInput = {
	readonly artifactId: string;
	/** undefined leaves it as it is. */
	readonly description: string | null | undefined;
	readonly metadata: string | null | undefined;
	readonly ttlDurationSeconds: number | null | undefined;
	readonly addTags: readonly string[];
	readonly removeTags: readonly string[];
};

/** Changes what is said of a version; its content never changes. Client: UpdateArtifact (artifact.save()). */
export async function updateArtifact(ctx: Ctx, input: UpdateArtifactInput): Promise<ArtifactRow> {
	checkTags(input.addTags);
	const artifact = await requireArtifact(ctx, input.artifactId, actionOf(input));
	const ttl = await newTtl(ctx, artifact, input.ttlDurationSeconds);
	return await inTransaction(ctx, async (tx) => {
		await updateArtifactFacts(tx.db, artifact.id, {
			updated_at: tx.clock(),
			...(input.description === undefined ? {} : { description: input.description }),
			...(input.metadata === undefined ? {} : { metadata: checkMetadata(input.metadata) }),
			...ttl,
		});
		const added = await addTags(tx, artifact.id, input.addTags);
		const removed = await removeTags(tx.db, artifact.id, input.removeTags);
		await tell(tx, artifact, { description: input.description, added, removed });
		return (await findArtifactsByIds(tx.db, [artifact.id])).get(artifact.id) ?? artifact;
	});
}

type Told = {
	readonly description: string | null | undefined;
	readonly added: string[];
	readonly removed: string[];
};

async function tell(tx: Ctx, artifact: ArtifactRow, { description, added, removed }: Told): Promise<void> {
	const about = { artifactId: artifact.id, collectionId: artifact.collectionId, projectId: artifact.projectId };
	const [from, to] = [artifact.description ?? "", description ?? ""];
	const events: DomainEvent[] = [];
	if (description !== undefined && from !== to) events.push({ type: "artifact.described", ...about, from, to });
	if (added.length + removed.length > 0) events.push({ type: "artifact.tagged", ...about, added, removed });
	await emit(tx, ...events);
}

/** Tags have a row of their own in the role table. */
function actionOf({ description, metadata, ttlDurationSeconds }: UpdateArtifactInput): ProjectAction {
	return [description, metadata, ttlDurationSeconds].every((each) => each === undefined)
		? "version.tag"
		: "version.edit";
}

/**
 * How long a version lives is its own project's to say, not that of a registry it is linked to.
 * wire: the client sends the value with every save, changed or not.
 */
async function newTtl(
	ctx: Ctx,
	artifact: ArtifactRow,
	seconds: number | null | undefined,
): Promise<{ ttl_seconds?: number | null }> {
	if (seconds === undefined || seconds === null) return {};
	const ttlSeconds = ttlFromWire(seconds);
	if (ttlSeconds === artifact.ttlSeconds) return {};
	const project = await findProjectById(ctx.db, artifact.projectId);
	if (project === null) throw new Error(`project ${artifact.projectId} of a version is not there`);
	requireOn(ctx, project, "version.delete");
	return { ttl_seconds: ttlSeconds };
}
