import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { findProjectsByIds } from "../project/index.ts";
import { findCollectionsByIds, findMembersOf } from "./artifact-reader.ts";
import type { ArtifactRow, MembershipRow } from "./artifact-rows.ts";

/** The places of a version in its own collection and in those it is linked to, as far as the actor may see them. */
export async function listMemberships(ctx: Ctx, artifact: ArtifactRow): Promise<MembershipRow[]> {
	const members = await findMembersOf(ctx.db, [artifact.id]);
	if (members.length === 0) return [];
	const collections = await findCollectionsByIds(
		ctx.db,
		members.map((member) => member.collectionId),
	);
	const projects = await findProjectsByIds(ctx.db, [...new Set(collections.map((collection) => collection.projectId))]);
	const visible = new Set(
		projects.filter((project) => mayOnProject(ctx.actor, project, "version.see")).map((project) => project.id),
	);
	const shown = new Set(
		collections.filter((collection) => visible.has(collection.projectId)).map((collection) => collection.id),
	);
	return members.filter((member) => shown.has(member.collectionId));
}
