import { z } from "zod";
import type { Ctx } from "../context.ts";
import { type Page, type PageWanted, parseCursor } from "../db/page.ts";
import { type ProjectRow, readProjectsOfEntity } from "./project-reader.ts";

/** The projects of an entity that the caller may see, newest first. */
export async function listProjects(
	ctx: Ctx,
	input: PageWanted & { readonly entityId: string },
): Promise<Page<ProjectRow>> {
	const after = input.after ? parseCursor(input.after, z.tuple([z.date(), z.uuid()])) : null;
	return await readProjectsOfEntity(ctx.db, ctx.actor, { ...input, after });
}
