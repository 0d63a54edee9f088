import type { Actor } from "../access/actor.ts";
import { mayOnProject } from "../access/project-role.ts";
import type { ProjectAction } from "../access/roles.ts";
import type { ProjectRow } from "../project/index.ts";

/** What a policy needs to know of a version: the project it was logged in, and all that it is in, by links too. */
export type ArtifactSubject = { readonly ownProjectId: string; readonly projects: readonly ProjectRow[] };

/**
 * May the actor do this to a version? It is readable through any project whose collections it is in. Changed it is
 * through its own project or a registry only: whoever may read it can link it into a project of theirs, which must not
 * make them its masters.
 */
export function mayOnArtifact(actor: Actor, artifact: ArtifactSubject, action: ProjectAction): boolean {
	const isReading = action === "project.see" || action === "project.read";
	return artifact.projects.some(
		(project) =>
			(isReading || project.isRegistry || project.id === artifact.ownProjectId) && mayOnProject(actor, project, action),
	);
}
