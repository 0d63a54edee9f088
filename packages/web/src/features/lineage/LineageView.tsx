import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useCallback, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/EmptyState.tsx";
import "./lineage.css";
import { readPalette } from "./draw-scene.ts";
import { type Card, type DrawnGraph, drawGraph } from "./drawn-graph.ts";
import { savePng, saveSvg } from "./export-picture.ts";
import { ImpactList } from "./ImpactList.tsx";
import { LineageList } from "./LineageList.tsx";
import { LineageStage, type StageHandle } from "./LineageStage.tsx";
import { LineageToolbar } from "./LineageToolbar.tsx";
import { neighbourhoodQuery, pathsQuery } from "./lineage.queries.ts";
import { asNeighbourhood, type Focus, type LineageNode, nodeText } from "./lineage-api.ts";
import type { LineageState } from "./lineage-state.ts";
import { PathBanner } from "./PathBanner.tsx";
import { type PanelActions, SidePanel } from "./SidePanel.tsx";
import { useKeptFocus } from "./use-kept-focus.ts";
import { useLayout } from "./use-layout.ts";
import { type ChangeState, useLineageState } from "./use-lineage-state.ts";

type Props = {
	focus: Focus;
	/** What the page is about, for the names of files. */
	name: string;
	/** Two lines that make edges, for a graph without any. */
	code: string;
};

function asFocus({ kind, id }: LineageNode): Focus {
	return { kind: kind === "run" ? "run" : "artifact", id };
}

function focusOf(text: string): Focus {
	const [kind, ...rest] = text.split(":");
	return { kind: kind === "run" ? "run" : "artifact", id: rest.join(":") };
}

/** The way to the node that a path is asked to, whichever of the two is the upper end. */
function usePaths(focus: Focus, other: string | undefined) {
	const to = focusOf(other ?? "artifact:");
	const down = useQuery({ ...pathsQuery(focus, to), enabled: other !== undefined });
	const leadsDown = down.data !== undefined && down.data.nodes.length > 0;
	const up = useQuery({ ...pathsQuery(to, focus), enabled: other !== undefined && down.isSuccess && !leadsDown });
	return leadsDown ? down.data : up.data;
}

function expand(card: Card, state: { open: readonly string[]; extra: readonly string[] }, change: ChangeState): void {
	if (card.group) change({ open: [...state.open, card.id] });
	else if (card.node && card.kind !== "hidden")
		change({ extra: [...new Set([...state.extra, nodeText(asFocus(card.node))])] });
}

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

function Counts({
	graph,
	total,
	cut,
	isBusy,
}: {
	graph: DrawnGraph;
	total: number | null;
	cut: boolean;
	isBusy: boolean;
}) {
	const { t } = useTranslation();
	const text = isBusy ? t("graph.busy") : t("graph.counts", { drawn: graph.cards.length, total: total ?? "?" });
	return (
		<p className="lineage-counts quiet" role="status">
			{text} {cut && !isBusy ? t("graph.cut") : null}
		</p>
	);
}

/** What the server answers to the reader's choices, less what they left out, and where everything stands. */
function useGraph(focus: Focus, state: LineageState) {
	const { t } = useTranslation();
	const { path, without, hidden, only, until } = state;
	const around = useQuery(neighbourhoodQuery(focus, state));
	const paths = usePaths(focus, path);
	const answer = useMemo(
		() => (path === undefined ? around.data : paths && asNeighbourhood(paths, focus.id)),
		[path, around.data, paths, focus.id],
	);
	const graph = useMemo(
		() => answer && drawGraph(answer, { without, hidden, only, until }, t("graph.hidden")),
		[answer, without, hidden, only, until, t],
	);
	const { scene, isBusy } = useLayout(graph);
	if (around.error) throw around.error;
	return { answer, paths, graph, scene, isBusy: isBusy || around.isFetching };
}

/** Where a run or version came from and what came of it: as a picture, as a table, as a list of what it touched. */
export function LineageView({ focus, name, code }: Props): ReactNode {
	const { t } = useTranslation();
	const [state, change] = useLineageState();
	const stage = useRef<StageHandle>(null);
	const root = useRef<HTMLDivElement>(null);
	const { answer, paths, graph, scene, isBusy } = useGraph(focus, state);
	const openOwnPage = useOwnPage();
	useKeptFocus(root);
	const cards = scene?.cards ?? [];
	const selected = cards.findIndex(({ id }) => id === state.selected);
	const onSelect = useCallback(
		(card: number | undefined) => change({ selected: card === undefined ? undefined : cards[card]?.id }),
		[change, cards],
	);
	const onExpand = useCallback(
		(index: number) => {
			const card = cards[index];
			if (card) expand(card, state, change);
		},
		[cards, state, change],
	);
	const actions: PanelActions = {
		onSelect: (card) => {
			onSelect(card);
			if (card !== undefined) stage.current?.show(card);
		},
		onExpand,
		onHide: (index) => change({ hidden: [...state.hidden, cards[index]?.id ?? ""], selected: undefined }),
		onCentre: openOwnPage,
		onPath: (node) => change({ path: nodeText(asFocus(node)), view: "graph" }),
		onPullOut: (node) => change({ extra: [...state.extra, nodeText(asFocus(node))], selected: node.id }),
	};
	const onFind = (node: LineageNode) => {
		const index = cards.findIndex(({ id }) => id === node.id);
		if (index >= 0) actions.onSelect(index);
		else change({ extra: [...state.extra, nodeText(asFocus(node))], selected: node.id });
	};
	const onExport = (format: "png" | "svg") => {
		if (scene === undefined || root.current === null) return;
		const palette = readPalette(root.current);
		const save = format === "png" ? savePng : saveSvg;
		save(scene, palette, `lineage-${name.replace(/[^\p{L}\p{N}.-]+/gu, "-")}`);
	};
	const isAlone = answer !== undefined && answer.nodes.length + answer.groups.length <= 1 && state.path === undefined;
	return (
		<div className="lineage" ref={root}>
			<LineageToolbar {...{ focus, state, change, onFind, onExport }} answer={answer} />
			{state.path ? <PathBanner paths={paths} onClose={() => change({ path: undefined })} /> : null}
			{isAlone ? <EmptyState text={t("graph.empty")} code={code} /> : null}
			{state.view === "impact" ? <ImpactList focus={focus} /> : null}
			{state.view === "list" && graph ? (
				<LineageList graph={graph} focus={answer?.focus ?? ""} onSelect={onSelect} />
			) : null}
			{state.view === "graph" && scene && !isAlone ? (
				<div className="lineage-main">
					<LineageStage
						scene={scene}
						focus={cards.findIndex(({ id }) => id === answer?.focus)}
						selected={selected}
						onSelect={onSelect}
						onExpand={onExpand}
						handle={stage}
					/>
					{selected >= 0 ? (
						<SidePanel graph={scene} selected={selected} focus={answer?.focus ?? ""} {...actions} />
					) : null}
				</div>
			) : null}
			{graph && answer && state.view !== "impact" && !isAlone ? (
				<Counts graph={graph} total={answer.total} cut={answer.cut} isBusy={isBusy} />
			) : null}
		</div>
	);
}
