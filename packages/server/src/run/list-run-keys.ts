import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import type { ProjectRow } from "../project/index.ts";
import { readRunKeys } from "./run-key-reader.ts";

export type RunKeys = { readonly config: string[]; readonly summary: string[] };

/** What the configs and summaries of a project's newest runs hold, by name; nothing for who knows the project by name only. */
export async function listRunKeys(ctx: Ctx, project: ProjectRow): Promise<RunKeys> {
	if (!mayOnProject(ctx.actor, project, "project.see")) return { config: [], summary: [] };
	const keys = await readRunKeys(ctx.db, project.id);
	const of = (document: string) => keys.flatMap((row) => (row.document === document ? [row.key] : []));
	return { config: of("config"), summary: of("summary") };
}
