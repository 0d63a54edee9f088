import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { findProjectsByIds, type ProjectRow } from "../project/index.ts";
import { listRegistryProjectIds } from "./registry-reader.ts";

/** Registries of an organisation that the actor may see: the core ones first, then by name. */
export async function listRegistries(ctx: Ctx, organizationId: string): Promise<ProjectRow[]> {
	const ids = await listRegistryProjectIds(ctx.db, organizationId);
	const found = new Map((await findProjectsByIds(ctx.db, ids)).map((project) => [project.id, project]));
	return ids
		.map((id) => found.get(id))
		.filter((project) => project !== undefined)
		.filter((project) => mayOnProject(ctx.actor, project, "project.see"));
}
