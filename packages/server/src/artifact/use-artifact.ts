import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { findProject } from "../project/index.ts";
import { requireRun } from "../run/index.ts";
import { findCollectionsByIds, findMembersOf } from "./artifact-reader.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { recordEdge } from "./artifact-store.ts";
import { requireArtifact } from "./find-artifact.ts";

export type UseArtifactInput = {
	/** The run's. */
	readonly entityName: string;
	readonly projectName: string;
	readonly runName: string;
	readonly artifactId: string;
	readonly usedAs: string | null;
	/** Where the name was looked up: the registry's, for a link. */
	readonly artifactEntityName: string | null;
	readonly artifactProjectName: string | null;
};

/** Records that a run used a version: once, however often it asks. Client: UseArtifact. */
export async function useArtifact(ctx: Ctx, input: UseArtifactInput): Promise<ArtifactRow> {
	const { run } = await requireRun(ctx, input, "project.write");
	const artifact = await requireArtifact(ctx, input.artifactId, "version.use");
	if (artifact.state !== "COMMITTED") {
		throw new DomainError("UNPROCESSABLE", "this version is still being uploaded: wait for its commit, then use it");
	}
	const { collectionId, projectId } = await throughCollection(ctx, artifact, input);
	await inTransaction(ctx, async (tx) => {
		const isNew = await recordEdge(tx, {
			runId: run.id,
			artifactId: artifact.id,
			direction: "USED",
			collectionId,
			usedAs: input.usedAs,
		});
		if (isNew) {
			await emit(tx, { type: "artifact.used", artifactId: artifact.id, runId: run.id, collectionId, projectId });
		}
	});
	return artifact;
}

type Through = { readonly collectionId: string; readonly projectId: string };

/** The collection that the name led through: a link's in the project named, else the version's own sequence. */
async function throughCollection(ctx: Ctx, artifact: ArtifactRow, input: UseArtifactInput): Promise<Through> {
	if (input.artifactProjectName === null) return artifact;
	const project = await findProject(ctx, {
		entityName: input.artifactEntityName,
		projectName: input.artifactProjectName,
	});
	if (project === null) return artifact;
	const members = await findMembersOf(ctx.db, [artifact.id]);
	const collections =
		members.length === 0
			? []
			: await findCollectionsByIds(
					ctx.db,
					members.map((member) => member.collectionId),
				);
	const link = collections.find((collection) => collection.projectId === project.id);
	return link === undefined ? artifact : { collectionId: link.id, projectId: project.id };
}
