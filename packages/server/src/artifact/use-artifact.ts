import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { findProject, type ProjectRow, requireProject } from "../project/index.ts";
import { runNotFound, storableText } from "../run/index.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { recordUse } from "./artifact-store.ts";
import { requireArtifactAndMembers } from "./find-artifact.ts";

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
	const project = await requireProject(ctx, input, "project.write");
	const { artifact, members } = await requireArtifactAndMembers(ctx, input.artifactId, "version.use");
	if (artifact.state !== "COMMITTED") {
		throw new DomainError("UNPROCESSABLE", "this version is still being uploaded: wait for its commit, then use it");
	}
	const through = await projectNamed(ctx, input);
	const link = through === null ? undefined : members.find(({ collection }) => collection?.projectId === through.id);
	const isRecorded = await recordUse(ctx, {
		run: { projectId: project.id, name: storableText(input.runName) },
		artifactId: artifact.id,
		collectionId: link?.collectionId ?? artifact.collectionId,
		projectId: link === undefined || through === null ? artifact.projectId : through.id,
		usedAs: input.usedAs,
	});
	if (!isRecorded) throw runNotFound(project, input.runName);
	return artifact;
}

/** Where the name led through: a link's collection in that project, else the version's own sequence, was meant. */
async function projectNamed(ctx: Ctx, input: UseArtifactInput): Promise<ProjectRow | null> {
	const { artifactEntityName: entityName, artifactProjectName: projectName } = input;
	return projectName === null ? null : await findProject(ctx, { entityName, projectName });
}
