import type { Actor } from "../access/actor.ts";
import { mayOnProject } from "../access/project-role.ts";
import type { ProjectAction } from "../access/roles.ts";
import type { ProjectRow } from "../project/index.ts";

/** What a policy needs to know of a version: the project it was logged in, and all that it is in, by links too. */
export type ArtifactSubject = { readonly ownProjectId: string; readonly projects: readonly ProjectRow[] };

/** What is done through any project that the version is in. */
const reading: ReadonlySet<ProjectAction> = new Set([
	"project.see",
	"project.read",
	"version.see",
	"version.use",
	"version.download",
	"file.download",
]);
/** What is its own project's alone: its content, and letting its bytes go. */
const owning: ReadonlySet<ProjectAction> = new Set(["project.write", "version.delete"]);

/**
 * May the actor do this to a version? It is readable through any project whose collections it is in. What is said of it
 * is changed through its own project or a registry only: whoever may read it can link it into a project of theirs, which
 * must not make them its masters.
 */
export function mayOnArtifact(actor: Actor, artifact: ArtifactSubject, action: ProjectAction): boolean {
	return placesOf(artifact, action).some((project) => mayOnProject(actor, project, action));
}

/** The projects whose roles decide about this, the version's own first. */
export function placesOf(artifact: ArtifactSubject, action: ProjectAction): ProjectRow[] {
	const isOwn = ({ id }: ProjectRow) => id === artifact.ownProjectId;
	const own = artifact.projects.filter(isOwn);
	if (owning.has(action)) return own;
	const others = artifact.projects.filter((project) => !isOwn(project));
	return [...own, ...(reading.has(action) ? others : others.filter(({ isRegistry }) => isRegistry))];
}
