import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import type { ProjectRow } from "../project/index.ts";
import { findRunByName, type RunRow } from "./run-reader.ts";
import { storableText } from "./run-rules.ts";

/** The run of that name; null where there is none, or where the viewer knows the project by name only. */
export async function findRun(ctx: Ctx, project: ProjectRow, name: string): Promise<RunRow | null> {
	if (!mayOnProject(ctx.actor, project, "project.see")) return null;
	return await findRunByName(ctx, project.id, storableText(name));
}
