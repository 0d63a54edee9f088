import { Button, Checkbox, Menu, NativeSelect, Popover, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { useDebounced } from "../../ui/use-debounced.ts";
import { countTypes, typeKey } from "./drawn-graph.ts";
import { lineageSearchQuery } from "./lineage.queries.ts";
import { exportAddress, type Focus, type LineageNode, type Neighbourhood } from "./lineage-api.ts";
import { type LineageState, mostHops } from "./lineage-state.ts";
import { Segments } from "./Segments.tsx";
import type { ChangeState } from "./use-lineage-state.ts";

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

type DayProps = {
	label: string;
	value: string | undefined;
	/** Of the day, the moment that is meant. */
	time: string;
	onDay: (moment: string | undefined) => void;
};

/** The reader's own day that a moment is in. */
function dayOf(moment: string): string {
	const at = new Date(moment);
	return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => `${part}`.padStart(2, "0")).join("-");
}

function DayInput({ label, value, time, onDay }: DayProps): ReactNode {
	return (
		<TextInput
			type="date"
			size="xs"
			label={label}
			value={value === undefined ? "" : dayOf(value)}
			onChange={({ currentTarget }) => onDay(currentTarget.value === "" ? undefined : `${currentTarget.value}T${time}`)}
		/>
	);
}

function TypeFilter({ answer, state, change }: Pick<Props, "answer" | "state" | "change">): ReactNode {
	const { t } = useTranslation();
	const types = answer ? countTypes(answer) : [];
	const left =
		state.without.length + state.hidden.length + [state.from, state.until].filter((end) => end !== undefined).length;
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
					<DayInput label={t("graph.from")} value={state.from} time="00:00:00" onDay={(from) => change({ from })} />
					<DayInput label={t("graph.until")} value={state.until} time="23:59:59" onDay={(until) => change({ until })} />
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
				<Menu.Item onClick={() => void onExport("png")}>PNG</Menu.Item>
				<Menu.Item onClick={() => void onExport("svg")}>SVG</Menu.Item>
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
			<TypeFilter answer={answer} state={state} change={change} />
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
			<ExportMenu focus={focus} onExport={onExport} />
		</div>
	);
}
