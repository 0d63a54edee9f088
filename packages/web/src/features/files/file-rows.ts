import type { Branch } from "../../ui/use-branches.ts";
import type { Entry } from "./entries.queries.ts";

/** A row of the tree of files: an entry, or a word about what is not there yet. */
export type FileRow =
	| { kind: "entry"; entry: Entry; level: number; isOpen: boolean | undefined }
	| { kind: "note"; folder: string; level: number; note: "loading" | "failed" };

/** The folders that a file is in, the outermost first. */
export function foldersOf(path: string): string[] {
	const parts = path.split("/").slice(0, -1);
	return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}

/** Rows of the open folders in order. `folder` is "" for the top. */
export function fileRows(branches: ReadonlyMap<string, Branch<Entry>>, open: ReadonlySet<string>): FileRow[] {
	const rows: FileRow[] = [];
	const walk = (folder: string, level: number): void => {
		const branch = branches.get(folder);
		for (const entry of branch?.items ?? []) {
			const isOpen = entry.kind === "FOLDER" ? open.has(entry.path) : undefined;
			rows.push({ kind: "entry", entry, level, isOpen });
			if (isOpen) walk(entry.path, level + 1);
		}
		if (branch === undefined || branch.isLoading) rows.push({ kind: "note", folder, level, note: "loading" });
		else if (branch.error !== undefined) rows.push({ kind: "note", folder, level, note: "failed" });
		else if (branch.next !== undefined) rows.push({ kind: "note", folder, level, note: "loading" });
	};
	walk("", 0);
	return rows;
}
