import type { ProjectAction } from "../access/roles.ts";
import type { Ctx } from "../context.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
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

/**
 * A version that the actor may write to, kept for a moment with the right to do so. Whether it is still pending has to
 * be asked by the statement that writes.
 */
export async function recallWritable(
	ctx: Ctx,
	artifactId: string,
	lookUp: () => Promise<ArtifactRow>,
): Promise<ArtifactRow | null> {
	if (ctx.db.isTransaction) return await lookUp();
	return await ctx.actors.recall(ctx.actor, writableKey(artifactId), ctx.clock(), lookUp);
}

/** For whoever has just made it another. */
export function forgetWritable(ctx: Ctx, artifactId: string): void {
	ctx.actors.forget(ctx.actor, writableKey(artifactId));
}

function writableKey(artifactId: string): string {
	return JSON.stringify(["writable version", artifactId]);
}
