import { z } from "zod";
import type { Ctx } from "../context.ts";
import { type CountedPage, pageOf, parseCursor } from "../db/page.ts";
import type { PageArgs } from "../graphql/connection.ts";
import { countAlertRows, listAlertRows, type RunAlertRow } from "./run-alert-reader.ts";
import { pageLimit } from "./run-rules.ts";

/** Key of an alert in a list by time. */
export const runAlertCursor = (row: RunAlertRow) => [row.at, row.id];

/** What a run's script told its people, oldest first. */
export async function listRunAlerts(
	ctx: Pick<Ctx, "db">,
	runId: string,
	input: PageArgs,
): Promise<CountedPage<RunAlertRow>> {
	const limit = pageLimit(input.first, 50);
	const after = typeof input.after !== "string" ? null : parseCursor(input.after, z.tuple([z.date(), z.uuid()]));
	const [rows, total] = await Promise.all([
		listAlertRows(ctx.db, runId, { limit: limit + 1, after }),
		countAlertRows(ctx.db, runId),
	]);
	return { ...pageOf(rows, limit, runAlertCursor), total };
}
