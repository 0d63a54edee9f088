import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { formatDuration, formatValue } from "../../../ui/format.ts";
import "./charts.css";
import { type Axis, align, type Curve, type Span, smooth } from "./curves.ts";
import { plotHeight, usePlot } from "./use-plot.ts";

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

function formatPlace(axis: Axis, x: number, locale: string): string {
	if (axis === "relative") return formatDuration(x * 1000);
	if (axis === "time") return new Date(x * 1000).toLocaleString(locale, { dateStyle: "medium", timeStyle: "medium" });
	return x.toLocaleString(locale);
}

type Value = number | null | undefined;
type Told = { place: string; values: { label: string; colour: string; text: string }[] };

/** What the lines say at a place: in words for those who hear it, and in parts for the legend. */
function useReadout({ lines, axis }: Pick<Props, "lines" | "axis">) {
	const { t, i18n } = useTranslation();
	const read = (x: number | undefined, values: Value[]): Told => ({
		place: x === undefined ? "" : `${t(`charts.axis.${axis}`)} ${formatPlace(axis, x, i18n.language)}`,
		values: lines.map(({ label, colour }, index) => {
			const value = values[index];
			return { label, colour, text: typeof value === "number" ? formatValue(value, i18n.language) : "–" };
		}),
	});
	const say = ({ place, values }: Told) =>
		[place, ...values.map(({ label, text }) => (values.length > 1 ? `${label}: ${text}` : text))].join(" · ");
	return { read, say };
}

/** Writes what the lines say under a chart's name, past React: many charts move with one cursor. */
function paint(element: HTMLElement | null, { place, values }: Told): void {
	const parts = values.map(({ colour, text, label }) => {
		const part = document.createElement("span");
		part.className = "chart-value";
		part.title = label;
		if (values.length > 1) {
			const swatch = document.createElement("span");
			swatch.className = "swatch";
			swatch.style.background = colour;
			part.append(swatch);
		}
		part.append(text);
		return part;
	});
	element?.replaceChildren(...(place === "" ? [] : [place]), ...parts);
}

/** The lines over all of their places: as they are told, and as they are drawn. */
function useAligned({ lines, log, smoothing }: Pick<Props, "lines" | "log" | "smoothing">) {
	return useMemo(() => {
		const { xs, ys: raw } = align(lines.map(({ curve }) => curve));
		const positive = log ? raw.map((ys) => ys.map((y) => (y !== null && y > 0 ? y : null))) : raw;
		const drawn = positive.flatMap((ys) => (smoothing > 0 ? [ys, smooth(ys, smoothing)] : [ys]));
		// uPlot's type has the places apart from the lines.
		const data: [number[], ...(number | null)[][]] = [xs, ...drawn];
		return { xs, raw, data };
	}, [lines, log, smoothing]);
}

/** One chart: lines along one axis, a cursor that all charts share, a span chosen by dragging. */
export function Chart({ title, lines, axis, log, smoothing, span, onSpan }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const id = useId();
	const box = useRef<HTMLDivElement>(null);
	const shown = useRef<HTMLSpanElement>(null);
	const heard = useRef<HTMLOutputElement>(null);
	const { read, say } = useReadout({ lines, axis });
	const { xs, raw, data } = useAligned({ lines, log, smoothing });
	const at = (index: number) =>
		read(
			xs[index],
			raw.map((ys) => ys[index]),
		);
	const last = () =>
		read(
			undefined,
			raw.map((ys) => ys.findLast((value) => value !== null)),
		);
	const plot = usePlot(box, {
		...{ lines, axis, log, smoothed: smoothing > 0, data, span, onSpan },
		onCursor: (index) => paint(shown.current, index === undefined ? last() : at(index)),
	});
	// biome-ignore lint/correctness/useExhaustiveDependencies: what is told follows the lines
	useEffect(() => paint(shown.current, last()), [raw, lines, axis, i18n.language]);
	const move = (event: KeyboardEvent) => {
		const chart = plot.current;
		if (event.key === "Escape" && span) onSpan(undefined);
		if (chart === undefined || xs.length === 0) return;
		const from = chart.cursor.idx ?? -1;
		const places: Record<string, number> = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: xs.length - 1 };
		const next = places[event.key];
		if (next === undefined) return;
		event.preventDefault();
		const index = Math.min(Math.max(next, 0), xs.length - 1);
		chart.setCursor({ left: chart.valToPos(xs[index] ?? 0, "x"), top: plotHeight / 2 });
		if (heard.current) heard.current.textContent = say(at(index));
	};
	return (
		<figure className="chart" aria-labelledby={id}>
			<figcaption>
				<span id={id} className="chart-title" title={title}>
					{title}
				</span>
				<span className="chart-values" ref={shown} />
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
