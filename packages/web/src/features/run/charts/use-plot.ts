import { useComputedColorScheme } from "@mantine/core";
import { type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { formatDuration, formatValue } from "../../../ui/format.ts";
import type { Axis, Span } from "./curves.ts";

export const plotHeight = 190;
const axisSize = 52;

export type Drawn = {
	lines: { label: string; colour: string }[];
	axis: Axis;
	log: boolean;
	/** Whether each line stands over its faint raw one. */
	smoothed: boolean;
	data: uPlot.AlignedData;
	span: Span | undefined;
	/** The place under the cursor, by its number; undefined where there is none. */
	onCursor: (index: number | undefined) => void;
	onSpan: (span: Span) => void;
};

function readColour(name: string): string {
	return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function drawAxes(axis: Axis, locale: string): uPlot.Axis[] {
	const colours = { stroke: readColour("--quiet"), font: "11px system-ui, sans-serif" };
	const grid = { stroke: readColour("--line"), width: 1 };
	const ticks = { stroke: readColour("--line"), width: 1, size: 4 };
	const relative = { values: (_: uPlot, places: number[]) => places.map((x) => formatDuration(x * 1000)) };
	return [
		{ ...colours, grid: { show: false }, ticks, size: 26, ...(axis === "relative" ? relative : {}) },
		{
			...colours,
			...{ grid, ticks, size: axisSize },
			// Of a logarithmic axis uPlot leaves some out, as null.
			values: (_: uPlot, values: (number | null)[]) =>
				values.map((value) => (value === null ? "" : formatValue(Number(value.toPrecision(6)), locale))),
		},
	];
}

function isLone(values: ArrayLike<number | null | undefined> | undefined): boolean {
	return Array.from(values ?? []).filter((value) => typeof value === "number").length === 1;
}

/** Each line as it is drawn. A single value has no line: it is drawn as a point. */
function drawLines({ lines, smoothed, data }: Drawn): uPlot.Series[] {
	const drawn = lines.flatMap(({ label, colour }): uPlot.Series[] => {
		const line: uPlot.Series = { label, stroke: colour, width: 1.6, spanGaps: true, points: { show: false } };
		return smoothed ? [{ ...line, width: 1, alpha: 0.25 }, line] : [line];
	});
	const pointed = drawn.map((line, index) =>
		isLone(data[index + 1]) ? { ...line, points: { show: true, size: 7 } } : line,
	);
	return [{}, ...pointed];
}

function plotOptions(latest: RefObject<Drawn>, width: number, locale: string): uPlot.Options {
	const { axis, log } = latest.current;
	return {
		...{ width, height: plotHeight, legend: { show: false }, padding: [6, 10, 0, 0] },
		scales: { x: { time: axis === "time" }, y: { distr: log ? 3 : 1 } },
		series: drawLines(latest.current),
		axes: drawAxes(axis, locale),
		cursor: {
			sync: { key: `curves-${axis}` },
			drag: { x: true, y: false, setScale: false },
			points: { size: 6 },
			y: false,
		},
		hooks: {
			setCursor: [({ cursor: { idx } }) => latest.current.onCursor(typeof idx === "number" ? idx : undefined)],
			setSelect: [
				(chart) => {
					const { left, width: chosen } = chart.select;
					if (chosen < 4) return;
					latest.current.onSpan({ from: chart.posToVal(left, "x"), to: chart.posToVal(left + chosen, "x") });
					chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
				},
			],
		},
	};
}

/** Draws lines into an element and keeps them as they should be; gives back the chart, for its cursor. */
export function usePlot(box: RefObject<HTMLDivElement | null>, drawn: Drawn): RefObject<uPlot | undefined> {
	const { i18n } = useTranslation();
	const scheme = useComputedColorScheme("light");
	const plot = useRef<uPlot>(undefined);
	const latest = useRef(drawn);
	latest.current = drawn;
	const { lines, axis, log, smoothed, data, span } = drawn;
	const looks = JSON.stringify([lines.map(({ label, colour }) => [label, colour]), axis, log, smoothed, scheme]);

	// biome-ignore lint/correctness/useExhaustiveDependencies: `looks` says all that the drawing depends on
	useEffect(() => {
		const element = box.current;
		if (element === null) return;
		const chart = new uPlot(plotOptions(latest, element.clientWidth, i18n.language), latest.current.data, element);
		plot.current = chart;
		const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: plotHeight }));
		observer.observe(element);
		return () => {
			observer.disconnect();
			chart.destroy();
			plot.current = undefined;
		};
	}, [looks, i18n.language]);

	// biome-ignore lint/correctness/useExhaustiveDependencies: a chart drawn anew has to be told its span again
	useEffect(() => {
		plot.current?.setData(data);
		if (span) plot.current?.setScale("x", { min: span.from, max: span.to });
	}, [data, span?.from, span?.to, looks]);
	return plot;
}
