import { Button, Switch, TextInput } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { showToast } from "../../../ui/toasts.ts";
import { isLive, type Run, type RunPlace } from "../run.queries.ts";
import { plainText } from "./ansi.ts";
import { LogText } from "./LogText.tsx";
import "./log.css";
import { type LogLine, useLog } from "./use-log.ts";

export type LogSearch = { q?: string | undefined; wrap?: string | undefined };

type Props = { run: Run; place: RunPlace; search: LogSearch; onSearch: (change: LogSearch) => void };

function saveText(lines: LogLine[], name: string): void {
	const text = lines.map(({ line }) => `${plainText(line)}\n`).join("");
	const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Places of the lines that hold a text, whatever its case. */
function useMatches(lines: LogLine[], text: string): number[] {
	return useMemo(() => {
		const wanted = text.toLowerCase();
		if (wanted === "") return [];
		return lines.flatMap(({ line }, index) => (plainText(line).toLowerCase().includes(wanted) ? [index] : []));
	}, [lines, text]);
}

/** A list whose end is kept in sight until the reader scrolls away from it. */
function useLines(lines: LogLine[], live: boolean) {
	const box = useRef<HTMLElement>(null);
	const [following, setFollowing] = useState(true);
	const virtualizer = useVirtualizer({
		count: lines.length,
		getScrollElement: () => box.current,
		estimateSize: () => 19,
		overscan: 20,
		getItemKey: (index) => lines[index]?.number ?? index,
	});
	const end = lines.at(-1);
	useEffect(() => {
		if (following && end !== undefined) virtualizer.scrollToIndex(lines.length - 1, { align: "end" });
	}, [following, end, lines.length, virtualizer]);
	const onScroll = () => {
		const element = box.current;
		if (element === null) return;
		const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 24;
		if (atEnd !== following) setFollowing(atEnd && (live || following));
	};
	return { box, virtualizer, following, setFollowing, onScroll };
}

/** What a run wrote to its console: from the end, searchable as a whole, followed while the run runs. */
export function RunLog({ run, place, search, onSearch }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const live = isLive(run);
	const { lines, count, isPending, error, reading, readEarlier } = useLog(place, live);
	const text = useDeferredValue(search.q ?? "");
	const matches = useMatches(lines, text);
	const [current, setCurrent] = useState(0);
	const { box, virtualizer, following, setFollowing, onScroll } = useLines(lines, live);
	const firstNumber = lines[0]?.number ?? 0;
	// biome-ignore lint/correctness/useExhaustiveDependencies: a new text begins at its last place, as the log is read from its end
	useEffect(() => setCurrent(Math.max(matches.length - 1, 0)), [text]);
	useEffect(() => {
		if (text !== "" && firstNumber > 0) void readEarlier(true);
	}, [text, firstNumber, readEarlier]);
	if (error) throw error;
	if (isPending) return <div className="log-box" aria-hidden="true" />;
	if (lines.length === 0) return <EmptyState text={t("log.none")} code={'print("hello")'} />;
	const go = (by: number) => {
		const next = (current + by + matches.length) % matches.length;
		setFollowing(false);
		setCurrent(next);
		virtualizer.scrollToIndex(matches[next] ?? 0, { align: "center" });
	};
	const save = async () => {
		const all = await readEarlier(true);
		if (all[0]?.number === 0) saveText(all, `${run.name}.log`);
		else showToast({ text: t("log.notAll"), tone: "failed" });
	};
	return (
		<div className="section">
			<div className="log-tools">
				<TextInput
					size="xs"
					type="search"
					placeholder={t("log.search")}
					aria-label={t("log.search")}
					value={search.q ?? ""}
					onChange={({ currentTarget }) => onSearch({ q: currentTarget.value || undefined })}
					onKeyDown={(event) => {
						if (event.key !== "Enter" || matches.length === 0) return;
						event.preventDefault();
						go(event.shiftKey ? 1 : -1);
					}}
				/>
				{text === "" ? null : (
					<span className="quiet" role="status">
						{matches.length === 0
							? t(reading ? "ui.loading" : "log.noMatch")
							: t("log.match", { at: (current + 1).toLocaleString(), total: matches.length.toLocaleString() })}
					</span>
				)}
				<span className="quiet count">
					{firstNumber > 0
						? t("log.part", {
								shown: lines.length.toLocaleString(i18n.language),
								total: count.toLocaleString(i18n.language),
							})
						: t("log.lines", { count: lines.length, total: lines.length.toLocaleString(i18n.language) })}
				</span>
				<span className="spring" />
				{live ? (
					<Switch
						size="xs"
						label={t("log.follow")}
						checked={following}
						onChange={({ currentTarget }) => setFollowing(currentTarget.checked)}
					/>
				) : null}
				<Switch
					size="xs"
					label={t("log.wrap")}
					checked={search.wrap === "1"}
					onChange={({ currentTarget }) => onSearch({ wrap: currentTarget.checked ? "1" : undefined })}
				/>
				{firstNumber > 0 ? (
					<Button variant="default" size="compact-xs" loading={reading} onClick={() => void readEarlier(false)}>
						{t("log.earlier")}
					</Button>
				) : null}
				<Button variant="default" size="compact-xs" loading={reading} onClick={() => void save()}>
					{t("ui.download")}
				</Button>
			</div>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
			<section className="log-box" ref={box} onScroll={onScroll} tabIndex={0} aria-label={t("run.tab.logs")}>
				<div className="log-lines" style={{ height: virtualizer.getTotalSize() }}>
					{virtualizer.getVirtualItems().map(({ index, key, start }) => {
						const line = lines[index];
						if (line === undefined) return null;
						return (
							<div
								key={key}
								ref={virtualizer.measureElement}
								data-index={index}
								className={search.wrap === "1" ? "log-line wrapped" : "log-line"}
								data-level={line.level ?? undefined}
								data-current={matches[current] === index ? "" : undefined}
								style={{ transform: `translateY(${start}px)` }}
								title={line.timestamp ?? undefined}
							>
								<span className="log-number" aria-hidden="true">
									{line.number + 1}
								</span>
								<LogText line={line.line} marked={text} />
							</div>
						);
					})}
				</div>
			</section>
		</div>
	);
}
