import { Button, Checkbox, Popover, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { isPlainColumn, plainColumns, type RunColumnId, type RunKeys } from "./run-columns.ts";

type Props = {
	keys: RunKeys;
	shown: readonly RunColumnId[];
	onShown: (shown: RunColumnId[]) => void;
	/** Back to what is shown when nobody has chosen; undefined where that is shown. */
	onUsual: (() => void) | undefined;
};

/** More keys than these are found by searching. */
const mostListed = 150;

/** Which columns the table of runs has: facts of runs, keys of their configs and summaries. */
export function RunColumnPicker({ keys, shown, onShown, onUsual }: Props): ReactNode {
	const { t } = useTranslation();
	const [search, setSearch] = useState("");
	const wanted = search.trim().toLowerCase();
	const plainTitles = {
		state: t("run.state"),
		tags: t("ui.tags"),
		user: t("run.user"),
		jobType: t("run.jobType"),
		group: t("run.group"),
		sweep: t("run.sweep"),
		created: t("ui.created"),
		duration: t("run.duration"),
		notes: t("run.notes"),
		id: t("run.id"),
	};
	const groups: { title: string; columns: { id: RunColumnId; title: string }[] }[] = [
		{ title: t("run.name"), columns: plainColumns.map((id) => ({ id, title: plainTitles[id] })) },
		{ title: t("run.summary"), columns: keys.summary.map((key) => ({ id: `summary_metrics.${key}`, title: key })) },
		{ title: t("run.config"), columns: keys.config.map((key) => ({ id: `config.${key}`, title: key })) },
	];
	const toggle = (id: RunColumnId, on: boolean) => {
		onShown(on ? [...shown, id] : shown.filter((other) => other !== id));
	};
	return (
		<Popover position="bottom-end" width={300} withinPortal trapFocus>
			<Popover.Target>
				<Button variant="default" size="xs" leftSection={<Icon name="columns" />}>
					{t("ui.columns")}
				</Button>
			</Popover.Target>
			<Popover.Dropdown>
				<TextInput
					size="xs"
					mb="xs"
					type="search"
					placeholder={t("runs.searchColumns")}
					aria-label={t("runs.searchColumns")}
					value={search}
					onChange={({ currentTarget }) => setSearch(currentTarget.value)}
				/>
				<div className="picker-list">
					{groups.map(({ title, columns }) => {
						const found = columns.filter((column) => column.title.toLowerCase().includes(wanted));
						if (found.length === 0) return null;
						return (
							<fieldset
								key={title}
								className="picker-list"
								style={{ maxHeight: "none", border: 0, padding: 0, margin: 0 }}
							>
								<h3>{title}</h3>
								{found.slice(0, mostListed).map((column) => (
									<Checkbox
										key={column.id}
										size="xs"
										label={isPlainColumn(column.id) ? column.title : <span className="mono">{column.title}</span>}
										checked={shown.includes(column.id)}
										onChange={({ currentTarget }) => toggle(column.id, currentTarget.checked)}
									/>
								))}
								{found.length > mostListed ? (
									<p className="quiet">{t("runs.moreKeys", { count: found.length - mostListed })}</p>
								) : null}
							</fieldset>
						);
					})}
				</div>
				{onUsual ? (
					<Button mt="xs" size="compact-xs" variant="subtle" onClick={onUsual}>
						{t("runs.usualColumns")}
					</Button>
				) : null}
			</Popover.Dropdown>
		</Popover>
	);
}
