import { ActionIcon, Button } from "@mantine/core";
import { type KeyboardEvent, memo, type PointerEvent, type ReactNode, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatInstant } from "../../ui/format.ts";
import { Icon } from "../../ui/Icon.tsx";
import type { TimeSpan } from "./drawn-graph.ts";
import type { Neighbourhood } from "./lineage-api.ts";
import type { LineageState } from "./lineage-state.ts";
import { type Histogram, histogramOf, momentAt, moved, type Part, partOf, spanOf } from "./time-span.ts";
import "./lineage-time.css";

type Props = {
	answer: Neighbourhood;
	state: LineageState;
	/** `isStep`: one of several small changes, not to be gone back to one by one. */
	onSpan: (span: { from: string | undefined; until: string | undefined }, isStep: boolean) => void;
	/** What a handle in the hand would leave. */
	onPreview: (span: TimeSpan | undefined) => void;
	onAxis: (axis: LineageState["axis"]) => void;
};

const ends = ["from", "until"] as const;
type End = (typeof ends)[number];

const high = 28;

/** The bars as one drawing: those outside of the chosen part are drawn apart, by clipping. */
function barsOf({ counts }: Histogram): string {
	const most = Math.max(...counts);
	const wide = 1000 / counts.length;
	return counts
		.map((count, bin) => {
			if (count === 0) return "";
			const tall = Math.max(2, Math.sqrt(count / most) * (high - 2));
			return `M${bin * wide + 1} ${high}v${-tall}h${Math.max(1, wide - 2)}v${tall}z`;
		})
		.join("");
}

const percent = (place: number) => `${place * 100}%`;

/** Days tell apart what was made in a week; of a shorter time one wants the hours, and of an hour the seconds. */
function timeStyleOf({ start, end }: Histogram): Intl.DateTimeFormatOptions {
	const hours = (end - start) / 3_600_000;
	return hours > 7 * 24 ? {} : { timeStyle: hours > 1 ? "short" : "medium" };
}

/** Where a key brings a handle that is at a place. */
function placeAfter(key: string, place: number, bins: number): number | undefined {
	const steps: Readonly<Record<string, number>> = {
		...{ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 },
	};
	if (key === "Home") return 0;
	if (key === "End") return 1;
	const step = steps[key];
	return step === undefined ? undefined : (Math.round(place * bins) + step) / bins;
}

type BrushProps = Pick<Props, "onSpan" | "onPreview"> & { histogram: Histogram; part: Part };

/** Two handles on the bars; what is between them can be taken along. */
function Brush({ histogram, part, onSpan, onPreview }: BrushProps): ReactNode {
	const { t, i18n } = useTranslation();
	const track = useRef<HTMLDivElement>(null);
	const [held, setHeld] = useState<Part>();
	const grip = useRef<{ end: End | "both"; at: number; part: Part }>(undefined);
	const shown = held ?? part;
	const bars = useMemo(() => barsOf(histogram), [histogram]);
	const placeOf = ({ clientX }: PointerEvent) => {
		const box = track.current?.getBoundingClientRect();
		return box ? Math.min(1, Math.max(0, (clientX - box.left) / box.width)) : 0;
	};
	const onDown = (event: PointerEvent) => {
		const at = placeOf(event);
		const named = event.target instanceof HTMLElement ? event.target.dataset.end : undefined;
		const nearer = Math.abs(at - part.from) <= Math.abs(at - part.until) ? "from" : "until";
		const isWhole = part.from === 0 && part.until === 1;
		const inside = !isWhole && at > part.from && at < part.until ? "both" : nearer;
		grip.current = { end: ends.find((end) => end === named) ?? inside, at, part };
		event.currentTarget.setPointerCapture(event.pointerId);
	};
	const onMove = (event: PointerEvent) => {
		if (grip.current === undefined) return;
		const place = placeOf(event);
		// Of handles that lie on each other the one is meant that can go there.
		if (part.from === part.until) grip.current.end = place < part.from ? "from" : "until";
		const { end, at, part: before } = grip.current;
		const shift = Math.min(1 - before.until, Math.max(-before.from, place - at));
		const next =
			end === "both" ? { from: before.from + shift, until: before.until + shift } : moved(before, end, place);
		setHeld(next);
		onPreview(spanOf(histogram, next));
	};
	const onUp = () => {
		grip.current = undefined;
		if (held) onSpan(spanOf(histogram, held), false);
		setHeld(undefined);
		onPreview(undefined);
	};
	const onKey = (event: KeyboardEvent, end: End) => {
		const place = placeAfter(event.key, part[end], histogram.counts.length);
		if (place === undefined) return;
		event.preventDefault();
		onSpan(spanOf(histogram, moved(part, end, place)), part.from > 0 || part.until < 1);
	};
	const textAt = (place: number) => formatInstant(momentAt(histogram, place).toISOString(), i18n.language);
	return (
		<div
			className="lineage-brush"
			ref={track}
			onPointerDown={onDown}
			onPointerMove={onMove}
			onPointerUp={onUp}
			onPointerCancel={onUp}
		>
			<svg viewBox={`0 0 1000 ${high}`} preserveAspectRatio="none" aria-hidden="true">
				<path d={bars} className="outside" />
				<path d={bars} style={{ clipPath: `inset(0 ${percent(1 - shown.until)} 0 ${percent(shown.from)})` }} />
			</svg>
			<span className="lineage-window" style={{ left: percent(shown.from), right: percent(1 - shown.until) }} />
			{ends.map((end) => (
				<span
					key={end}
					role="slider"
					tabIndex={0}
					data-end={end}
					className="lineage-handle"
					aria-label={t(end === "from" ? "graph.from" : "graph.until")}
					aria-valuemin={0}
					aria-valuemax={100}
					aria-valuenow={Math.round(shown[end] * 100)}
					aria-valuetext={textAt(shown[end])}
					style={{ left: percent(shown[end]) }}
					onKeyDown={(event) => onKey(event, end)}
				/>
			))}
		</div>
	);
}

/** When what is in the picture was made; what lies outside of two handles is left out of it. */
export const TimeRange = memo(function TimeRange(props: Props): ReactNode {
	const { answer, state, onSpan, onPreview, onAxis } = props;
	const { t, i18n } = useTranslation();
	const histogram = useMemo(() => histogramOf(answer), [answer]);
	const format = useMemo(() => {
		return new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", ...(histogram && timeStyleOf(histogram)) });
	}, [i18n.language, histogram]);
	if (histogram === undefined) return null;
	const { from, until, axis } = state;
	const part = partOf(histogram, { from, until });
	const isByTime = axis === "time";
	const dayAt = (place: number) => format.format(momentAt(histogram, place));
	const isMoment = histogram.start === histogram.end;
	return (
		<section className="lineage-time" aria-label={t("graph.time")}>
			<ActionIcon
				variant={isByTime ? "light" : "default"}
				aria-label={t("graph.byTime")}
				title={t("graph.byTime")}
				aria-pressed={isByTime}
				onClick={() => onAxis(isByTime ? "flow" : "time")}
			>
				<Icon name="clock" />
			</ActionIcon>
			{isMoment ? (
				<span className="quiet">
					{t("graph.oneMoment", { time: formatInstant(momentAt(histogram, 0).toISOString(), i18n.language) })}
				</span>
			) : (
				<>
					<time dateTime={momentAt(histogram, part.from).toISOString()}>{dayAt(part.from)}</time>
					<Brush {...{ histogram, part, onSpan, onPreview }} />
					<time dateTime={momentAt(histogram, part.until).toISOString()}>{dayAt(part.until)}</time>
				</>
			)}
			{from !== undefined || until !== undefined ? (
				<Button size="compact-xs" variant="subtle" onClick={() => onSpan({ from: undefined, until: undefined }, false)}>
					{t("graph.allTime")}
				</Button>
			) : null}
		</section>
	);
});
