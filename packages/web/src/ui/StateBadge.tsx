import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type Known = {
	tone: "good" | "bad" | "live" | "plain";
	key:
		| "finished"
		| "running"
		| "crashed"
		| "failed"
		| "killed"
		| "pending"
		| "preempted"
		| "canceled"
		| "paused"
		| "stopped";
};

const known: Readonly<Record<string, Known>> = {
	finished: { tone: "good", key: "finished" },
	running: { tone: "live", key: "running" },
	crashed: { tone: "bad", key: "crashed" },
	failed: { tone: "bad", key: "failed" },
	killed: { tone: "bad", key: "killed" },
	pending: { tone: "plain", key: "pending" },
	preempted: { tone: "plain", key: "preempted" },
	preempting: { tone: "plain", key: "preempted" },
	canceled: { tone: "plain", key: "canceled" },
	paused: { tone: "plain", key: "paused" },
	stopped: { tone: "plain", key: "stopped" },
};

/** The state of a run or sweep: a dot and a word, so that colour is never alone. */
export function StateBadge({ state }: { state: string | null }): ReactNode {
	const { t } = useTranslation();
	if (!state) return null;
	const entry = known[state.toLowerCase()];
	return (
		<span className="state" data-tone={entry?.tone ?? "plain"}>
			{entry ? t(`state.${entry.key}`) : state}
		</span>
	);
}
