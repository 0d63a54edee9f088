import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef } from "react";
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

/** What the lines say at a place, for eyes and for those who hear it. */
function useReadout({
	lines,
	axis,
}: Pick<Props, "lines" | "axis">): (x: number | undefined, values: Value[]) => string {
	const { t, i18n } = useTranslation();
	return (x, values) => {
		const told = values.flatMap((value, index) => {
			if (value === null || value === undefined) return lines.length > 1 ? [] : ["–"];
			const number = formatValue(value, i18n.language);
			return lines.length > 1 ? `${lines[index]?.label}: ${number}` : number;
		});
		if (x === undefined) return told.join(" · ");
		return `${t(`charts.axis.${axis}`)} ${formatPlace(axis, x, i18n.language)} · ${told.join(" · ")}`;
	};
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
	const { t } = useTranslation();
	const id = useId();
	const box = useRef<HTMLDivElement>(null);
	const shown = useRef<HTMLSpanElement>(null);
	const heard = useRef<HTMLOutputElement>(null);
	const tell = useReadout({ lines, axis });
	const { xs, raw, data } = useAligned({ lines, log, smoothing });
	const tellAt = (index: number) =>
		tell(
			xs[index],
			raw.map((ys) => ys[index]),
		);
	const tellLast = () =>
		tell(
			undefined,
			raw.map((ys) => ys.findLast((value) => value !== null)),
		);
	const plot = usePlot(box, {
		...{ lines, axis, log, smoothed: smoothing > 0, data, span, onSpan },
		onCursor: (index) => {
			// Many charts move at once: this goes past React.
			if (shown.current) shown.current.textContent = index === undefined ? tellLast() : tellAt(index);
		},
	});
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
		chart.setCursor({ left: chart.valToPos(xs[index] ?? 0, "x"), top: plotHeight / 2 });
		if (heard.current) heard.current.textContent = tellAt(index);
	};
	return (
		<figure className="chart" aria-labelledby={id}>
			<figcaption>
				<span id={id} className="chart-title" title={title}>
					{title}
				</span>
				<span className="chart-values" ref={shown}>
					{tellLast()}
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
