import { Button, SegmentedControl, Switch, TextInput } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { type Axis, axes, printSpan, readAxis, readSmoothing, readSpan, type Span } from "./curves.ts";

/** What the address says of the charts. */
export type ChartSearch = {
	q?: string | undefined;
	x?: string | undefined;
	log?: string | undefined;
	smooth?: string | undefined;
	span?: string | undefined;
	/** Names of groups that are folded, as a list in JSON. */
	shut?: string | undefined;
	system?: string | undefined;
};

export type ChartSettings = {
	log: boolean;
	smoothing: number;
	span: Span | undefined;
	onSpan: (span: Span | undefined) => void;
};

type Props = {
	search: ChartSearch;
	/** The axes that the histories know. */
	known: Axis[];
	onSearch: (change: ChartSearch) => void;
};

/** The settings that an address stands for. */
export function readSettings(search: ChartSearch, onSearch: (change: ChartSearch) => void): ChartSettings {
	return {
		log: search.log === "1",
		smoothing: readSmoothing(search.smooth),
		span: readSpan(search.span),
		onSpan: (span) => onSearch({ span: span && printSpan(span) }),
	};
}

/** Over the charts: which, along what, how. */
export function ChartTools({ search, known, onSearch }: Props): ReactNode {
	const { t } = useTranslation();
	const id = useId();
	const smoothing = readSmoothing(search.smooth);
	return (
		<div className="chart-tools" role="toolbar" aria-label={t("charts.tools")}>
			<TextInput
				className="grow"
				size="xs"
				type="search"
				placeholder={t("charts.search")}
				aria-label={t("charts.search")}
				value={search.q ?? ""}
				onChange={({ currentTarget }) => onSearch({ q: currentTarget.value || undefined })}
			/>
			<SegmentedControl
				size="xs"
				aria-label={t("charts.axisLabel")}
				value={readAxis(search.x)}
				onChange={(x) => onSearch({ x: x === "step" ? undefined : x, span: undefined })}
				data={axes
					.filter((axis) => axis === "step" || known.includes(axis))
					.map((value) => ({ value, label: t(`charts.axis.${value}`) }))}
			/>
			<span className="smoothing">
				<label htmlFor={id}>{t("charts.smoothing")}</label>
				<input
					id={id}
					type="range"
					min={0}
					max={0.99}
					step={0.01}
					value={smoothing}
					onChange={({ currentTarget }) =>
						onSearch({ smooth: currentTarget.value === "0" ? undefined : currentTarget.value })
					}
				/>
				<output htmlFor={id}>{smoothing.toFixed(2)}</output>
			</span>
			<Switch
				size="xs"
				label={t("charts.log")}
				checked={search.log === "1"}
				onChange={({ currentTarget }) => onSearch({ log: currentTarget.checked ? "1" : undefined })}
			/>
			{readSpan(search.span) ? (
				<Button variant="default" size="compact-xs" onClick={() => onSearch({ span: undefined })}>
					{t("charts.reset")}
				</Button>
			) : null}
		</div>
	);
}
