import { Button, NativeSelect, TextInput } from "@mantine/core";
import { lazy, memo, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { FilterButton } from "./FilterButton.tsx";
import { exportAddress, type Focus, type LineageNode, type Neighbourhood } from "./lineage-api.ts";
import { type LineageState, mostHops } from "./lineage-state.ts";
import { Segments } from "./Segments.tsx";
import type { ChangeState } from "./use-lineage-state.ts";

const ExportMenu = lazyPart(async () => (await import("./ExportMenu.tsx")).ExportMenu);
const FoundNodes = lazyPart(async () => (await import("./FoundNodes.tsx")).FoundNodes);
const TypeFilter = lazy(async () => ({ default: (await import("./TypeFilter.tsx")).TypeFilter }));

type Props = {
	focus: Focus;
	answer: Neighbourhood | undefined;
	state: LineageState;
	change: ChangeState;
	onFind: (node: LineageNode) => void;
	onExport: (format: "png" | "svg") => Promise<void>;
};

const views = ["graph", "list", "impact"] as const;
const scopes = ["lines", "component"] as const;
const levels = ["auto", "none", "sweep", "pipeline", "project"] as const;

function HopsInput({ label, value, onHops }: { label: string; value: number; onHops: (hops: number) => void }) {
	return (
		<TextInput
			type="number"
			size="xs"
			w={112}
			leftSection={label}
			leftSectionWidth={54}
			aria-label={label}
			min={0}
			max={mostHops}
			value={value}
			onChange={({ currentTarget: { valueAsNumber } }) =>
				Number.isInteger(valueAsNumber) ? onHops(Math.min(mostHops, Math.max(0, valueAsNumber))) : undefined
			}
		/>
	);
}

function FindBox({ focus, onFind }: Pick<Props, "focus" | "onFind">): ReactNode {
	const { t } = useTranslation();
	const [text, setText] = useState("");
	const pick = (node: LineageNode) => {
		setText("");
		onFind(node);
	};
	return (
		<search className="lineage-find">
			<TextInput
				size="xs"
				aria-label={t("graph.find")}
				placeholder={t("graph.find")}
				leftSection={<Icon name="search" size={14} />}
				value={text}
				onChange={({ currentTarget }) => setText(currentTarget.value)}
				onKeyDown={({ key }) => (key === "Escape" ? setText("") : undefined)}
			/>
			{text.length > 1 ? <FoundNodes focus={focus} text={text} onPick={pick} /> : null}
		</search>
	);
}

/** All that a reader can choose about the picture; each choice is in the address. */
export const LineageToolbar = memo(function LineageToolbar(props: Props): ReactNode {
	const { focus, answer, state, change, onFind, onExport } = props;
	const { t } = useTranslation();
	const changed = state.open.length + state.extra.length + state.hidden.length + state.without.length;
	const isChanged = changed > 0 || state.from !== undefined || state.until !== undefined;
	return (
		<div className="lineage-bar" role="toolbar" aria-label={t("graph.toolbar")}>
			<Segments
				label={t("graph.view")}
				value={state.view}
				choices={views.map((value) => ({ value, label: t(`graph.as.${value}`) }))}
				onChoose={(view) => change({ view })}
			/>
			<Segments
				label={t("graph.scopeLabel")}
				value={state.scope}
				choices={scopes.map((value) => ({ value, label: t(`graph.scope.${value}`) }))}
				onChoose={(scope) => change({ scope, open: [] })}
			/>
			{state.scope === "lines" ? (
				<>
					<HopsInput label={t("graph.hopsUp")} value={state.up} onHops={(up) => change({ up })} />
					<HopsInput label={t("graph.hopsDown")} value={state.down} onHops={(down) => change({ down })} />
				</>
			) : null}
			<NativeSelect
				size="xs"
				aria-label={t("graph.group")}
				value={state.group}
				onChange={({ currentTarget }) =>
					change({ group: levels.find((level) => level === currentTarget.value) ?? "auto", open: [] })
				}
				data={levels.map((value) => ({ value, label: t(`graph.level.${value}`) }))}
			/>
			<Button
				size="compact-sm"
				variant="default"
				onClick={() => change({ group: "none", scope: "component", open: [] })}
				disabled={state.group === "none" && state.scope === "component"}
			>
				{t("graph.explode")}
			</Button>
			<NativeSelect
				size="xs"
				aria-label={t("graph.only")}
				value={state.only ?? ""}
				onChange={({ currentTarget: { value } }) =>
					change({ only: value === "artifact" || value === "run" ? value : undefined })
				}
				data={[
					{ value: "", label: t("graph.onlyAll") },
					{ value: "artifact", label: t("graph.onlyArtifacts") },
					{ value: "run", label: t("graph.onlyRuns") },
				]}
			/>
			<Suspense fallback={<FilterButton state={state} />}>
				<TypeFilter answer={answer} state={state} change={change} />
			</Suspense>
			{isChanged ? (
				<Button
					size="compact-sm"
					variant="subtle"
					onClick={() => change({ open: [], extra: [], hidden: [], without: [], from: undefined, until: undefined })}
				>
					{t("graph.reset")}
				</Button>
			) : null}
			<FindBox focus={focus} onFind={onFind} />
			<ExportMenu addressOf={(format) => exportAddress(focus, format)} onExport={onExport} />
		</div>
	);
});
