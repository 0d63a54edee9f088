import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { growingFileQuery, textOfParts } from "./file-part.queries.ts";
import { Grid } from "./Grid.tsx";
import { readNumbers } from "./grid-rows.ts";
import { PartNotice, PreviewFault, PreviewWait } from "./PreviewStates.tsx";
import type { PreviewProps } from "./preview-props.ts";
import { TextPreview } from "./TextPreview.tsx";

const mostCsv = 16 * 1024 * 1024;

/** The reader of such files is large: it comes when the first of them is opened. */
const papaQuery = {
	queryKey: ["papaparse"],
	staleTime: Number.POSITIVE_INFINITY,
	queryFn: async () => (await import("papaparse")).default,
};

/** Rows of a CSV or TSV file from its beginning. Every cell is text or a number: formulas are text. */
export function CsvPreview({ id, entry, as }: PreviewProps): ReactNode {
	const { t } = useTranslation();
	const client = useQueryClient();
	const file = useInfiniteQuery(growingFileQuery(client, { id, path: entry.path }, mostCsv));
	const papa = useQuery(papaQuery);
	const total = file.data?.pages[0]?.total ?? 0;
	const shown = file.data?.pages.reduce((sum, { bytes }) => sum + bytes.length, 0) ?? 0;
	const table = useMemo(() => {
		if (!papa.data || !file.data) return undefined;
		const text = textOfParts(file.data.pages).replace(/^\uFEFF/, "");
		const isTabbed = entry.name.toLowerCase().endsWith(".tsv");
		const { data } = papa.data.parse<string[]>(text, {
			skipEmptyLines: true,
			...(isTabbed ? { delimiter: "\t" } : {}),
		});
		// The last row of a part is likely to be cut off.
		const whole = shown < total ? data.slice(0, -1) : data;
		const [head = [], ...rows] = whole;
		return { columns: head.map((name) => ({ name })), rows: readNumbers(rows, head.length) };
	}, [papa.data, file.data, entry.name, shown, total]);
	if (as === "source") return <TextPreview id={id} entry={entry} />;
	if (file.isError && !file.data) return <PreviewFault error={file.error} />;
	if (papa.isError) return <PreviewFault error={papa.error} />;
	if (!table) return <PreviewWait />;
	if (table.columns.length === 0) return <p className="preview-note">{t("files.emptyFile")}</p>;
	return (
		<>
			<PartNotice
				shown={shown}
				total={total}
				busy={file.isFetchingNextPage}
				onMore={file.hasNextPage ? () => void file.fetchNextPage() : undefined}
			/>
			<Grid label={entry.name} columns={table.columns} rows={table.rows} />
		</>
	);
}
