import { useComputedColorScheme } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { formatValue } from "../../ui/format.ts";
import type { Series } from "./metric-series.ts";

const height = 110;
const axisFont = "11px system-ui, sans-serif";

type Props = {
	name: string;
	series: Series;
	/** The step at which the version was logged, drawn as a line. */
	mark: number | null;
};

function colour(name: string): string {
	return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Draws an upright line through a step. */
function markStep(chart: uPlot, step: number): void {
	const { ctx, bbox } = chart;
	const x = chart.valToPos(step, "x", true);
	if (x < bbox.left || x > bbox.left + bbox.width) return;
	ctx.save();
	ctx.strokeStyle = colour("--alias-text");
	ctx.setLineDash([4, 4]);
	ctx.beginPath();
	ctx.moveTo(x, bbox.top);
	ctx.lineTo(x, bbox.top + bbox.height);
	ctx.stroke();
	ctx.restore();
}

function options(width: number, { name, mark }: Props, locale: string): uPlot.Options {
	const axis: uPlot.Axis = {
		stroke: colour("--quiet"),
		font: axisFont,
		grid: { stroke: colour("--line"), width: 1 },
		ticks: { show: false },
		values: (_, values) => values.map((value) => formatValue(value, locale)),
	};
	return {
		width,
		height,
		padding: [6, 10, 0, 0],
		legend: { show: false },
		scales: { x: { time: false } },
		cursor: { y: false },
		axes: [
			{ ...axis, size: 22, space: 60 },
			{ ...axis, size: 44, space: 28 },
		],
		series: [{}, { label: name, stroke: colour("--accent"), width: 1.5, points: { show: false } }],
		hooks: { draw: mark === null ? [] : [(chart) => markStep(chart, mark)] },
	};
}

/** The course of a number in a small chart; its ends and extremes in words for those who do not see it. */
export function MetricChart(props: Props): ReactNode {
	const { name, series, mark } = props;
	const { t, i18n } = useTranslation();
	const scheme = useComputedColorScheme("light");
	const box = useRef<HTMLDivElement>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read anew when the scheme changes
	useEffect(() => {
		const element = box.current;
		if (element === null) return;
		const data: uPlot.AlignedData = [series.steps, series.values];
		const chart = new uPlot(options(element.clientWidth, { name, series, mark }, i18n.language), data, element);
		const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
		observer.observe(element);
		return () => {
			observer.disconnect();
			chart.destroy();
		};
	}, [name, series, mark, scheme, i18n.language]);
	const print = (value: number | undefined) => (value === undefined ? "–" : formatValue(value, i18n.language));
	const [least, most] = [Math.min(...series.values), Math.max(...series.values)];
	const words = t("versionMetadata.course", {
		name,
		first: print(series.values[0]),
		last: print(series.values.at(-1)),
		least: print(least),
		most: print(most),
	});
	return (
		<figure className="metric-chart">
			<figcaption>
				<span className="mono">{name}</span> <b>{print(series.values.at(-1))}</b>
			</figcaption>
			<div ref={box} role="img" aria-label={words} />
		</figure>
	);
}
