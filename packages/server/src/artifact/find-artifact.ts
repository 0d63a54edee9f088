import { mayOnProject } from "../access/project-role.ts";
import { type ProjectAction, projectRules } from "../access/roles.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { parseNodeId } from "../graphql/node-id.ts";
import { missingRole } from "../project/index.ts";
import { type ArtifactSubject, mayOnArtifact, placesOf } from "./artifact-policy.ts";
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
	action: ProjectAction = "version.see",
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
	if (known === null || !mayOnArtifact(ctx.actor, known, "version.see")) throw unknownArtifact();
	refuseGhost(known.row);
	if (mayOnArtifact(ctx.actor, known, action)) return known;
	throw missingOnArtifact(ctx, known, action);
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
	if (artifact.state !== "PENDING") throw committed();
}

export function committed(): DomainError {
	return new DomainError("CONFLICT", "this version is committed: its content cannot change. Log a new version");
}

/** Which of the versions given the actor may do `action` to. */
export async function filterArtifacts(
	ctx: Ctx,
	rows: readonly ArtifactRow[],
	action: ProjectAction,
): Promise<ArtifactRow[]> {
	const ids = rows.flatMap((row) => (row.projects === undefined ? [row.id] : []));
	// Asked for no version as well: the number of queries tells nobody that there was one to ask about.
	const isKnown = rows.length > 0 && ids.length === 0;
	const found = isKnown ? null : await findProjectsOfArtifacts(ctx.db, ids);
	return rows.filter((row) => {
		const projects = row.projects ?? found?.get(row.id) ?? [];
		return mayOnArtifact(ctx.actor, { ownProjectId: row.projectId, projects }, action);
	});
}

/** The refusal of something to one who may see the version: the role that it takes in a project which he sees. */
function missingOnArtifact(ctx: Ctx, artifact: ArtifactSubject, action: ProjectAction): DomainError {
	const [place] = placesOf(artifact, action).filter((each) => mayOnProject(ctx.actor, each, "project.see"));
	if (place !== undefined) return missingRole(ctx.actor, place, action);
	const { doing, least } = projectRules[action];
	return new DomainError(
		"FORBIDDEN",
		`${doing} the project that it was logged to needs the role ${least} there, which its admins can give: you see this version by a link only`,
	);
}

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
	return parseNodeId("Artifact", nodeId);
}

/** Refuses unless the actor may do this to a version that he has reached. */
export async function requireOnReached(ctx: Ctx, row: ArtifactRow, action: ProjectAction): Promise<void> {
	const projects = row.projects ?? (await findProjectsOfArtifacts(ctx.db, [row.id])).get(row.id) ?? [];
	const artifact = { ownProjectId: row.projectId, projects };
	if (!mayOnArtifact(ctx.actor, artifact, action)) throw missingOnArtifact(ctx, artifact, action);
}
