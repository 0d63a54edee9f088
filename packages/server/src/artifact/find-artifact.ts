import type { ProjectAction } from "../access/roles.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { parseNodeId } from "../graphql/node-id.ts";
import { type ArtifactSubject, mayOnArtifact } from "./artifact-policy.ts";
import { findProjectsOfArtifacts } from "./artifact-reader.ts";
import type { ArtifactRow, MembershipRow } from "./artifact-rows.ts";
import { readVersion } from "./version-reader.ts";

/** A living version by its node id; null when it is unknown, or the actor may not do `action` to it. */
export async function findArtifact(ctx: Ctx, nodeId: string, action: ProjectAction): Promise<ArtifactRow | null> {
	const row = await findArtifactOrGhost(ctx, nodeId, action);
	return row?.state === "DELETED" ? null : row;
}

/** As `findArtifact`, deleted ones too: lineage goes on through them. */
export async function findArtifactOrGhost(
	ctx: Ctx,
	nodeId: string,
	action: ProjectAction = "project.see",
): Promise<ArtifactRow | null> {
	const known = await findKnown(ctx, nodeId);
	return known !== null && mayOnArtifact(ctx.actor, known, action) ? known.row : null;
}

/** A version the actor may do `action` to: NOT_FOUND when it may not even be seen, FORBIDDEN when it may. */
export async function requireArtifact(ctx: Ctx, nodeId: string, action: ProjectAction): Promise<ArtifactRow> {
	return requireOnArtifact(ctx, await findKnown(ctx, nodeId), action).row;
}

/** As `requireArtifact`, with the version's living memberships. */
export async function requireArtifactAndMembers(
	ctx: Ctx,
	nodeId: string,
	action: ProjectAction,
): Promise<{ readonly artifact: ArtifactRow; readonly members: readonly MembershipRow[] }> {
	const { row, members } = requireOnArtifact(ctx, await findKnown(ctx, nodeId), action);
	return { artifact: row, members };
}

/** A version that the actor may see, deleted or not. */
export async function requireArtifactOrGhost(ctx: Ctx, nodeId: string): Promise<ArtifactRow> {
	const row = await findArtifactOrGhost(ctx, nodeId);
	if (row === null) throw unknownArtifact();
	return row;
}

/** What is known of a version, if there is one that the actor may do `action` to; else the refusals of `requireArtifact`. */
export function requireOnArtifact<K extends Known>(ctx: Ctx, known: K | null, action: ProjectAction): K {
	if (known === null || !mayOnArtifact(ctx.actor, known, "project.see")) throw unknownArtifact();
	refuseGhost(known.row);
	if (mayOnArtifact(ctx.actor, known, action)) return known;
	throw new DomainError("FORBIDDEN", forbiddenText[action]);
}

function unknownArtifact(): DomainError {
	return new DomainError(
		"NOT_FOUND",
		"no artifact version has this id: it was deleted, never was, or is in a project you may not see",
	);
}

/** Refuses to give or change the content of a version that is deleted, to one who may know that it was there. */
export function refuseGhost(artifact: ArtifactRow): void {
	if (artifact.state !== "DELETED") return;
	const number = artifact.versionIndex === null ? "" : ` (v${artifact.versionIndex})`;
	throw new DomainError("GONE", `this version${number} was deleted: use another version, or log it again`);
}

/** Refuses to touch the content of a version that is committed. */
export function requirePending(artifact: ArtifactRow): void {
	if (artifact.state === "PENDING") return;
	throw new DomainError("CONFLICT", "this version is committed: its content cannot change. Log a new version");
}

/** Which of the versions given the actor may do `action` to. */
export async function filterArtifacts(
	ctx: Ctx,
	rows: readonly ArtifactRow[],
	action: ProjectAction,
): Promise<ArtifactRow[]> {
	const ids = rows.map((row) => row.id);
	const projects = await findProjectsOfArtifacts(ctx.db, ids);
	return rows.filter((row) =>
		mayOnArtifact(ctx.actor, { ownProjectId: row.projectId, projects: projects.get(row.id) ?? [] }, action),
	);
}

const forbiddenText: Record<ProjectAction, string> = {
	"project.see": "you may not see this version",
	"project.read":
		"you may see this version but not download or use it: that takes the role viewer in one of the registries it is linked to, which their admins can give",
	"project.write":
		"you may see this version but not change it: that takes the role member in its project or in a registry it is linked to, which their admins can give",
	"project.administer": "you may see this version but not administer it: that takes the role admin in its project",
};

type Known = ArtifactSubject & { readonly row: ArtifactRow };

async function findKnown(
	ctx: Ctx,
	nodeId: string,
): Promise<(Known & { readonly members: readonly MembershipRow[] }) | null> {
	const id = artifactIdOf(nodeId);
	if (id === null) return null;
	const found = await readVersion(ctx.db, id);
	if (found === undefined) return null;
	const { artifact: row, members, projects } = found;
	return { row, ownProjectId: row.projectId, projects, members };
}

/** The id inside a version's node id; null for the id of anything else. */
export function artifactIdOf(nodeId: string): string | null {
	const id = parseNodeId("Artifact", nodeId);
	// Node ids may hold numbers too; versions never have one.
	return id === null || /^\d+$/.test(id) ? null : id;
}
