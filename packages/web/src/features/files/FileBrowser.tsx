import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { FilterInput } from "../../ui/FilterInput.tsx";
import { useViewState } from "../../ui/use-view-state.ts";
import type { Entry } from "./entries.queries.ts";
import { FilePreview } from "./FilePreview.tsx";
import { FileTree, FoundFiles } from "./FileTree.tsx";
import "./files.css";

type Props = { id: string; fullName: string; tools?: ReactNode };

/** What one would open first: the only file, or the one that says what the others are. */
export function firstToShow(entries: readonly Entry[]): string | undefined {
	const files = entries.filter(({ kind }) => kind !== "FOLDER");
	if (entries.length === 1 && files[0]) return files[0].path;
	return files.find(({ name }) => /^readme(\.(md|txt|markdown))?$/i.test(name))?.path;
}

/** The files of a version: on the left where they are, on the right what is in the one chosen. */
export function FileBrowser({ id, fullName, tools }: Props): ReactNode {
	const { t } = useTranslation();
	const [{ file, find, as }, set] = useViewState(["file", "find", "as"]);
	const [first, setFirst] = useState<string>();
	const onFile = useCallback((path: string) => set({ file: path, as: undefined }), [set]);
	const onTop = useCallback((entries: readonly Entry[]) => setFirst(firstToShow(entries)), []);
	const shown = file ?? first;
	return (
		<div className="files" data-open={file !== undefined}>
			<div className="files-list">
				<div className="files-tools">
					<FilterInput
						label={t("files.search")}
						title={t("files.searchHint")}
						value={find ?? ""}
						onValue={(text) => set({ find: text.trim() || undefined }, { replace: true })}
						width="auto"
					/>
					{tools}
				</div>
				{find === undefined ? (
					<FileTree id={id} file={shown} onFile={onFile} onTop={onTop} />
				) : (
					<FoundFiles id={id} pattern={find} file={shown} onFile={onFile} />
				)}
			</div>
			<div className="files-preview">
				{shown === undefined ? (
					<p className="files-hint quiet">{t("files.choose")}</p>
				) : (
					<FilePreview
						id={id}
						path={shown}
						fullName={fullName}
						as={as}
						onAs={(view) => set({ as: view }, { replace: true })}
						onBack={() => set({ file: undefined, as: undefined })}
					/>
				)}
			</div>
		</div>
	);
}
