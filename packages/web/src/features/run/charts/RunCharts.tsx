import { useQueries } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { ChartSection, type Drawing, HistoryCharts, SystemCharts } from "./ChartSection.tsx";
import { type ChartSearch, ChartTools, readSettings } from "./ChartTools.tsx";
import { axisKeysIn, type ChartRun, historyKeysQuery } from "./chart.queries.ts";
import { axes, axisKeys, readAxis } from "./curves.ts";
import { groupKeys, numericKeys } from "./history-keys.ts";

type Props = {
	/** In the order of their colours. */
	runs: ChartRun[];
	search: ChartSearch;
	onSearch: (change: ChartSearch) => void;
};

function readShut(text: string | undefined): string[] {
	try {
		const value: unknown = JSON.parse(text ?? "[]");
		return Array.isArray(value) ? value.filter((name): name is string => typeof name === "string") : [];
	} catch {
		return [];
	}
}

/** A chart for each number in the history of some runs, in groups; then what was measured of their machines. */
export function RunCharts({ runs, search, onSearch }: Props): ReactNode {
	const { t } = useTranslation();
	const { keys, ready } = useQueries({
		queries: runs.map((run) => historyKeysQuery(run)),
		combine: (results) => ({
			keys: results.flatMap(({ data }) => data ?? []),
			ready: results.every(({ isPending }) => !isPending),
		}),
	});
	const wanted = search.q?.toLowerCase() ?? "";
	const numbers = useMemo(() => [...new Set(numericKeys(keys))], [keys]);
	const groups = useMemo(
		() => groupKeys(numbers.filter((key) => key.toLowerCase().includes(wanted))),
		[numbers, wanted],
	);
	const along = useMemo(() => axisKeysIn(keys), [keys]);
	const known = axes.filter((axis) => along.includes(axisKeys[axis]));
	const settings = readSettings(search, onSearch);
	const drawing: Drawing = { runs, settings, axis: readAxis(search.x) };
	const shut = readShut(search.shut);
	const fold = (name: string, open: boolean) => {
		const next = open ? shut.filter((other) => other !== name) : [...shut, name];
		onSearch({ shut: next.length > 0 ? JSON.stringify(next) : undefined });
	};
	const measured = runs.some(({ events }) => events > 0);
	if (!ready) return <div className="chart-place" aria-hidden="true" />;
	if (numbers.length === 0 && !measured) {
		return (
			<EmptyState text={t("charts.none")} code={'for step in range(100):\n    run.log({"loss": 1 / (step + 1)})'} />
		);
	}
	return (
		<div className="stack">
			<ChartTools search={search} known={known} onSearch={onSearch} />
			{groups.map(({ name, keys: members }) => (
				<ChartSection
					key={name}
					title={name === "" ? t("charts.ungrouped") : name}
					count={members.length}
					open={!shut.includes(name)}
					onOpen={(open) => fold(name, open)}
				>
					<HistoryCharts keys={members} along={along} drawing={drawing} />
				</ChartSection>
			))}
			{groups.length === 0 && numbers.length > 0 ? <p className="quiet">{t("charts.noMatch")}</p> : null}
			{measured ? (
				<ChartSection
					title={t("charts.system")}
					count={undefined}
					open={search.system === "1"}
					onOpen={(open) => onSearch({ system: open ? "1" : undefined })}
				>
					<SystemCharts drawing={drawing} search={wanted} />
				</ChartSection>
			) : null}
		</div>
	);
}
