import { z } from "zod";
import type { Ctx } from "../context.ts";
import { onlyPage, type Page, type PageWanted, pageOf, parseCursor } from "../db/page.ts";
import { maySeePeople } from "./list-project-members.ts";
import { type PersonRow, readPeople } from "./project-people-reader.ts";
import type { ProjectRow } from "./project-reader.ts";

/** What the list of people is sorted by. */
export const personCursor = ({ key }: PersonRow) => [key];

/** Everybody who has a role of their own in a project, by user name; nobody for those who may not see who belongs there. */
export async function listPeople(ctx: Ctx, project: ProjectRow, wanted: PageWanted): Promise<Page<PersonRow>> {
	if (!maySeePeople(ctx, project)) return onlyPage<PersonRow>([]);
	const after = wanted.after === null ? null : parseCursor(wanted.after, z.tuple([z.string()]));
	return pageOf(await readPeople(ctx.db, project, { limit: wanted.limit + 1, after }), wanted.limit, personCursor);
}
