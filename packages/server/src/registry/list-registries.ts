import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import type { ProjectRow } from "../project/index.ts";
import { readRegistriesOf } from "./registry-reader.ts";

/** Registries of an organisation that the actor may see: the core ones first, then by name. */
export async function listRegistries(ctx: Ctx, organizationId: string): Promise<ProjectRow[]> {
	const registries = await readRegistriesOf(ctx.db, organizationId);
	return registries.filter((project) => mayOnProject(ctx.actor, project, "project.see"));
}
