/** What the address says of the files of a version. */
export type FilesSearch = {
	/** The file that is open. */
	file?: string;
	/** What is searched for. */
	find?: string;
	/** The version compared with. */
	compare?: string;
	/** Of the changes, which are shown. */
	only?: string;
	/** Which of several views of the file. */
	as?: string;
};

const words = ["file", "find", "compare", "only", "as"] as const;

/** Reads what is there, and nothing else. */
export function readFilesSearch(search: Record<string, unknown>): FilesSearch {
	return Object.fromEntries(
		words.flatMap((word) => (typeof search[word] === "string" && search[word] !== "" ? [[word, search[word]]] : [])),
	);
}
