import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { boundedByFilter } from "../db/bounded-read.ts";
import { parseFilter } from "../filter/filter-rules.ts";
import type { ProjectRow } from "../project/index.ts";
import type { SweepRow } from "../sweep/index.ts";
import { parseRunField, parseRunOrder } from "./run-field-rules.ts";
import { countRunRows, listRunRows, type RunFilter, type RunSearch } from "./run-list-reader.ts";
import type { RunRow } from "./run-reader.ts";
import { pageLimit } from "./run-rules.ts";

const defaultPage = 50;

export type ListRunsInput = {
	readonly first?: number | null | undefined;
	readonly after?: string | null | undefined;
	/** `+created_at`, `-summary_metrics.loss`. */
	readonly order?: string | null | undefined;
	/** Mongo-like JSON text. */
	readonly filters?: string | null | undefined;
};

/** What stands behind the GraphQL type RunConnection, whoever lists the runs. */
export type RunConnectionNode = {
	readonly edges: ReadonlyArray<{ readonly cursor: string; readonly node: RunRow }>;
	readonly pageInfo: {
		readonly hasNextPage: boolean;
		readonly hasPreviousPage: boolean;
		readonly startCursor?: string | null | undefined;
		readonly endCursor?: string | null | undefined;
	};
	/** How many there are on all pages; as a function, counted only when asked. */
	readonly totalCount: number | null | (() => Promise<number>);
};

/** Runs of a project; null where the viewer knows it by name only. */
export async function listRuns(ctx: Ctx, project: ProjectRow, input: ListRunsInput): Promise<RunConnectionNode | null> {
	if (!mayOnProject(ctx.actor, project, "project.see")) return null;
	return await listPage(ctx, { scope: { projectId: project.id }, filter: runFilter(input.filters) }, input);
}

/** How many runs of a project a filter leaves; 0 where the viewer knows it by name only. */
export async function countProjectRuns(
	ctx: Ctx,
	project: ProjectRow,
	filters: string | null | undefined,
): Promise<number> {
	if (!mayOnProject(ctx.actor, project, "project.see")) return 0;
	const search: RunSearch = { scope: { projectId: project.id }, filter: runFilter(filters) };
	return await boundedByFilter(ctx, [search.filter], (bound) => countRunRows(bound, search));
}

/** Runs of a sweep that the viewer has got hold of, oldest first. */
export async function listSweepRuns(ctx: Ctx, sweep: SweepRow, input: ListRunsInput): Promise<RunConnectionNode> {
	return await listPage(ctx, { scope: { sweepId: sweep.id }, filter: runFilter(null) }, input);
}

async function listPage(ctx: Ctx, search: RunSearch, input: ListRunsInput): Promise<RunConnectionNode> {
	const page = {
		order: parseRunOrder(input.order),
		limit: pageLimit(input.first, defaultPage),
		after: input.after ?? null,
	};
	const found = await boundedByFilter(ctx, [search.filter], (bound) => listRunRows(bound, search, page));
	const edges = found.slice(0, page.limit).map(({ run, cursor }) => ({ cursor, node: run }));
	return {
		edges,
		pageInfo: {
			hasNextPage: found.length > page.limit,
			hasPreviousPage: false,
			startCursor: edges[0]?.cursor ?? null,
			endCursor: edges.at(-1)?.cursor ?? null,
		},
		totalCount: () => boundedByFilter(ctx, [search.filter], (bound) => countRunRows(bound, search)),
	};
}

function runFilter(text: string | null | undefined): RunFilter {
	return parseFilter(text, parseRunField);
}
