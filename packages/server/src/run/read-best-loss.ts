import type { Ctx } from "../context.ts";
import { type SweepRow, sweepMetric } from "../sweep/index.ts";
import { findBestMetric } from "./run-reader.ts";

/** The best value of the metric a sweep searches by, among its runs; null where there is none yet. */
export async function readBestLoss(ctx: Pick<Ctx, "db">, sweep: SweepRow): Promise<number | null> {
	const metric = sweepMetric(sweep.config);
	if (metric === null) return null;
	const { name, goal } = metric;
	return await findBestMetric(ctx, { sweepId: sweep.id, path: name.split("."), goal });
}
