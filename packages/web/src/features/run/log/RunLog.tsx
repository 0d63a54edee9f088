import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { saveFile } from "../../../ui/save-file.ts";
import { showToast } from "../../../ui/toasts.ts";
import { isLive, type Run, type RunPlace } from "../run.queries.ts";
import { plainText } from "./ansi.ts";
import { LogLines } from "./LogLines.tsx";
import { type LogSearch, LogTools } from "./LogTools.tsx";
import "./log.css";
import { type LogLine, useLog } from "./use-log.ts";

type Props = { run: Run; place: RunPlace; search: LogSearch; onSearch: (change: LogSearch) => void };

function saveText(lines: LogLine[], name: string): void {
	const text = lines.map(({ line }) => `${plainText(line)}\n`).join("");
	saveFile(new Blob([text], { type: "text/plain" }), name);
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
	const { t } = useTranslation();
	const live = isLive(run);
	const { lines, count, isPending, error, reading, readEarlier } = useLog(place, live);
	const text = useDeferredValue(search.q ?? "");
	const matches = useMatches(lines, text);
	// Nothing chosen is the last place, as the log is read from its end.
	const [chosen, setChosen] = useState<{ text: string; line: number }>();
	const chosenAt = chosen?.text === text ? matches.findIndex((index) => lines[index]?.number === chosen.line) : -1;
	const current = chosenAt >= 0 ? chosenAt : matches.length - 1;
	const { box, virtualizer, following, setFollowing, onScroll } = useLines(lines, live);
	const firstNumber = lines[0]?.number ?? 0;
	useEffect(() => {
		if (text !== "" && firstNumber > 0) void readEarlier(true);
	}, [text, firstNumber, readEarlier]);
	if (error) throw error;
	if (isPending) return <div className="log-box" aria-hidden="true" />;
	if (lines.length === 0) return <EmptyState text={t("log.none")} code={'print("hello")'} />;
	const go = (by: number) => {
		const next = (current + by + matches.length) % matches.length;
		setFollowing(false);
		const index = matches[next] ?? 0;
		setChosen({ text, line: lines[index]?.number ?? 0 });
		virtualizer.scrollToIndex(index, { align: "center" });
	};
	const save = async () => {
		const all = await readEarlier(true);
		if (all[0]?.number === 0) saveText(all, `${run.name}.log`);
		else showToast({ text: t("log.notAll"), tone: "failed" });
	};
	return (
		<div className="section">
			<LogTools
				log={{ lines, count, reading }}
				found={{ text, total: matches.length, at: current, go }}
				follow={live ? { following, setFollowing } : undefined}
				search={search}
				onSearch={onSearch}
				onEarlier={() => void readEarlier(false)}
				onSave={() => void save()}
			/>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
			<section className="log-box" ref={box} onScroll={onScroll} tabIndex={0} aria-label={t("run.tab.logs")}>
				<LogLines
					lines={lines}
					virtualizer={virtualizer}
					marked={text}
					current={matches[current]}
					wrapped={search.wrap === "1"}
				/>
			</section>
		</div>
	);
}
