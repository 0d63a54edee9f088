import { TextInput } from "@mantine/core";
import { type CSSProperties, type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../../ui/CopyButton.tsx";
import { DataTable } from "../../../ui/DataTable.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { formatValue } from "../../../ui/format.ts";
import { readSummary, unwrapConfig } from "../../../ui/json.ts";
import type { Run } from "../run.queries.ts";
import { aggregatesOf, readMetrics, type ValueRow, valueRows } from "./value-rows.ts";
import "./values.css";

type Props = { run: Run; search: string; onSearch: (search: string | undefined) => void };

type ToolsProps = Omit<Props, "run"> & { json: unknown; label: string };

function Tools({ search, onSearch, json, label }: ToolsProps): ReactNode {
	const { t } = useTranslation();
	return (
		<div className="value-tools">
			<TextInput
				size="xs"
				type="search"
				placeholder={t("run.searchValues")}
				aria-label={t("run.searchValues")}
				value={search}
				onChange={({ currentTarget }) => onSearch(currentTarget.value || undefined)}
			/>
			<CopyButton text={JSON.stringify(json, null, 2)} label={`${label}, JSON`} worded />
		</div>
	);
}

type LineProps = { row: ValueRow; folded: boolean; onFold: () => void };

function ValueLine({ row, folded, onFold }: LineProps): ReactNode {
	const { i18n } = useTranslation();
	const { key, path, depth, value, below } = row;
	// A custom property is no property that React's type knows.
	const style = { "--depth": depth } as CSSProperties;
	return (
		<li>
			<span className="value-key" style={style}>
				{below === undefined ? (
					key
				) : (
					<button type="button" aria-expanded={!folded} onClick={onFold}>
						<span aria-hidden="true">{folded ? "▸ " : "▾ "}</span>
						{key} <span className="count">{below}</span>
					</button>
				)}
			</span>
			{below === undefined ? (
				<span className="value-text" data-kind={typeof value}>
					{typeof value === "number" ? formatValue(value, i18n.language) : formatValue(value, "en")}
				</span>
			) : (
				<span />
			)}
			<CopyButton text={typeof value === "string" ? value : (JSON.stringify(value) ?? "")} label={path} />
		</li>
	);
}

/** The configuration of a run: nested as it was given, searchable by way and value. */
export function RunConfig({ run, search, onSearch }: Props): ReactNode {
	const { t } = useTranslation();
	const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
	const values = useMemo(() => unwrapConfig(run.config), [run.config]);
	const rows = useMemo(() => valueRows(values, search, folded), [values, search, folded]);
	if (Object.keys(values).length === 0) {
		return <EmptyState text={t("run.noConfig")} code={'wandb.init(config={"learning_rate": 0.01, "epochs": 10})'} />;
	}
	const fold = (path: string) => {
		const next = new Set(folded);
		if (!next.delete(path)) next.add(path);
		setFolded(next);
	};
	return (
		<div className="section">
			<Tools search={search} onSearch={onSearch} json={values} label={t("run.config")} />
			{rows.length === 0 ? <p className="quiet">{t("run.noMatch")}</p> : null}
			{rows.length > 0 ? (
				<ul className="value-list" aria-label={t("run.config")}>
					{rows.map((row) => (
						<ValueLine key={row.path} row={row} folded={folded.has(row.path)} onFold={() => fold(row.path)} />
					))}
				</ul>
			) : null}
		</div>
	);
}

function isMedia(value: unknown): value is { _type: unknown } {
	return typeof value === "object" && value !== null && "_type" in value;
}

/** The last metrics of a run, with what else `define_metric` keeps of them. */
export function RunSummary({ run, search, onSearch }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const summary = useMemo(() => readSummary(run.summaryMetrics), [run.summaryMetrics]);
	const metrics = useMemo(() => readMetrics(summary), [summary]);
	if (metrics.length === 0) return <EmptyState text={t("run.noSummary")} code={'run.log({"accuracy": 0.9})'} />;
	const wanted = search.trim().toLowerCase();
	const shown = metrics.filter(({ name }) => name.toLowerCase().includes(wanted));
	return (
		<div className="section value-narrow">
			<Tools search={search} onSearch={onSearch} json={summary} label={t("run.summary")} />
			{shown.length === 0 ? <p className="quiet">{t("run.noMatch")}</p> : null}
			{shown.length > 0 ? (
				<DataTable
					label={t("run.summary")}
					rows={shown}
					rowKey={({ name }) => name}
					columns={[
						{
							id: "name",
							title: t("run.metric"),
							kind: "main",
							cell: ({ name }) => <span className="mono">{name}</span>,
						},
						...aggregatesOf(metrics).map((aggregate) => ({
							id: aggregate,
							title: t(`run.aggregate.${aggregate}`),
							kind: "number" as const,
							cell: ({ known }: (typeof metrics)[number]) => {
								const value = known[aggregate];
								if (value === undefined) return "–";
								return isMedia(value) ? String(value._type) : formatValue(value, i18n.language);
							},
						})),
					]}
				/>
			) : null}
		</div>
	);
}
