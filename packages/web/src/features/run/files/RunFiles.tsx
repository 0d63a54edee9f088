import { TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { nodesOfPages } from "../../../graphql-client.ts";
import { DataTable } from "../../../ui/DataTable.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { FileLink } from "../../../ui/FileLink.tsx";
import { formatBytes } from "../../../ui/format.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { LineSkeleton } from "../../../ui/LineSkeleton.tsx";
import { TimeText } from "../../../ui/TimeText.tsx";
import { type Run, type RunFile, type RunPlace, runFilesQuery } from "../run.queries.ts";
import { FilePreview } from "./FilePreview.tsx";
import { type Folder, folderContents, type Leaf } from "./file-folders.ts";
import "./files.css";

export type FilesSearch = { q?: string | undefined; path?: string | undefined; file?: string | undefined };

type Props = { run: Run; place: RunPlace; search: FilesSearch; onSearch: (change: FilesSearch) => void };

type Row = Folder | Leaf<RunFile>;

function Crumbs({ path, onPath }: { path: string; onPath: (path: string | undefined) => void }): ReactNode {
	const { t } = useTranslation();
	const parts = path === "" ? [] : path.split("/");
	return (
		<nav className="folder-crumbs" aria-label={t("runFiles.folder")}>
			<button type="button" className="plain" onClick={() => onPath(undefined)}>
				{t("runFiles.root")}
			</button>
			{parts.map((part, index) => {
				const to = parts.slice(0, index + 1).join("/");
				return (
					<button key={to} type="button" className="plain" onClick={() => onPath(to)}>
						{part}
					</button>
				);
			})}
		</nav>
	);
}

function PreviewPanel({ file, onClose }: { file: RunFile; onClose: () => void }): ReactNode {
	const { t, i18n } = useTranslation();
	const heading = useRef<HTMLHeadingElement>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: another file is the event
	useEffect(() => heading.current?.focus({ preventScroll: true }), [file.name]);
	return (
		<section
			className="file-panel"
			aria-label={file.name}
			onKeyDown={({ key }) => {
				if (key === "Escape") onClose();
			}}
		>
			<header>
				<h2 ref={heading} tabIndex={-1} className="mono" title={file.name}>
					{file.name.split("/").at(-1)}
				</h2>
				<span className="quiet">{formatBytes(file.sizeBytes, i18n.language)}</span>
				<FileLink name={file.name} url={file.directUrl} />
				<button type="button" className="copy" aria-label={t("ui.close")} onClick={onClose}>
					×
				</button>
			</header>
			<FilePreview file={{ ...file, url: file.url ?? file.directUrl }} />
		</section>
	);
}

type TableProps = Pick<Props, "search" | "onSearch"> & {
	rows: Row[];
	/** Whether a file is shown beside it: then there is less room. */
	beside: boolean;
};

function FileTable({ rows, search, onSearch, beside }: TableProps): ReactNode {
	const { t, i18n } = useTranslation();
	return (
		<DataTable
			label={t("run.tab.files")}
			rows={rows}
			rowKey={({ path: key }) => key}
			columns={[
				{
					id: "name",
					title: t("ui.name"),
					kind: "main",
					cell: (row) => (
						<button
							type="button"
							id={`file:${row.path}`}
							className="file-name"
							aria-current={row.path === search.file ? "true" : undefined}
							onClick={() => onSearch(row.kind === "folder" ? { path: row.path } : { file: row.path })}
						>
							<Icon name={row.kind === "folder" ? "folder" : "file"} />
							{row.name}
							{row.kind === "folder" ? <span className="count">{row.files}</span> : null}
						</button>
					),
				},
				{
					id: "size",
					title: t("artifact.size"),
					kind: "number",
					cell: (row) => formatBytes(row.kind === "folder" ? row.size : row.file.sizeBytes, i18n.language),
				},
				...(beside
					? []
					: [
							{
								id: "updated",
								title: t("ui.updated"),
								kind: "tight" as const,
								wideOnly: true,
								cell: (row: Row) => (row.kind === "file" ? <TimeText at={row.file.updatedAt} /> : null),
							},
							{
								id: "get",
								title: t("ui.download"),
								kind: "tight" as const,
								cell: (row: Row) =>
									row.kind === "file" ? <FileLink name={row.path} url={row.file.directUrl} /> : null,
							},
						]),
			]}
		/>
	);
}

/** The files a run saved: folder by folder or by search, each shown beside the list. */
export function RunFiles({ run, place, search, onSearch }: Props): ReactNode {
	const { t } = useTranslation();
	const wanted = useDeferredValue(search.q ?? "");
	const files = useInfiniteQuery(runFilesQuery(place, wanted));
	const nodes = useMemo(() => nodesOfPages(files.data?.pages ?? []), [files.data]);
	const { hasNextPage, isFetchingNextPage, fetchNextPage } = files;
	// Folders are known when all names are: a run has some thousands at most.
	useEffect(() => {
		if (hasNextPage && !isFetchingNextPage && nodes.length < 20_000) void fetchNextPage();
	}, [hasNextPage, isFetchingNextPage, fetchNextPage, nodes.length]);
	const path = search.path ?? "";
	const rows = useMemo(
		(): Row[] =>
			wanted === ""
				? folderContents(nodes, path)
				: nodes.map((file) => ({ kind: "file", name: file.name, path: file.name, file })),
		[nodes, path, wanted],
	);
	const open = nodes.find(({ name }) => name === search.file);
	const goBack = () => {
		onSearch({ file: undefined });
		document.getElementById(`file:${search.file}`)?.focus();
	};
	if (files.error) throw files.error;
	if (files.isPending) return <LineSkeleton />;
	if (!run.capabilities.includes("PROJECT_READ")) return <EmptyState text={t("runFiles.refused")} />;
	if (nodes.length === 0 && wanted === "")
		return <EmptyState text={t("run.noFiles")} code={'run.save("results.txt")'} />;
	return (
		<div className="section">
			<div className="value-tools">
				<TextInput
					size="xs"
					type="search"
					placeholder={t("runFiles.search")}
					aria-label={t("runFiles.search")}
					value={search.q ?? ""}
					onChange={({ currentTarget }) => onSearch({ q: currentTarget.value || undefined })}
				/>
				{wanted === "" ? <Crumbs path={path} onPath={(next) => onSearch({ path: next, file: undefined })} /> : null}
			</div>
			<div className={open ? "file-split" : undefined}>
				<FileTable rows={rows} search={search} onSearch={onSearch} beside={open !== undefined} />
				{open ? <PreviewPanel file={open} onClose={goBack} /> : null}
			</div>
			{rows.length === 0 && wanted !== "" ? <p className="quiet">{t("run.noMatch")}</p> : null}
		</div>
	);
}
