import type { CursorValue } from "../db/page.ts";

/** What lists of projects are sorted by. */
export function projectCursorKey(project: { readonly createdAt: Date; readonly id: string }): CursorValue[] {
	return [project.createdAt, project.id];
}
