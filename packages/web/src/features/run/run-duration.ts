import { formatDuration } from "../../ui/format.ts";

/** How long a run took, or has taken; null before it said anything. */
export function durationOf(run: { createdAt: string; heartbeatAt: string | null }): string | null {
	return run.heartbeatAt ? formatDuration(Date.parse(run.heartbeatAt) - Date.parse(run.createdAt)) : null;
}
