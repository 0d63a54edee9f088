import type { ProjectAction } from "../access/roles.ts";
import type { Ctx } from "../context.ts";
import { artifactIdOf, requireOnArtifact } from "./find-artifact.ts";
import type { VersionToWrite } from "./version-to-write-reader.ts";

/**
 * A version that the actor may do `action` to, with what `find` read of it in its one statement; else the refusals of
 * `requireArtifact`. `find` is given the id.
 */
export async function requireVersion<M>(
	ctx: Ctx,
	nodeId: string,
	action: ProjectAction,
	find: (id: string) => Promise<VersionToWrite<M> | undefined>,
): Promise<VersionToWrite<M>> {
	const id = artifactIdOf(nodeId);
	const found = id === null ? undefined : await find(id);
	const known = found === undefined ? null : { ...found, row: found.artifact, ownProjectId: found.artifact.projectId };
	return requireOnArtifact(ctx, known, action);
}
