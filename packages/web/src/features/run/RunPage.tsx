import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { projectCrumbs } from "../../app-shell/crumbs.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { LineSkeleton } from "../../ui/LineSkeleton.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { StateBadge } from "../../ui/StateBadge.tsx";
import { type TabLink, TabLinks } from "../../ui/TabLinks.tsx";
import { edgesCode } from "./edges-code.ts";
import { RunActions } from "./RunActions.tsx";
import { RunArtifacts } from "./RunArtifacts.tsx";
import { RunOverview } from "./RunOverview.tsx";
import { type Run, type RunPlace, runQuery } from "./run.queries.ts";
import { type RunTab, readRunTab, runTabs } from "./run-tabs.ts";
import { RunConfig, RunSummary } from "./values/RunValues.tsx";

const RunCharts = lazy(async () => ({ default: (await import("./charts/RunCharts.tsx")).RunCharts }));
const RunLog = lazy(async () => ({ default: (await import("./log/RunLog.tsx")).RunLog }));
const RunMedia = lazy(async () => ({ default: (await import("./media/RunMedia.tsx")).RunMedia }));
const RunFiles = lazy(async () => ({ default: (await import("./files/RunFiles.tsx")).RunFiles }));

const LineageView = lazy(async () => ({ default: (await import("../lineage/LineageView.tsx")).LineageView }));

type Search = { [name: string]: string | undefined };

type TabProps = { tab: RunTab; run: Run; place: RunPlace };

function Tab({ tab, run, place }: TabProps): ReactNode {
	const search: Search = useSearch({ strict: false });
	const navigate = useNavigate();
	const onSearch = (change: Search) =>
		void navigate({
			to: "/$entity/$project/runs/$run/$tab",
			params: { ...place, tab },
			search: (old) => ({ ...old, ...change }),
			replace: true,
			resetScroll: false,
		});
	const title = run.displayName || run.name;
	const { historyLineCount, eventsLineCount } = run;
	const charted = useMemo(
		() => [{ place, title, rows: historyLineCount ?? 0, events: eventsLineCount ?? 0 }],
		[place, title, historyLineCount, eventsLineCount],
	);
	if (tab === "charts") return <RunCharts runs={charted} search={search} onSearch={onSearch} />;
	if (tab === "config") return <RunConfig run={run} search={search.q ?? ""} onSearch={(q) => onSearch({ q })} />;
	if (tab === "summary") return <RunSummary run={run} search={search.q ?? ""} onSearch={(q) => onSearch({ q })} />;
	if (tab === "media") return <RunMedia run={run} place={place} search={search} onSearch={onSearch} />;
	if (tab === "logs") return <RunLog run={run} place={place} search={search} onSearch={onSearch} />;
	if (tab === "files") return <RunFiles run={run} place={place} search={search} onSearch={onSearch} />;
	if (tab === "lineage") {
		return <LineageView focus={{ kind: "run", id: run.id }} name={title} code={edgesCode(place)} />;
	}
	if (tab === "artifacts") return <RunArtifacts place={place} />;
	return <RunOverview run={run} place={place} />;
}

/** A run: what it is, its curves, config and summary, media, console, files, what went in and came out. */
export function RunPage(): ReactNode {
	const { t } = useTranslation();
	const { entity = "", project = "", run: id = "", tab } = useParams({ strict: false });
	const place = useMemo(() => ({ entity, project, run: id }), [entity, project, id]);
	const { data: run } = useSuspenseQuery(runQuery(place));
	const current = readRunTab(tab);
	const links: TabLink[] = runTabs.map((name) => ({
		id: name,
		title: t(`run.tab.${name}`),
		link:
			name === "overview"
				? { to: "/$entity/$project/runs/$run", params: place }
				: { to: "/$entity/$project/runs/$run/$tab", params: { ...place, tab: name } },
	}));
	const title = run.displayName || run.name;
	return (
		<>
			<PageHeader
				title={title}
				crumbs={projectCrumbs(entity, project)}
				actions={<RunActions run={run} place={place} />}
			>
				<StateBadge state={run.state} />
				<CopyButton text={`${entity}/${project}/${run.name}`} label={t("run.path")} />
				{run.stopped === true && run.state === "running" ? <span className="quiet">{t("run.stopping")}</span> : null}
			</PageHeader>
			<TabLinks tabs={links} current={current} label={t("ui.tabs")} />
			<Suspense fallback={<LineSkeleton />}>
				<Tab tab={current} run={run} place={place} />
			</Suspense>
		</>
	);
}
