import { Button, Switch, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { LogLine } from "./use-log.ts";

export type LogSearch = { q?: string | undefined; wrap?: string | undefined };

type Props = {
	log: { lines: LogLine[]; count: number; reading: boolean };
	/** What is looked for, how often it is there, which of these is looked at, and the way to the next. */
	found: { text: string; total: number; at: number; go: (by: number) => void };
	/** Of a run that runs: whether its end is kept in sight. */
	follow: { following: boolean; setFollowing: (following: boolean) => void } | undefined;
	search: LogSearch;
	onSearch: (change: LogSearch) => void;
	onEarlier: () => void;
	onSave: () => void;
};

/** Over a log: search, how much of it is here, how it is shown. */
export function LogTools({ log, found, follow, search, onSearch, onEarlier, onSave }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const firstNumber = log.lines[0]?.number ?? 0;
	return (
		<div className="log-tools">
			<TextInput
				size="xs"
				type="search"
				placeholder={t("log.search")}
				aria-label={t("log.search")}
				value={search.q ?? ""}
				onChange={({ currentTarget }) => onSearch({ q: currentTarget.value || undefined })}
				onKeyDown={(event) => {
					if (event.key !== "Enter" || found.total === 0) return;
					event.preventDefault();
					found.go(event.shiftKey ? 1 : -1);
				}}
			/>
			{found.text === "" ? null : (
				<span className="quiet" role="status">
					{found.total === 0
						? t(log.reading ? "ui.loading" : "log.noMatch")
						: t("log.match", {
								at: (found.at + 1).toLocaleString(i18n.language),
								total: found.total.toLocaleString(i18n.language),
							})}
				</span>
			)}
			<span className="quiet count">
				{firstNumber > 0
					? t("log.part", {
							shown: log.lines.length.toLocaleString(i18n.language),
							total: log.count.toLocaleString(i18n.language),
						})
					: t("log.lines", { count: log.lines.length, total: log.lines.length.toLocaleString(i18n.language) })}
			</span>
			<span className="spring" />
			{follow ? (
				<Switch
					size="xs"
					label={t("log.follow")}
					checked={follow.following}
					onChange={({ currentTarget }) => follow.setFollowing(currentTarget.checked)}
				/>
			) : null}
			<Switch
				size="xs"
				label={t("log.wrap")}
				checked={search.wrap === "1"}
				onChange={({ currentTarget }) => onSearch({ wrap: currentTarget.checked ? "1" : undefined })}
			/>
			{firstNumber > 0 ? (
				<Button variant="default" size="compact-xs" loading={log.reading} onClick={onEarlier}>
					{t("log.earlier")}
				</Button>
			) : null}
			<Button variant="default" size="compact-xs" loading={log.reading} onClick={onSave}>
				{t("ui.download")}
			</Button>
		</div>
	);
}
