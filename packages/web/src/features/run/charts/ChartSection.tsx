import { Button } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { type ReactNode, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Chart, type Line } from "./Chart.tsx";
import type { ChartSettings } from "./ChartTools.tsx";
import { type ChartRun, samplesQuery, systemMetricsQuery } from "./chart.queries.ts";
import { type Axis, axisKeys, curveOf } from "./curves.ts";
import { colourOf } from "./run-colours.ts";
import { useSeen } from "./use-seen.ts";

/** So many charts of a group are drawn before somebody asks for more. */
const drawnAtFirst = 12;

export type Drawing = { runs: ChartRun[]; settings: ChartSettings; axis: Axis };

type RowsOf = (run: number, key: string) => unknown;

function Charts({ keys, rowsOf, drawing }: { keys: string[]; rowsOf: RowsOf; drawing: Drawing }): ReactNode {
	const { runs, settings, axis } = drawing;
	const lines = useMemo(
		() =>
			new Map(
				keys.map((key) => {
					const curves = runs.map(({ title }, index): Line => {
						return { label: title, colour: colourOf(index), curve: curveOf(rowsOf(index, key), axisKeys[axis], key) };
					});
					return [key, runs.length > 1 ? curves.filter(({ curve }) => curve.xs.length > 0) : curves];
				}),
			),
		[keys, runs, rowsOf, axis],
	);
	return (
		<div className="chart-grid">
			{keys.map((key) => (
				<Chart
					key={key}
					title={key}
					lines={lines.get(key) ?? []}
					axis={axis}
					log={settings.log}
					smoothing={settings.smoothing}
					span={settings.span}
					onSpan={settings.onSpan}
				/>
			))}
		</div>
	);
}

function Placeholders({ count }: { count: number }): ReactNode {
	return (
		<div className="chart-grid" aria-hidden="true">
			{Array.from({ length: count }, (_, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: empty places have no other identity
				<div key={index} className="chart-place" />
			))}
		</div>
	);
}

/** Curves of what the scripts logged. */
export function HistoryCharts({
	keys,
	along,
	drawing,
}: {
	keys: string[];
	along: string[];
	drawing: Drawing;
}): ReactNode {
	const { t } = useTranslation();
	const { runs, settings, axis } = drawing;
	const [box, seen] = useSeen<HTMLDivElement>();
	const [all, setAll] = useState(false);
	const shown = useMemo(() => (all ? keys : keys.slice(0, drawnAtFirst)), [keys, all]);
	// Along steps the server can sample again what was zoomed into.
	const steps = axis === "step" ? settings.span : undefined;
	const { rows, ready } = useQueries({
		queries: runs.map((run) => ({ ...samplesQuery(run, shown, along, steps), enabled: seen })),
		combine: (results) => ({
			rows: results.map(({ data }) => data),
			ready: results.every(({ isPending }) => !isPending),
		}),
	});
	const rowsOf = useMemo((): RowsOf => (run, key) => rows[run]?.get(key), [rows]);
	return (
		<div ref={box}>
			{ready ? <Charts keys={shown} rowsOf={rowsOf} drawing={drawing} /> : <Placeholders count={shown.length} />}
			{shown.length < keys.length ? (
				<div className="more">
					<Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
						{t("charts.showAll", { total: keys.length })}
					</Button>
				</div>
			) : null}
		</div>
	);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null;
}

/** Curves of what the client measured of the machine. */
export function SystemCharts({ drawing, search }: { drawing: Drawing; search: string }): ReactNode {
	const { t } = useTranslation();
	const { rows, ready } = useQueries({
		queries: drawing.runs.map((run) => systemMetricsQuery(run)),
		combine: (results) => ({
			rows: results.map(({ data }) => data ?? []),
			ready: results.every(({ isPending }) => !isPending),
		}),
	});
	const keys = useMemo(() => {
		const found = new Set<string>();
		for (const row of rows.flat()) {
			if (!isRecord(row)) continue;
			for (const [key, value] of Object.entries(row)) {
				if (typeof value === "number" && !key.startsWith("_") && key.toLowerCase().includes(search)) found.add(key);
			}
		}
		return [...found].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
	}, [rows, search]);
	const rowsOf = useMemo((): RowsOf => (run) => rows[run], [rows]);
	// Machines know no steps.
	const axis = drawing.axis === "time" ? "time" : "relative";
	const settings = drawing.axis === "step" ? { ...drawing.settings, span: undefined } : drawing.settings;
	if (!ready) return <Placeholders count={6} />;
	if (keys.length === 0) return <p className="quiet">{t("ui.none")}</p>;
	return <Charts keys={keys} rowsOf={rowsOf} drawing={{ ...drawing, settings, axis }} />;
}

type SectionProps = {
	title: string;
	count: number | undefined;
	open: boolean;
	onOpen: (open: boolean) => void;
	children: ReactNode;
};

/** A group of charts that can be folded. */
export function ChartSection({ title, count, open, onOpen, children }: SectionProps): ReactNode {
	const id = useId();
	return (
		<section className="chart-section" aria-labelledby={id}>
			<button type="button" id={id} aria-expanded={open} onClick={() => onOpen(!open)}>
				<span aria-hidden="true">{open ? "▾" : "▸"}</span>
				{title}
				{count === undefined ? null : <span className="count">{count}</span>}
			</button>
			{open ? children : null}
		</section>
	);
}
