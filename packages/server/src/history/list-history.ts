import { z } from "zod";
import { mayOnProject } from "../access/project-role.ts";
import type { CollectionRow } from "../artifact/index.ts";
import type { Ctx } from "../context.ts";
import { onlyPage, type Page, type PageWanted, pageOf, parseCursor } from "../db/page.ts";
import { findProjectById, maySeePeople, type ProjectRow } from "../project/index.ts";
import { type HistoryRow, type HistorySubject, readHistory } from "./history-reader.ts";
import { peopleTypes, type ShownType, shownTypes } from "./history-rules.ts";

export type HistoryWanted = PageWanted & {
	/** Null: all. */
	readonly types: readonly ShownType[] | null;
	readonly actorName: string | null;
	readonly since: Date | null;
	readonly until: Date | null;
};

export const historyCursor = ({ position }: HistoryRow) => [position];

/** What happened in a project and to it, for those who may see it; who belongs to it only for those who may know that. */
export async function listProjectHistory(
	ctx: Ctx,
	project: ProjectRow,
	wanted: HistoryWanted,
): Promise<Page<HistoryRow>> {
	return await list(ctx, project, { projectId: project.id }, wanted);
}

/** What happened to a living collection, for those who may see its project. */
export async function listCollectionHistory(
	ctx: Ctx,
	collection: CollectionRow,
	wanted: HistoryWanted,
): Promise<Page<HistoryRow>> {
	const project = collection.project ?? (await findProjectById(ctx.db, collection.projectId));
	if (project === null || collection.deletedAt !== null) return onlyPage<HistoryRow>([]);
	return await list(ctx, project, { collectionId: collection.id }, wanted);
}

async function list(
	ctx: Ctx,
	project: ProjectRow,
	subject: HistorySubject,
	wanted: HistoryWanted,
): Promise<Page<HistoryRow>> {
	if (!mayOnProject(ctx.actor, project, "project.see")) return onlyPage<HistoryRow>([]);
	const types = (wanted.types ?? shownTypes).filter((type) => !peopleTypes.has(type) || maySeePeople(ctx, project));
	const { limit, actorName, since, until } = wanted;
	const after = wanted.after === null ? null : parseCursor(wanted.after, z.tuple([z.int()]));
	// No name has a NUL, and no query can.
	if (actorName?.includes("\u0000")) return onlyPage<HistoryRow>([]);
	const search = { types, actorKey: actorName?.toLowerCase() ?? null, since, until };
	return pageOf(await readHistory(ctx.db, subject, search, { limit: limit + 1, after }), limit, historyCursor);
}
