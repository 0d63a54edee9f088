import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { findProjectsByIds } from "../project/index.ts";
import { findArtifactsByIds, findByClientId, findCollectionsByIds } from "./artifact-reader.ts";

/** What the server calls something that a client named before it was saved; null when unknown or not to be seen. */
export async function findClientId(
	ctx: Ctx,
	clientId: string,
): Promise<{ kind: "Artifact" | "ArtifactCollection"; id: string } | null> {
	const found = await findByClientId(ctx.db, clientId);
	if (found === undefined) return null;
	const artifact =
		found.artifactId === null
			? undefined
			: (await findArtifactsByIds(ctx.db, [found.artifactId])).get(found.artifactId);
	const [collection] = found.collectionId === null ? [] : await findCollectionsByIds(ctx.db, [found.collectionId]);
	const projectId = artifact?.projectId ?? collection?.projectId;
	const [project] = projectId === undefined ? [] : await findProjectsByIds(ctx.db, [projectId]);
	if (project === undefined || !mayOnProject(ctx.actor, project, "version.see")) return null;
	if (artifact !== undefined) return { kind: "Artifact", id: artifact.id };
	return collection === undefined ? null : { kind: "ArtifactCollection", id: collection.id };
}
