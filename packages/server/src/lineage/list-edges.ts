import { z } from "zod";
import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { type CountedPage, onlyPage, type PageWanted, pageOf, parseCursor } from "../db/page.ts";
import type { ProjectRow } from "../project/index.ts";
import { type EdgeDirection, type EdgeEnd, pageArtifactsOfRun, pageRunsOfArtifact } from "./lineage-reader.ts";

export type EdgesWanted = PageWanted & { readonly direction: EdgeDirection };
export type EdgeList = CountedPage<EdgeEnd>;

/** Key of an edge in a list by time. */
export const edgeCursor = (edge: EdgeEnd) => [edge.at, edge.id];

/** Runs that used or produced a version the actor was allowed to reach. */
export async function listRunsOfArtifact(ctx: Ctx, artifactId: string, wanted: EdgesWanted): Promise<EdgeList> {
	const { rows, total } = await pageRunsOfArtifact(ctx, { artifactId, direction: wanted.direction }, pageArgs(wanted));
	return { ...pageOf(rows, wanted.limit, edgeCursor), total };
}

/** Versions that a run of a project used or produced; none where the actor may not see the project. */
export async function listArtifactsOfRun(
	ctx: Ctx,
	run: { readonly id: string; readonly project: ProjectRow },
	wanted: EdgesWanted,
): Promise<EdgeList> {
	if (!mayOnProject(ctx.actor, run.project, "project.see")) return onlyPage<EdgeEnd>([]);
	const { rows, total } = await pageArtifactsOfRun(
		ctx,
		{ runId: run.id, direction: wanted.direction },
		pageArgs(wanted),
	);
	return { ...pageOf(rows, wanted.limit, edgeCursor), total };
}

function pageArgs(wanted: EdgesWanted) {
	const after = wanted.after === null ? null : parseCursor(wanted.after, z.tuple([z.date(), z.uuid()]));
	return { limit: wanted.limit + 1, after };
}
