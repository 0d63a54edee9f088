import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatBytes } from "../../ui/format.ts";
import { Icon } from "../../ui/Icon.tsx";
import type { IconName } from "../../ui/icon-paths.ts";
import { Tree, type TreeRow } from "../../ui/Tree.tsx";
import { useBranches } from "../../ui/use-branches.ts";
import { type Entry, entrySearchQuery, readFolder } from "./entries.queries.ts";
import { type FileRow, fileRows, foldersOf } from "./file-rows.ts";
import { previewKind } from "./preview-kind.ts";

type Props = {
	id: string;
	file: string | undefined;
	onFile: (path: string) => void;
	/** What was read of the top folder, once it is there. */
	onTop?: (entries: readonly Entry[]) => void;
};

function iconOf({ kind, path }: Entry): IconName {
	if (kind === "FOLDER") return "folder";
	if (kind === "REFERENCE") return "external";
	const shown = previewKind(path);
	if (shown === "image" || shown === "media") return "media";
	return shown === "csv" || shown === "parquet" || shown.endsWith("table") ? "table" : "file";
}

function useEntryContent() {
	const { t, i18n } = useTranslation();
	return useCallback(
		(entry: Entry, name: string) => {
			const size = formatBytes(entry.sizeBytes, i18n.language);
			const count = entry.fileCount.toLocaleString(i18n.language);
			return (
				<>
					<Icon name={iconOf(entry)} />
					<span className="tree-name" title={entry.path}>
						{name}
					</span>
					<span className="tree-meta">
						{entry.kind === "FOLDER"
							? `${t("files.fileCount", { count: entry.fileCount, number: count })} · ${size}`
							: null}
						{entry.kind === "FILE" ? size : null}
						{entry.kind === "REFERENCE" ? t("files.reference") : null}
					</span>
				</>
			);
		},
		[t, i18n.language],
	);
}

/** The folders and files of a version; a folder is read when it is opened, a long one as one goes down in it. */
export function FileTree({ id, file, onFile, onTop }: Props): ReactNode {
	const { t } = useTranslation();
	const { branches, load } = useBranches<Entry>(["version-folder", id], (folder, after, signal) =>
		readFolder(id, folder, after, signal),
	);
	const [open, setOpen] = useState<ReadonlySet<string>>(new Set(file === undefined ? [] : foldersOf(file)));
	const draw = useEntryContent();
	// A file that is opened from elsewhere shows where it is.
	useEffect(() => {
		if (file !== undefined) setOpen((old) => new Set([...old, ...foldersOf(file)]));
	}, [file]);
	useEffect(() => {
		for (const folder of ["", ...open]) if (!branches.has(folder)) void load(folder);
	}, [branches, open, load]);
	const top = branches.get("")?.items;
	useEffect(() => {
		if (top && top.length > 0) onTop?.(top);
	}, [top, onTop]);
	const rows = useMemo(() => fileRows(branches, open), [branches, open]);
	const treeRows = useMemo(
		() =>
			rows.map((row): TreeRow => {
				if (row.kind === "note") return noteRow(row, () => void load(row.folder));
				const { entry, level, isOpen } = row;
				const base = { key: entry.path, level, label: entry.name, content: draw(entry, entry.name) };
				if (isOpen !== undefined) return { ...base, isOpen };
				return { ...base, isCurrent: entry.path === file, onChoose: () => onFile(entry.path) };
			}),
		[rows, file, onFile, load, draw],
	);
	const toggle = useCallback((key: string, isOpen: boolean) => {
		setOpen((old) => {
			const next = new Set(old);
			if (isOpen) next.add(key);
			else next.delete(key);
			return next;
		});
	}, []);
	return <Tree label={t("artifact.tab.files")} rows={treeRows} onToggle={toggle} />;
}

function noteRow({ folder, level, note }: FileRow & { kind: "note" }, again: () => void): TreeRow {
	const content = note === "failed" ? <Again onClick={again} /> : <WhenSeen onSeen={again} />;
	return { key: `note ${folder}`, level, label: "", isNote: true, content };
}

/** A word that is drawn only where it is in sight: then more is fetched. */
function WhenSeen({ onSeen }: { onSeen: () => void }): ReactNode {
	const { t } = useTranslation();
	useEffect(onSeen, [onSeen]);
	return <span>{`${t("ui.loading")}…`}</span>;
}

function Again({ onClick }: { onClick: () => void }): ReactNode {
	const { t } = useTranslation();
	return (
		<button type="button" className="copy" onClick={onClick}>
			{t("files.folderFailed")}
		</button>
	);
}

/** Files found by a part of their path. */
export function FoundFiles({ id, pattern, file, onFile }: Omit<Props, "onTop"> & { pattern: string }): ReactNode {
	const { t } = useTranslation();
	const found = useInfiniteQuery(entrySearchQuery(id, pattern));
	const content = useEntryContent();
	const entries = found.data?.pages.flatMap(({ edges }) => edges.map(({ node }) => node)) ?? [];
	if (found.isPending) return <p className="tree-none">{t("ui.loading")}…</p>;
	if (found.isError) return <p className="tree-none">{found.error.message}</p>;
	if (entries.length === 0) return <p className="tree-none">{t("files.noneFound")}</p>;
	const rows = entries.map(
		(entry): TreeRow => ({
			key: entry.path,
			level: 0,
			label: entry.path,
			content: content(entry, entry.path),
			isCurrent: entry.path === file,
			onChoose: () => onFile(entry.path),
		}),
	);
	const more = () => {
		if (found.hasNextPage && !found.isFetchingNextPage) void found.fetchNextPage();
	};
	return <Tree label={t("files.found")} rows={rows} onToggle={() => undefined} onEnd={more} />;
}
