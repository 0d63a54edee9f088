import { z } from "zod";
import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { type CountedPage, pageOf, parseCursor } from "../db/page.ts";
import type { PageArgs } from "../graphql/connection.ts";
import type { ProjectRow } from "../project/index.ts";
import { parseSweepFilter } from "./sweep-filter-rules.ts";
import { countSweepRows, listSweepRows, type SweepRow } from "./sweep-reader.ts";

export type ListSweepsInput = PageArgs & {
	/** JSON text. */
	readonly filters?: string | null | undefined;
};

/** Key of a sweep in a list by time. */
export const sweepCursor = (row: SweepRow) => [row.createdAt, row.id];

const defaultPage = 50;
const largestPage = 1000;

/** Sweeps of a project, newest first; null where the viewer knows the project by name only. */
export async function listSweeps(
	ctx: Ctx,
	project: ProjectRow,
	input: ListSweepsInput,
): Promise<CountedPage<SweepRow> | null> {
	if (!mayOnProject(ctx.actor, project, "project.see")) return null;
	const filter = parseSweepFilter(input.filters);
	const limit = Math.min(Math.max(input.first ?? defaultPage, 0), largestPage);
	const after = typeof input.after !== "string" ? null : parseCursor(input.after, z.tuple([z.date(), z.uuid()]));
	const [rows, total] = await Promise.all([
		listSweepRows(ctx.db, { projectId: project.id, filter }, { limit: limit + 1, after }),
		countSweepRows(ctx.db, { projectId: project.id, filter }),
	]);
	return { ...pageOf(rows, limit, sweepCursor), total };
}

/** How many sweeps a project has; 0 where the viewer knows it by name only. */
export async function countSweeps(ctx: Ctx, project: ProjectRow): Promise<number> {
	return mayOnProject(ctx.actor, project, "project.see")
		? await countSweepRows(ctx.db, { projectId: project.id, filter: {} })
		: 0;
}
