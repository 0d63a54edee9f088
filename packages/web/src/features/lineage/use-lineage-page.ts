import { useCallbackRef } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { readPalette } from "./drawing.ts";
import { isWithin, type TimeSpan } from "./drawn-graph.ts";
import type { StageHandle } from "./LineageStage.tsx";
import { asFocus, type Focus, type LineageNode, nodeText } from "./lineage-api.ts";
import type { LineageState } from "./lineage-state.ts";
import type { PanelActions } from "./SidePanel.tsx";
import type { Scene } from "./scene.ts";
import { useGraph } from "./use-graph.ts";
import { type ChangeState, useLineageState } from "./use-lineage-state.ts";

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

type Shown = { readonly focus: Focus; readonly name: string; readonly root: RefObject<HTMLElement | null> };

/** What the page of a lineage holds, and what can be done on it. */
export function useLineagePage({ focus, name, root }: Shown) {
	const [state, change] = useLineageState();
	const stage = useRef<StageHandle>(null);
	const graphed = useGraph(focus, state);
	const { scene } = graphed;
	const [preview, setPreview] = useState<TimeSpan>();
	const growth = useGrowth(scene, state, change);
	const faded = useFaded(scene, preview);
	const reveal = useReveal(scene, stage);
	const openOwnPage = useOwnPage();
	const cards = scene?.cards ?? [];
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
		onExpand: growth.expand,
		onFold: growth.fold,
		onHide: (index) => change({ hidden: [...state.hidden, cards[index]?.id ?? ""], selected: undefined }),
		onCentre: openOwnPage,
		onPath: (node) => change({ path: nodeText(asFocus(node)), compare: undefined, view: "graph" }),
		onCompare: (node) =>
			change({ compare: nodeText(asFocus(node)), path: undefined, selected: undefined, view: "graph" }),
		onPullOut: bring,
	};
	// What stands beside the picture is drawn again only when something that it shows has changed.
	const onFind = useCallbackRef((node: LineageNode) => {
		const index = cards.findIndex(({ id }) => id === node.id);
		if (index >= 0) actions.onSelect(index);
		else bring(node);
	});
	const onAxis = useCallback((axis: LineageState["axis"]) => change({ axis, view: "graph" }), [change]);
	const onExport = useCallbackRef(async (format: "png" | "svg") => {
		if (scene === undefined || root.current === null) return;
		const palette = readPalette(root.current);
		const { savePng, saveSvg } = await import("./export-picture.ts");
		const save = format === "png" ? savePng : saveSvg;
		save(scene, palette, `lineage-${name.replace(/[^\p{L}\p{N}.-]+/gu, "-")}`);
	});
	const told = { onSelect, actions, onFind, onAxis, onExport };
	return { ...graphed, ...growth, state, change, stage, faded, setPreview, ...told };
}

export type LineagePage = ReturnType<typeof useLineagePage>;
