import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { LineSkeleton } from "../../ui/LineSkeleton.tsx";
import "./lineage.css";
import "./lineage-parts.css";
import { readPalette } from "./drawing.ts";
import { type DrawnGraph, isWithin, type TimeSpan } from "./drawn-graph.ts";
import { LineageStage, type StageHandle } from "./LineageStage.tsx";
import { LineageToolbar } from "./LineageToolbar.tsx";
import { asFocus, type Focus, type LineageNode, nodeText } from "./lineage-api.ts";
import type { LineageState } from "./lineage-state.ts";
import { PathBanner } from "./PathBanner.tsx";
import type { PanelActions } from "./SidePanel.tsx";
import type { Scene } from "./scene.ts";
import { useGraph } from "./use-graph.ts";
import { useKeptFocus } from "./use-kept-focus.ts";
import { type ChangeState, useLineageState } from "./use-lineage-state.ts";

// What is not needed for the picture itself comes after it, and what only some readers open when they do.
const ImpactList = lazy(async () => ({ default: (await import("./ImpactList.tsx")).ImpactList }));
const LineageList = lazy(async () => ({ default: (await import("./LineageList.tsx")).LineageList }));
const SidePanel = lazy(async () => ({ default: (await import("./SidePanel.tsx")).SidePanel }));
const TimeRange = lazy(async () => ({ default: (await import("./TimeRange.tsx")).TimeRange }));
const ComparisonPanel = lazy(async () => ({ default: (await import("./ComparisonPanel.tsx")).ComparisonPanel }));

type Props = {
	focus: Focus;
	/** What the page is about, for the names of files. */
	name: string;
	/** Two lines that make edges, for a graph without any. */
	code: string;
};

/** Which page shows a node's own lineage. */
function useOwnPage() {
	const navigate = useNavigate();
	return (node: LineageNode) => {
		const [entity = "", project = ""] = node.project?.split("/") ?? [];
		if (node.kind === "run" && node.run) {
			const params = { entity, project, run: node.run, tab: "lineage" };
			void navigate({ to: "/$entity/$project/runs/$run/$tab", params });
		} else if (node.collection && node.version !== null && node.version !== undefined) {
			const place = { entity, project, type: node.type ?? "", name: node.collection };
			const params = { ...place, version: `v${node.version}`, tab: "lineage" };
			void navigate({ to: "/$entity/$project/artifacts/$type/$name/$version/$tab", params });
		}
	};
}

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

/** Opens, adds and takes back; what was acted upon is to stay where it is seen. */
function useGrowth(scene: Scene | undefined, state: LineageState, change: ChangeState) {
	const anchor = useRef<string>(undefined);
	const expand = useCallback(
		(index: number) => {
			const card = scene?.cards[index];
			if (card === undefined) return;
			anchor.current = card.id;
			if (card.group) change({ open: [...state.open, card.id] });
			else if (card.node && card.kind !== "hidden" && card.hiddenUp + card.hiddenDown > 0)
				change({ extra: [...new Set([...state.extra, nodeText(asFocus(card.node))])] });
		},
		[scene, state, change],
	);
	/** By the id of an opened group, of a card whose neighbours were added, or of one that came out of a group. */
	const fold = useCallback(
		(id: string) => {
			const isExtra = (text: string) => text === `run:${id}` || text === `artifact:${id}`;
			const place = scene?.cards.findIndex((card) => card.id === id) ?? -1;
			const inside = scene?.frames?.findLast(({ cards }) => cards.includes(place))?.id;
			const group = state.open.includes(id) ? id : inside;
			if (state.extra.some(isExtra)) change({ extra: state.extra.filter((text) => !isExtra(text)) });
			else if (group !== undefined) change({ open: state.open.filter((each) => each !== group) });
			anchor.current = state.extra.some(isExtra) ? id : group;
		},
		[scene, state, change],
	);
	const extra = useMemo(() => new Set(state.extra.map((text) => text.slice(text.indexOf(":") + 1))), [state.extra]);
	return { anchor, expand, fold, extra };
}

/** Cards that a handle of time, while it is in the hand, would leave out. */
function useFaded(scene: Scene | undefined, span: TimeSpan | undefined): ReadonlySet<number> | undefined {
	return useMemo(() => {
		if (scene === undefined || span === undefined) return undefined;
		return new Set(scene.cards.flatMap((card, index) => (isWithin(card, span) ? [] : [index])));
	}, [scene, span]);
}

/** Brings a card into sight once it is there. */
function useReveal(scene: Scene | undefined, stage: { current: StageHandle | null }) {
	const wanted = useRef<string>(undefined);
	useEffect(() => {
		const card = scene?.cards.findIndex(({ id }) => id === wanted.current) ?? -1;
		if (card < 0) return;
		wanted.current = undefined;
		stage.current?.show(card);
	}, [scene, stage]);
	return wanted;
}

/** Where a run or version came from and what came of it: as a picture, as a table, as a list of what it touched. */
export function LineageView({ focus, name, code }: Props): ReactNode {
	const { t } = useTranslation();
	const [state, change] = useLineageState();
	const stage = useRef<StageHandle>(null);
	const root = useRef<HTMLDivElement>(null);
	const { answer, paths, comparison, graph, scene, move, reset, showNews, isBusy } = useGraph(focus, state);
	const [preview, setPreview] = useState<TimeSpan>();
	const { anchor, expand, fold, extra } = useGrowth(scene, state, change);
	const faded = useFaded(scene, preview);
	const reveal = useReveal(scene, stage);
	const openOwnPage = useOwnPage();
	useKeptFocus(root);
	const cards = scene?.cards ?? [];
	const focusCard = cards.findIndex(({ id }) => id === answer?.focus);
	const selected = cards.findIndex(({ id }) => id === state.selected);
	const onSelect = useCallback(
		(card: number | undefined) => change({ selected: card === undefined ? undefined : scene?.cards[card]?.id }),
		[change, scene],
	);
	const bring = (node: LineageNode) => {
		reveal.current = node.id;
		change({ extra: [...new Set([...state.extra, nodeText(asFocus(node))])], selected: node.id });
	};
	const actions: PanelActions = {
		onSelect: (card) => {
			onSelect(card);
			if (card !== undefined) stage.current?.show(card);
		},
		onExpand: expand,
		onFold: fold,
		onHide: (index) => change({ hidden: [...state.hidden, cards[index]?.id ?? ""], selected: undefined }),
		onCentre: openOwnPage,
		onPath: (node) => change({ path: nodeText(asFocus(node)), compare: undefined, view: "graph" }),
		onCompare: (node) =>
			change({ compare: nodeText(asFocus(node)), path: undefined, selected: undefined, view: "graph" }),
		onPullOut: bring,
	};
	const onFind = (node: LineageNode) => {
		const index = cards.findIndex(({ id }) => id === node.id);
		if (index >= 0) actions.onSelect(index);
		else bring(node);
	};
	const onExport = async (format: "png" | "svg") => {
		if (scene === undefined || root.current === null) return;
		const palette = readPalette(root.current);
		const { savePng, saveSvg } = await import("./export-picture.ts");
		const save = format === "png" ? savePng : saveSvg;
		save(scene, palette, `lineage-${name.replace(/[^\p{L}\p{N}.-]+/gu, "-")}`);
	};
	const isPart = state.path !== undefined || state.compare !== undefined;
	const isAlone = answer !== undefined && answer.nodes.length + answer.groups.length <= 1 && !isPart;
	const nameOf = (index: number) => (cards[index] ? cards[index].name + cards[index].suffix : "");
	const otherCard = cards.findIndex(({ id }) => state.compare?.endsWith(`:${id}`));
	return (
		<div className="lineage" ref={root}>
			<LineageToolbar {...{ focus, state, change, onFind, onExport, answer }} />
			{state.path ? <PathBanner paths={paths} onClose={() => change({ path: undefined })} /> : null}
			{isAlone ? <EmptyState text={t("graph.empty")} code={code} /> : null}
			<Suspense fallback={<LineSkeleton />}>
				{state.view === "impact" ? <ImpactList focus={focus} /> : null}
				{state.view === "list" && graph ? (
					<LineageList graph={graph} focus={answer?.focus ?? ""} onSelect={onSelect} />
				) : null}
			</Suspense>
			{state.view === "graph" && !isAlone ? (
				<div className="lineage-main">
					{scene ? (
						<LineageStage
							{...{ scene, selected, extra, faded, anchor, onSelect }}
							focus={focusCard}
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
					<Suspense>
						{scene && selected >= 0 ? (
							<SidePanel graph={scene} focus={answer?.focus ?? ""} {...{ selected, extra, ...actions }} />
						) : null}
						{comparison && selected < 0 ? (
							<ComparisonPanel
								comparison={comparison}
								first={nameOf(focusCard)}
								second={nameOf(otherCard)}
								onClose={() => change({ compare: undefined })}
							/>
						) : null}
					</Suspense>
				</div>
			) : null}
			{answer && state.view !== "impact" && !isAlone ? (
				<Suspense fallback={<div className="lineage-time" />}>
					<TimeRange
						{...{ answer, state }}
						onSpan={change}
						onPreview={setPreview}
						onAxis={(axis) => change({ axis, view: "graph" })}
					/>
				</Suspense>
			) : null}
			{graph && answer && state.view !== "impact" && !isAlone ? (
				<Counts graph={graph} total={answer.total} cut={answer.cut} isBusy={isBusy} />
			) : null}
		</div>
	);
}
