import { useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { type RunPlace, runLogQuery } from "./run.queries.ts";

/** The end of what a run wrote to its console. */
export function RunLog({ place, state }: { place: RunPlace; state: string | null }): ReactNode {
	const { t } = useTranslation();
	const { data } = useSuspenseQuery(runLogQuery(place, state));
	const lines = data.logLines?.edges.map(({ node }) => node.line.replace(/\r?\n$/, "")) ?? [];
	if (lines.length === 0) return <EmptyState text={t("run.noLog")} />;
	return (
		<>
			{(data.logLineCount ?? 0) > lines.length ? (
				<p className="quiet">{t("run.logTail", { shown: lines.length, total: data.logLineCount })}</p>
			) : null}
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
			<pre className="log" tabIndex={0}>
				{lines.join("\n")}
			</pre>
		</>
	);
}
