import { Switch } from "@mantine/core";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { projectCrumbs } from "../../app-shell/crumbs.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { formatValue } from "../../ui/format.ts";
import { readSummary, unwrapConfig } from "../../ui/json.ts";
import { LineSkeleton } from "../../ui/LineSkeleton.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import { StateBadge } from "../../ui/StateBadge.tsx";
import { colourOf } from "../run/charts/run-colours.ts";
import { RunLink } from "../run/RunLink.tsx";
import { type ComparedRow, compareDocuments } from "./compare-runs.ts";
import { type ComparedRun, comparedRunsQuery, projectQuery } from "./project.queries.ts";
import { mostCompared } from "./RunsTable.tsx";
import "./compare.css";
import "./runs-table.css";

const RunCharts = lazy(async () => ({ default: (await import("../run/charts/RunCharts.tsx")).RunCharts }));

const route = getRouteApi("/frame/$entity/$project/compare");

type Place = { entity: string; project: string };

type TableProps = { title: string; rows: ComparedRow[]; runs: ComparedRun[]; place: Place; onlyDiffering: boolean };

function CompareTable({ title, rows, runs, place, onlyDiffering }: TableProps): ReactNode {
	const { t, i18n } = useTranslation();
	const shown = onlyDiffering ? rows.filter(({ differs }) => differs) : rows;
	return (
		<Section title={title} count={shown.length}>
			{shown.length === 0 ? (
				<p className="quiet">{t(rows.length === 0 ? "ui.none" : "compare.same")}</p>
			) : (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
				<section className="table-box" tabIndex={0} aria-label={title}>
					<table className="table compare-table">
						<thead>
							<tr>
								<th scope="col">{t("ui.key")}</th>
								{runs.map((run, index) => (
									<th key={run.id} scope="col">
										<span className="compare-run">
											<span className="swatch" style={{ background: colourOf(index) }} />
											<RunLink {...place} run={run} />
										</span>
									</th>
								))}
							</tr>
						</thead>
						<tbody>
							{shown.map(({ key, values, differs }) => (
								<tr key={key} data-differs={differs ? "" : undefined}>
									<th scope="row" className="mono">
										{key}
										{differs ? <span className="heard"> ({t("compare.differs")})</span> : null}
									</th>
									{values.map((value, index) => (
										<td key={runs[index]?.id ?? index}>
											{value === undefined ? (
												<span className="quiet">–</span>
											) : (
												<span className="cut" title={formatValue(value, i18n.language)}>
													{formatValue(value, i18n.language)}
												</span>
											)}
										</td>
									))}
								</tr>
							))}
						</tbody>
					</table>
				</section>
			)}
		</Section>
	);
}

function RunKey({
	run,
	index,
	place,
	onRemove,
}: {
	run: ComparedRun;
	index: number;
	place: Place;
	onRemove: () => void;
}) {
	const { t } = useTranslation();
	const name = run.displayName || run.name;
	return (
		<li className="compare-key">
			<span className="swatch" style={{ background: colourOf(index) }} />
			<RunLink {...place} run={run} />
			<StateBadge state={run.state} />
			<button type="button" className="copy" aria-label={t("compare.remove", { name })} onClick={onRemove}>
				×
			</button>
		</li>
	);
}

/** The runs of a comparison: their documents side by side, and what their charts need. */
function useCompared(place: Place, names: string[]) {
	const { data: runs, error } = useQuery(comparedRunsQuery(place, names));
	if (error) throw error;
	return useMemo(() => {
		const charted = (runs ?? []).map((run) => ({
			place: { ...place, run: run.name },
			title: run.displayName || run.name,
			rows: run.historyLineCount ?? 0,
			events: run.eventsLineCount ?? 0,
		}));
		const config = compareDocuments((runs ?? []).map((run) => unwrapConfig(run.config)));
		const summary = compareDocuments((runs ?? []).map((run) => readSummary(run.summaryMetrics)));
		return { runs, charted, config, summary };
	}, [runs, place]);
}

/** Some runs side by side: their curves over each other, configs and summaries with the differences marked. */
export function CompareRunsPage(): ReactNode {
	const { t } = useTranslation();
	const params = route.useParams();
	const search = route.useSearch();
	const navigate = route.useNavigate();
	const { data: project } = useSuspenseQuery(projectQuery(params));
	const names = useMemo(
		() => [...new Set((search.runs ?? "").split(",").filter(Boolean))].slice(0, mostCompared),
		[search.runs],
	);
	const { entityName: entity, name: projectName } = project;
	const place = useMemo(() => ({ entity, project: projectName }), [entity, projectName]);
	const { runs, charted, config, summary } = useCompared(place, names);
	const change = (next: typeof search) =>
		void navigate({ search: (old) => ({ ...old, ...next }), replace: true, resetScroll: false });
	const title = t("compare.title");
	const onlyDiffering = search.differ === "1";
	return (
		<>
			<PageHeader title={title} crumbs={projectCrumbs(place.entity, place.project)} />
			{runs === undefined ? <LineSkeleton /> : null}
			{runs?.length === 0 ? <EmptyState text={t("compare.none")} /> : null}
			{runs && runs.length > 0 ? (
				<>
					<ul className="compare-keys" aria-label={t("project.runs")}>
						{runs.map((run, index) => (
							<RunKey
								key={run.id}
								run={run}
								index={index}
								place={place}
								onRemove={() => change({ runs: names.filter((name) => name !== run.name).join(",") })}
							/>
						))}
					</ul>
					<Suspense fallback={<LineSkeleton />}>
						<RunCharts runs={charted} search={search} onSearch={change} />
					</Suspense>
					<Switch
						size="xs"
						label={t("compare.onlyDiffering")}
						checked={onlyDiffering}
						onChange={({ currentTarget }) => change({ differ: currentTarget.checked ? "1" : undefined })}
					/>
					<CompareTable title={t("run.config")} rows={config} runs={runs} place={place} onlyDiffering={onlyDiffering} />
					<CompareTable
						title={t("run.summary")}
						rows={summary}
						runs={runs}
						place={place}
						onlyDiffering={onlyDiffering}
					/>
				</>
			) : null}
		</>
	);
}
