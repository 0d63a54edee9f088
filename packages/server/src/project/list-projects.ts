import { z } from "zod";
import type { Ctx } from "../context.ts";
import { boundedByFilter } from "../db/bounded-read.ts";
import { type CursorValue, type Page, type PageWanted, pageOf, parseCursor } from "../db/page.ts";
import { type SortedRow, sortedCursor } from "../db/sorted-page.ts";
import { type ListOrder, parseOrder } from "../filter/field-rules.ts";
import { isEverything } from "../filter/filter-rules.ts";
import { projectCursorKey } from "./project-cursor.ts";
import { type ProjectOrderKey, parseProjectFilter, projectOrders } from "./project-filter-rules.ts";
import { searchProjects } from "./project-list-reader.ts";
import { type ProjectRow, readProjectsOfEntity } from "./project-reader.ts";

/** A project of a list; sorted as asked for it has what it was sorted by. */
export type ListedProject = ProjectRow & Partial<Pick<SortedRow, "sortValue">>;

/** Key of a project in a list, in whatever order. */
export const listedProjectCursor = ({ sortValue, ...project }: ListedProject): readonly CursorValue[] =>
	sortValue === undefined ? projectCursorKey(project) : sortedCursor({ id: project.id, sortValue });

export type ProjectsWanted = PageWanted & {
	readonly entityId: string;
	readonly filters?: string | null | undefined;
	readonly order?: string | null | undefined;
};

const newestFirst: ListOrder<ProjectOrderKey> = { by: "created", direction: "desc" };

/** The projects of an entity that the caller may see, newest first or as asked. Client: GetProjects, FetchRegistries. */
export async function listProjects(ctx: Ctx, input: ProjectsWanted): Promise<Page<ListedProject>> {
	const filter = parseProjectFilter(input.filters);
	const order = parseOrder(input.order, projectOrders);
	if (order === null && isEverything(filter)) {
		const after = input.after ? parseCursor(input.after, z.tuple([z.date(), z.uuid()])) : null;
		return await readProjectsOfEntity(ctx.db, ctx.actor, { ...input, after });
	}
	const { entityId, after, limit } = input;
	const search = { entityId, filter, order: order ?? newestFirst, after, limit: limit + 1 };
	const rows = await boundedByFilter(ctx, [filter], (bound) => searchProjects(bound, search));
	return pageOf<ListedProject>(rows, limit, listedProjectCursor);
}

/** All projects of an entity that a filter leaves and the caller may see: where to look for what is in them. */
export async function listProjectsToSearch(
	ctx: Ctx,
	input: { readonly entityId: string; readonly filters: string | null },
): Promise<readonly ProjectRow[]> {
	const filter = parseProjectFilter(input.filters);
	const search = { entityId: input.entityId, filter, order: newestFirst, after: null, limit: null };
	return await boundedByFilter(ctx, [filter], (bound) => searchProjects(bound, search));
}
