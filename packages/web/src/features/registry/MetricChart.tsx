import { Select } from "@mantine/core";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatValue } from "../../ui/format.ts";
import { versionName } from "../artifact/ArtifactLink.tsx";
import { chartPoints, type Point, rangeOf, stepTo } from "./chart-points.ts";
import { commonestMetric, type Metric } from "./metrics.ts";
import type { LinkedRow } from "./version-columns.tsx";

type Props = {
	metrics: Metric[];
	rows: LinkedRow[];
	/** The id of a metric; the commonest one for what is none. */
	chosen: string;
	onChoose: (metric: string) => void;
	onOpen: (version: string) => void;
};

const size = 1000;

type PlotProps = { name: string; points: Point[]; at: number; onAt: (index: number) => void; onOpen: () => void };

/** A line over the versions. Arrow keys walk along it, Enter opens the version; the pointer does the same. */
function Plot({ name, points, at, onAt, onOpen }: PlotProps): ReactNode {
	const { t, i18n } = useTranslation();
	const range = rangeOf(points);
	const said = (point: Point | undefined) =>
		point === undefined ? "" : `${versionName(point.version)}: ${formatValue(point.value, i18n.language)}`;
	const current = points[at];
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === "Enter") onOpen();
		const next = stepTo(event.key, at, points.length);
		if (next === undefined) return;
		event.preventDefault();
		onAt(next);
	};
	const onPointer = ({ clientX, currentTarget }: PointerEvent) => {
		const { left, width } = currentTarget.getBoundingClientRect();
		const where = (clientX - left) / width;
		const distances = points.map(({ x }) => Math.abs(x - where));
		onAt(distances.indexOf(Math.min(...distances)));
	};
	return (
		<div
			className="plot"
			role="slider"
			tabIndex={0}
			aria-label={t("registry.chartOf", { metric: name })}
			aria-valuemin={0}
			aria-valuemax={points.length - 1}
			aria-valuenow={at}
			aria-valuetext={said(current)}
			onKeyDown={onKeyDown}
			onPointerMove={onPointer}
			onClick={onOpen}
		>
			<svg viewBox={`0 0 ${size} ${size}`} preserveAspectRatio="none" aria-hidden="true">
				{[0, 0.5, 1].map((y) => (
					<line
						key={y}
						className="grid"
						x1="0"
						x2={size}
						y1={y * size}
						y2={y * size}
						vectorEffect="non-scaling-stroke"
					/>
				))}
				<polyline className="line" points={points.map(({ x, y }) => `${x * size},${(1 - y) * size}`).join(" ")} />
			</svg>
			<span className="axis" style={{ top: -5 }}>
				{formatValue(range.highest, i18n.language)}
			</span>
			<span className="axis" style={{ bottom: -5 }}>
				{formatValue(range.lowest, i18n.language)}
			</span>
			{points.length <= 60
				? points.map(({ id, x, y }) => (
						<span key={id} className="dot small" style={{ left: `${x * 100}%`, top: `${(1 - y) * 100}%` }} />
					))
				: null}
			{current === undefined ? null : (
				<>
					<span className="cursor" style={{ left: `${current.x * 100}%` }} />
					<span className="dot" style={{ left: `${current.x * 100}%`, top: `${(1 - current.y) * 100}%` }} />
				</>
			)}
		</div>
	);
}

/** One metric across the versions of a collection. */
export function MetricChart({ metrics, rows, chosen, onChoose, onOpen }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const [walked, setWalked] = useState<number | null>(null);
	const usual = useMemo(() => {
		const values = rows.map((row) => row.metrics);
		return commonestMetric(metrics, values);
	}, [metrics, rows]);
	const metric = metrics.find(({ id }) => id === chosen) ?? usual;
	if (metric === undefined) return null;
	const points = chartPoints(rows, metric.id);
	const at = Math.min(walked ?? points.length - 1, points.length - 1);
	const current = points[at];
	const first = points[0];
	const last = points.at(-1);
	return (
		<figure className="metric-chart" aria-label={t("registry.chartOf", { metric: metric.name })}>
			<header>
				<Select
					size="xs"
					w={240}
					searchable
					allowDeselect={false}
					aria-label={t("registry.metric")}
					data={(["summary", "metadata"] as const).map((source) => ({
						group: t(`registry.metricOf.${source}`),
						items: metrics.filter((each) => each.source === source).map(({ id, name }) => ({ value: id, label: name })),
					}))}
					value={metric.id}
					onChange={(id) => {
						setWalked(null);
						onChoose(id ?? "");
					}}
				/>
				{current === undefined ? null : (
					<span className="readout">
						<span className="quiet">{versionName(current.version)}</span>{" "}
						<strong>{formatValue(current.value, i18n.language)}</strong>
					</span>
				)}
			</header>
			{points.length === 0 ? (
				<p className="quiet">{t("ui.none")}</p>
			) : (
				<Plot
					name={metric.name}
					points={points}
					at={at}
					onAt={setWalked}
					onOpen={() => current && onOpen(versionName(current.version))}
				/>
			)}
			<footer>
				<span>{first ? versionName(first.version) : ""}</span>
				{last && last !== first ? <span>{versionName(last.version)}</span> : null}
			</footer>
		</figure>
	);
}
