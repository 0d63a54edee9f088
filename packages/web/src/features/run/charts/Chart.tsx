import { useComputedColorScheme } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { formatDuration, formatValue } from "../../../ui/format.ts";
import "./charts.css";
import { type Axis, align, type Curve, type Span, smooth } from "./curves.ts";

export type Line = { label: string; colour: string; curve: Curve };

type Props = {
	title: string;
	lines: Line[];
	axis: Axis;
	log: boolean;
	smoothing: number;
	span: Span | undefined;
	onSpan: (span: Span | undefined) => void;
};

const height = 190;
const axisSize = 52;

function readColour(name: string): string {
	return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function formatPlace(axis: Axis, x: number, locale: string): string {
	if (axis === "relative") return formatDuration(x * 1000);
	if (axis === "time") return new Date(x * 1000).toLocaleString(locale, { dateStyle: "medium", timeStyle: "medium" });
	return x.toLocaleString(locale);
}

function drawAxis(axis: Axis, locale: string): uPlot.Axis[] {
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

/** Each line as it is drawn; a smoothed one stands over the faint raw one. */
function drawLines(lines: Line[], smoothing: number): uPlot.Series[] {
	const drawn = lines.flatMap(({ label, colour }): uPlot.Series[] => {
		const line: uPlot.Series = { label, stroke: colour, width: 1.6, spanGaps: true, points: { show: false } };
		return smoothing > 0 ? [{ ...line, width: 1, alpha: 0.25 }, line] : [line];
	});
	return [{}, ...drawn];
}

/** A single value has no line: it is drawn as a point. */
function showLonePoints(series: uPlot.Series[], data: uPlot.AlignedData): uPlot.Series[] {
	return series.map((one, index) => {
		const values = index === 0 ? [] : [...(data[index] ?? [])].filter((value) => value !== null);
		return values.length === 1 ? { ...one, points: { show: true, size: 7 } } : one;
	});
}

/** What the lines say at a place, for eyes and for those who hear it. */
function useReadout({ lines, axis }: Pick<Props, "lines" | "axis">) {
	const { t, i18n } = useTranslation();
	return (x: number | undefined, values: (number | null | undefined)[]): string => {
		const told = values.map((value, index) => {
			const number = value === null || value === undefined ? "–" : formatValue(value, i18n.language);
			return lines.length > 1 ? `${lines[index]?.label}: ${number}` : number;
		});
		if (x === undefined) return told.join(" · ");
		return `${t(`charts.axis.${axis}`)} ${formatPlace(axis, x, i18n.language)} · ${told.join(" · ")}`;
	};
}

/** One chart: lines along one axis, a cursor that all charts share, a span chosen by dragging. */
export function Chart({ title, lines, axis, log, smoothing, span, onSpan }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const scheme = useComputedColorScheme("light");
	const id = useId();
	const box = useRef<HTMLDivElement>(null);
	const shown = useRef<HTMLElement>(null);
	const heard = useRef<HTMLElement>(null);
	const plot = useRef<uPlot>(undefined);
	const tell = useReadout({ lines, axis });
	const told = useRef(tell);
	told.current = tell;
	const changeSpan = useRef(onSpan);
	changeSpan.current = onSpan;
	const { xs, raw, data } = useMemo(() => {
		const aligned = align(lines.map(({ curve }) => curve));
		const positive = log
			? aligned.ys.map((ys) => ys.map((y) => (y !== null && y > 0 ? y : null)))
			: aligned.ys;
		const drawn = positive.flatMap((ys) => (smoothing > 0 ? [ys, smooth(ys, smoothing)] : [ys]));
		const all: uPlot.AlignedData = [aligned.xs, ...drawn];
		return { xs: aligned.xs, raw: aligned.ys, data: all };
	}, [lines, log, smoothing]);
	const content = useRef({ xs, raw, data });
	content.current = { xs, raw, data };
	const valuesAt = (index: number) => content.current.raw.map((ys) => ys[index]);
	const lastValues = () => content.current.raw.map((ys) => ys.findLast((value) => value !== null));
	const looks = JSON.stringify([lines.map(({ label, colour }) => [label, colour]), axis, log, smoothing > 0, scheme]);

	// biome-ignore lint/correctness/useExhaustiveDependencies: `looks` says all that the drawing depends on
	useEffect(() => {
		const element = box.current;
		if (element === null) return;
		const drawn = new uPlot(
			{
				width: element.clientWidth,
				height,
				scales: { x: { time: axis === "time" }, y: { distr: log ? 3 : 1 } },
				series: showLonePoints(drawLines(lines, smoothing), content.current.data),
				axes: drawAxis(axis, i18n.language),
				legend: { show: false },
				cursor: {
					sync: { key: `curves-${axis}` },
					drag: { x: true, y: false, setScale: false },
					points: { size: 6 },
					y: false,
				},
				hooks: {
					setCursor: [
						({ cursor: { idx } }) => {
							if (shown.current === null) return;
							const at = typeof idx === "number" ? idx : undefined;
							shown.current.textContent =
								at === undefined
									? told.current(undefined, lastValues())
									: told.current(content.current.xs[at], valuesAt(at));
						},
					],
					setSelect: [
						(chart) => {
							const { left, width } = chart.select;
							if (width < 4) return;
							changeSpan.current({ from: chart.posToVal(left, "x"), to: chart.posToVal(left + width, "x") });
							chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
						},
					],
				},
			},
			content.current.data,
			element,
		);
		plot.current = drawn;
		const observer = new ResizeObserver(() => drawn.setSize({ width: element.clientWidth, height }));
		observer.observe(element);
		return () => {
			observer.disconnect();
			drawn.destroy();
			plot.current = undefined;
		};
	}, [looks]);

	// biome-ignore lint/correctness/useExhaustiveDependencies: a chart drawn anew has to be told its span again
	useEffect(() => {
		plot.current?.setData(data);
		if (span) plot.current?.setScale("x", { min: span.from, max: span.to });
	}, [data, span?.from, span?.to, looks]);

	const move = (event: KeyboardEvent) => {
		const chart = plot.current;
		if (event.key === "Escape" && span) onSpan(undefined);
		if (chart === undefined || xs.length === 0) return;
		const at = chart.cursor.idx ?? -1;
		const places: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: xs.length - 1 };
		const next = places[event.key];
		if (next === undefined) return;
		event.preventDefault();
		const index = Math.min(Math.max(next, 0), xs.length - 1);
		chart.setCursor({ left: chart.valToPos(xs[index] ?? 0, "x"), top: height / 2 });
		if (heard.current) heard.current.textContent = tell(xs[index], valuesAt(index));
	};
	return (
		<figure className="chart" aria-labelledby={id}>
			<figcaption>
				<span id={id} className="chart-title" title={title}>
					{title}
				</span>
				<span className="chart-values" ref={shown}>
					{tell(undefined, lastValues())}
				</span>
			</figcaption>
			{/* biome-ignore-start lint/a11y: a chart is walked by arrow keys, like the picture that it is not */}
			<div
				ref={box}
				className="chart-box"
				role="application"
				aria-label={t("charts.walk", { name: title })}
				tabIndex={0}
				onKeyDown={move}
				onDoubleClick={() => onSpan(undefined)}
			/>
			{/* biome-ignore-end lint/a11y: see above */}
			<output className="heard" ref={heard} />
		</figure>
	);
}
