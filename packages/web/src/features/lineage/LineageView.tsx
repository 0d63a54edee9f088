import { Button } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useRef } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { LineSkeleton } from "../../ui/LineSkeleton.tsx";
import { lazyPart } from "../../ui/lazy-part.tsx";
import "./lineage.css";
import "./lineage-parts.css";
import type { DrawnGraph } from "./drawn-graph.ts";
import { LineageStage } from "./LineageStage.tsx";
import { LineageToolbar } from "./LineageToolbar.tsx";
import type { Focus } from "./lineage-api.ts";
import { useKeptFocus } from "./use-kept-focus.ts";
import { type LineagePage, useLineagePage } from "./use-lineage-page.ts";

// What is not needed for the picture itself comes after it, and what only some readers open when they do.
const ImpactList = lazy(async () => ({ default: (await import("./ImpactList.tsx")).ImpactList }));
const LineageList = lazy(async () => ({ default: (await import("./LineageList.tsx")).LineageList }));
const SidePanel = lazyPart(async () => (await import("./SidePanel.tsx")).SidePanel);
const PathBanner = lazy(async () => ({ default: (await import("./PathBanner.tsx")).PathBanner }));
const TimeRange = lazy(async () => ({ default: (await import("./TimeRange.tsx")).TimeRange }));
const ComparisonPanel = lazyPart(async () => (await import("./ComparisonPanel.tsx")).ComparisonPanel);

type Props = {
	focus: Focus;
	/** What the page is about, for the names of files. */
	name: string;
	/** Two lines that make edges, for a graph without any. */
	code: string;
};

type CountsProps = { graph: DrawnGraph; total: number | null; cut: boolean; isBusy: boolean };

function Counts({ graph, total, cut, isBusy }: CountsProps): ReactNode {
	const { t } = useTranslation();
	const text = isBusy ? t("graph.busy") : t("graph.counts", { drawn: graph.cards.length, total: total ?? "?" });
	return (
		<p className="lineage-counts quiet" role="status">
			{text} {cut && !isBusy ? t("graph.cut") : null}
		</p>
	);
}

/** Something happened meanwhile: it is shown when the reader wants it, so that nothing moves by itself. */
function News({ onShow }: { onShow: (() => void) | undefined }): ReactNode {
	const { t } = useTranslation();
	return (
		<div className="lineage-news" role="status">
			{onShow ? (
				<p>
					{t("graph.news")}
					<Button size="compact-xs" variant="subtle" onClick={onShow}>
						{t("graph.showNews")}
					</Button>
				</p>
			) : null}
		</div>
	);
}

/** The picture itself, and beside it what is chosen in it. */
function Picture({ page }: { page: LineagePage }): ReactNode {
	const { answer, comparison, scene, move, reset, showNews, state, change, stage, actions } = page;
	const { anchor, extra, faded, onSelect, expand, fold } = page;
	const cards = scene?.cards ?? [];
	const focus = cards.findIndex(({ id }) => id === answer?.focus);
	const selected = cards.findIndex(({ id }) => id === state.selected);
	const nameOf = (index: number) => (cards[index] ? cards[index].name + cards[index].suffix : "");
	const other = cards.findIndex(({ id }) => state.compare?.endsWith(`:${id}`));
	return (
		<div className="lineage-main">
			{scene ? (
				<LineageStage
					{...{ scene, focus, selected, extra, faded, anchor, onSelect }}
					onExpand={expand}
					onFold={fold}
					onMoved={(card, offset) => move(cards[card]?.id ?? "", offset)}
					onResetMoved={reset}
					handle={stage}
				/>
			) : (
				<div className="lineage-stage lineage-loading" aria-busy="true" />
			)}
			<News onShow={showNews} />
			{scene && selected >= 0 ? (
				<SidePanel graph={scene} focus={answer?.focus ?? ""} {...{ selected, extra, ...actions }} />
			) : null}
			{comparison && selected < 0 ? (
				<ComparisonPanel
					comparison={comparison}
					first={nameOf(focus)}
					second={nameOf(other)}
					onClose={() => change({ compare: undefined })}
				/>
			) : null}
		</div>
	);
}

/** Where a run or version came from and what came of it: as a picture, as a table, as a list of what it touched. */
export function LineageView({ focus, name, code }: Props): ReactNode {
	const { t } = useTranslation();
	const root = useRef<HTMLDivElement>(null);
	const page = useLineagePage({ focus, name, root });
	useKeptFocus(root);
	const { answer, paths, graph, isBusy, state, change, onSelect, onFind, onExport } = page;
	const isPart = state.path !== undefined || state.compare !== undefined;
	const isAlone = answer !== undefined && answer.nodes.length + answer.groups.length <= 1 && !isPart;
	const isTimed = answer !== undefined && state.view !== "impact" && !isAlone;
	return (
		<div className="lineage" ref={root}>
			<LineageToolbar {...{ focus, state, change, onFind, onExport, answer }} />
			<Suspense fallback={<LineSkeleton />}>
				{state.path ? <PathBanner paths={paths} onClose={() => change({ path: undefined })} /> : null}
				{isAlone ? <EmptyState text={t("graph.empty")} code={code} /> : null}
				{state.view === "impact" ? <ImpactList focus={focus} /> : null}
				{state.view === "list" && graph ? (
					<LineageList graph={graph} focus={answer?.focus ?? ""} onSelect={onSelect} />
				) : null}
			</Suspense>
			{state.view === "graph" && !isAlone ? <Picture page={page} /> : null}
			{isTimed ? (
				<Suspense fallback={<div className="lineage-time" />}>
					<TimeRange {...{ answer, state }} onSpan={change} onPreview={page.setPreview} onAxis={page.onAxis} />
				</Suspense>
			) : null}
			{isTimed && graph ? <Counts graph={graph} total={answer.total} cut={answer.cut} isBusy={isBusy} /> : null}
		</div>
	);
}
