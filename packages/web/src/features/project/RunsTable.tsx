import { Button, TextInput } from "@mantine/core";
import { useInfiniteQuery, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { nodesOfPages } from "../../graphql-client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { LineSkeleton } from "../../ui/LineSkeleton.tsx";
import { isLive } from "../run/run.queries.ts";
import { DeleteRunsDialog } from "./DeleteRunsDialog.tsx";
import { type Project, projectRunsQuery, runCountQuery, runKeysQuery } from "./project.queries.ts";
import { RunColumnPicker } from "./RunColumnPicker.tsx";
import { RunFilters } from "./RunFilters.tsx";
import { printColumns, readColumns, usualColumns } from "./run-columns.ts";
import { printFilters, readConditions } from "./run-filter.ts";
import { type RunTableRow, readRow, useRunColumns } from "./use-run-columns.tsx";
import "./runs-table.css";

export type RunsSearch = {
	q?: string | undefined;
	where?: string | undefined;
	order?: string | undefined;
	cols?: string | undefined;
};

type Props = { project: Project; search: RunsSearch; onSearch: (change: RunsSearch) => void };

const newestFirst = "-created_at";
/** More curves side by side tell nobody anything. */
export const mostCompared = 20;
const pollMs = 10_000;

type SelectedProps = {
	project: Project;
	rows: RunTableRow[];
	selected: ReadonlySet<string>;
	onSelected: (keys: Set<string>) => void;
};

/** What can be done with the runs that are ticked. */
function SelectedBar({ project, rows, selected, onSelected }: SelectedProps): ReactNode {
	const { t } = useTranslation();
	const [deleting, setDeleting] = useState(false);
	const chosen = rows.filter(({ id }) => selected.has(id));
	if (chosen.length === 0) return null;
	const params = { entity: project.entityName, project: project.name };
	const names = chosen.slice(0, mostCompared).map(({ name }) => name);
	return (
		<div className="selected-bar" role="toolbar" aria-label={t("runs.selected", { count: chosen.length })}>
			<span role="status">{t("runs.selected", { count: chosen.length })}</span>
			{chosen.length > 1 ? (
				<Link to="/$entity/$project/compare" params={params} search={{ runs: names.join(",") }} className="button">
					{chosen.length > mostCompared ? t("runs.compareFirst", { most: mostCompared }) : t("runs.compare")}
				</Link>
			) : null}
			{project.capabilities.includes("PROJECT_WRITE") ? (
				<Button size="compact-sm" variant="default" c="var(--bad)" onClick={() => setDeleting(true)}>
					{t("ui.delete")}
				</Button>
			) : null}
			<Button size="compact-sm" variant="subtle" color="gray" onClick={() => onSelected(new Set())}>
				{t("runs.clear")}
			</Button>
			{deleting ? (
				<DeleteRunsDialog
					project={project}
					runs={chosen}
					onClose={() => setDeleting(false)}
					onDeleted={() => onSelected(new Set())}
				/>
			) : null}
		</div>
	);
}

/** The runs of a project: searched, filtered and ordered by the server, with columns for any config or metric. */
export function RunsTable({ project, search, onSearch }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const place = { entity: project.entityName, project: project.name };
	const { data: keys } = useSuspenseQuery(runKeysQuery(place));
	const text = useDeferredValue(search.q ?? "");
	const filters = useMemo(() => printFilters(text, readConditions(search.where)), [text, search.where]);
	const shown = useMemo(() => readColumns(search.cols) ?? usualColumns(keys), [search.cols, keys]);
	const columns = useRunColumns(place, shown);
	const order = search.order ?? newestFirst;
	const wanted = {
		order,
		filters,
		config: shown.some((id) => id.startsWith("config.")),
		summary: shown.some((id) => id.startsWith("summary_metrics.")),
	};
	const runs = useInfiniteQuery({
		...projectRunsQuery(place, wanted),
		// Later pages are kept fresh by what the reader does; the first one follows runs that are under way.
		refetchInterval: ({ state: { data } }) =>
			data?.pages.length === 1 && data.pages[0]?.edges.some(({ node }) => isLive(node)) ? pollMs : false,
	});
	const { data: count } = useQuery(runCountQuery(place, filters));
	const rows = useMemo(() => nodesOfPages(runs.data?.pages ?? []).map(readRow), [runs.data]);
	const [selected, setSelected] = useState<Set<string>>(new Set());
	return (
		<div className="section runs">
			<div className="runs-tools">
				<TextInput
					size="xs"
					type="search"
					placeholder={t("runs.search")}
					aria-label={t("runs.search")}
					value={search.q ?? ""}
					onChange={({ currentTarget }) => onSearch({ q: currentTarget.value || undefined })}
				/>
				<RunFilters keys={keys} where={search.where} onWhere={(where) => onSearch({ where })} />
				<span className="spring" />
				<span className="count" role="status">
					{count === undefined ? "" : t("runs.count", { count, total: count.toLocaleString(i18n.language) })}
				</span>
				<RunColumnPicker
					keys={keys}
					shown={shown}
					onShown={(next) => onSearch({ cols: printColumns(next) })}
					onUsual={search.cols === undefined ? undefined : () => onSearch({ cols: undefined })}
				/>
			</div>
			<SelectedBar project={project} rows={rows} selected={selected} onSelected={setSelected} />
			{runs.error ? <p role="alert">{runs.error.message}</p> : null}
			{runs.isPending ? <LineSkeleton /> : null}
			{runs.data && rows.length === 0 ? <p className="quiet">{t("runs.noMatch")}</p> : null}
			{rows.length > 0 ? (
				<div className="runs-table" data-stale={runs.isPlaceholderData ? "" : undefined}>
					<DataTable
						label={t("project.runs")}
						rows={rows}
						rowKey={({ id }) => id}
						more={runs}
						columns={columns}
						sorting={{
							order,
							onOrder: (next) => onSearch({ order: next === newestFirst ? undefined : next }),
						}}
						selecting={{
							selected,
							onSelected: setSelected,
							nameOf: (run) => run.displayName || run.name,
						}}
					/>
				</div>
			) : null}
		</div>
	);
}
