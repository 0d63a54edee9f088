import {
	Button,
	Checkbox,
	Menu,
	NativeSelect,
	NumberInput,
	Popover,
	SegmentedControl,
	Stack,
	TextInput,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { useDebounced } from "../../ui/use-debounced.ts";
import { countTypes, typeKey } from "./drawn-graph.ts";
import { lineageSearchQuery } from "./lineage.queries.ts";
import { exportAddress, type Focus, type LineageNode, type Neighbourhood } from "./lineage-api.ts";
import { type LineageState, mostHops, startState } from "./lineage-state.ts";
import type { ChangeState } from "./use-lineage-state.ts";

type Props = {
	focus: Focus;
	answer: Neighbourhood | undefined;
	state: LineageState;
	change: ChangeState;
	onFind: (node: LineageNode) => void;
	onExport: (format: "png" | "svg") => void;
};

const views = ["graph", "list", "impact"] as const;
const levels = ["auto", "none", "sweep", "pipeline", "project"] as const;

function HopsInput({ label, value, onHops }: { label: string; value: number; onHops: (hops: number) => void }) {
	return (
		<NumberInput
			size="xs"
			w={104}
			leftSection={label}
			leftSectionWidth={48}
			aria-label={label}
			min={0}
			max={mostHops}
			value={value}
			onChange={(hops) => (typeof hops === "number" ? onHops(hops) : undefined)}
		/>
	);
}

function TypeFilter({ answer, state, change }: Pick<Props, "answer" | "state" | "change">): ReactNode {
	const { t } = useTranslation();
	const types = answer ? countTypes(answer) : [];
	const left = state.without.length + state.hidden.length + (state.until === undefined ? 0 : 1);
	const toggle = (key: string, isShown: boolean) =>
		change({ without: isShown ? state.without.filter((other) => other !== key) : [...state.without, key] });
	return (
		<Popover position="bottom-start" withinPortal>
			<Popover.Target>
				<Button size="compact-sm" variant="default" leftSection={<Icon name="filter" size={14} />}>
					{left > 0 ? t("graph.filterCount", { total: left }) : t("graph.filter")}
				</Button>
			</Popover.Target>
			<Popover.Dropdown>
				<Stack gap={6} role="group" aria-label={t("graph.filter")}>
					{types.map(({ kind, type, count }) => {
						const key = typeKey(kind, type);
						const name = kind === "run" ? (type ? t("graph.runOf", { type }) : t("graph.run")) : type;
						return (
							<Checkbox
								key={key}
								size="xs"
								label={`${name} (${count})`}
								checked={!state.without.includes(key)}
								onChange={({ currentTarget }) => toggle(key, currentTarget.checked)}
							/>
						);
					})}
					<TextInput
						type="date"
						size="xs"
						label={t("graph.until")}
						value={state.until?.slice(0, 10) ?? ""}
						onChange={({ currentTarget: { value } }) =>
							change({ until: value === "" ? undefined : `${value}T23:59:59` })
						}
					/>
					{state.hidden.length > 0 ? (
						<Button size="compact-xs" variant="subtle" onClick={() => change({ hidden: [] })}>
							{t("graph.showHidden", { total: state.hidden.length })}
						</Button>
					) : null}
				</Stack>
			</Popover.Dropdown>
		</Popover>
	);
}

function FindBox({ focus, onFind }: Pick<Props, "focus" | "onFind">): ReactNode {
	const { t } = useTranslation();
	const [text, setText] = useState("");
	const { data } = useQuery(lineageSearchQuery(focus, useDebounced(text, 150)));
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
			{text.length > 1 && data ? (
				<ul className="lineage-found">
					{data.found.map((node) => (
						<li key={node.id}>
							<button type="button" className="lineage-pick" data-kind={node.kind} onClick={() => pick(node)}>
								<Icon name={node.kind === "run" ? "run" : "artifact"} size={14} />
								<span>{node.name}</span>
								<em className="lineage-hint">{t("graph.hops", { count: node.distance })}</em>
							</button>
						</li>
					))}
					{data.found.length === 0 ? <li className="quiet">{t("graph.nothingFound")}</li> : null}
				</ul>
			) : null}
		</search>
	);
}

function ExportMenu({ focus, onExport }: Pick<Props, "focus" | "onExport">): ReactNode {
	const { t } = useTranslation();
	return (
		<Menu position="bottom-end">
			<Menu.Target>
				<Button size="compact-sm" variant="default" leftSection={<Icon name="download" size={14} />}>
					{t("graph.export")}
				</Button>
			</Menu.Target>
			<Menu.Dropdown>
				<Menu.Item onClick={() => onExport("png")}>PNG</Menu.Item>
				<Menu.Item onClick={() => onExport("svg")}>SVG</Menu.Item>
				<Menu.Divider />
				{(["csv", "ndjson", "dot"] as const).map((format) => (
					<Menu.Item key={format} component="a" href={exportAddress(focus, format)} download>
						{t("graph.exportAll", { format: format.toUpperCase() })}
					</Menu.Item>
				))}
			</Menu.Dropdown>
		</Menu>
	);
}

/** All that a reader can choose about the picture; each choice is in the address. */
export function LineageToolbar({ focus, answer, state, change, onFind, onExport }: Props): ReactNode {
	const { t } = useTranslation();
	const changed = state.open.length + state.extra.length + state.hidden.length + state.without.length;
	const isChanged = changed > 0 || state.until !== undefined;
	return (
		<div className="lineage-bar" role="toolbar" aria-label={t("graph.toolbar")}>
			<SegmentedControl
				size="xs"
				aria-label={t("graph.view")}
				value={state.view}
				onChange={(view) => change({ view: views.find((each) => each === view) ?? "graph" })}
				data={views.map((value) => ({ value, label: t(`graph.as.${value}`) }))}
			/>
			<SegmentedControl
				size="xs"
				aria-label={t("graph.scopeLabel")}
				value={state.scope}
				onChange={(scope) => change({ scope: scope === "component" ? "component" : "lines", open: [] })}
				data={(["lines", "component"] as const).map((value) => ({ value, label: t(`graph.scope.${value}`) }))}
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
			<TypeFilter answer={answer} state={state} change={change} />
			{isChanged ? (
				<Button
					size="compact-sm"
					variant="subtle"
					onClick={() => change({ open: [], extra: [], hidden: [], without: [], until: startState.until })}
				>
					{t("graph.reset")}
				</Button>
			) : null}
			<FindBox focus={focus} onFind={onFind} />
			<ExportMenu focus={focus} onExport={onExport} />
		</div>
	);
}
