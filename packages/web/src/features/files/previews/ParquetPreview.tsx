import { Button } from "@mantine/core";
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AsyncBuffer } from "hyparquet";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatBytes } from "../../../ui/format.ts";
import { readFilePart } from "./file-part.queries.ts";
import { Grid } from "./Grid.tsx";
import type { GridColumn } from "./grid-rows.ts";
import { PreviewFault, PreviewWait } from "./PreviewStates.tsx";
import type { PreviewProps } from "./preview-props.ts";

const shownRows = 500;
/** What is read without asking: the first group of rows, if it is no larger. */
const readUnasked = 24 * 1024 * 1024;
/** A footer is a few kilobytes; one that claims more than this is not read. */
const mostAtOnce = 256 * 1024 * 1024;

type FileAt = { id: string; path: string };

/** A file whose parts are read when they are wanted, with a bound on each. */
function openBuffer(client: QueryClient, file: FileAt, byteLength: number, signal: AbortSignal): AsyncBuffer {
	return {
		byteLength,
		slice: async (start: number, end = byteLength): Promise<ArrayBuffer> => {
			if (end - start > mostAtOnce) throw new Error(`${end - start} bytes at once`);
			return (await readFilePart(client, file, [start, end], signal)).bytes.buffer;
		},
	};
}

async function readHead(file: AsyncBuffer) {
	const { parquetMetadataAsync, parquetSchema } = await import("hyparquet");
	const metadata = await parquetMetadataAsync(file);
	const columns = parquetSchema(metadata).children.map(({ element }): GridColumn => {
		const logical = element.logical_type?.type ?? element.converted_type;
		return { name: element.name, type: (logical ?? element.type ?? "GROUP").toLowerCase() };
	});
	const firstGroup = metadata.row_groups[0];
	const firstBytes =
		firstGroup?.columns.reduce((sum, { meta_data: of }) => sum + Number(of?.total_compressed_size ?? 0), 0) ?? 0;
	return { metadata, columns, total: Number(metadata.num_rows), groups: metadata.row_groups.length, firstBytes };
}

type Head = Awaited<ReturnType<typeof readHead>>;

async function readRows(file: AsyncBuffer, head: Head) {
	const { parquetReadObjects } = await import("hyparquet");
	const groupRows = Number(head.metadata.row_groups[0]?.num_rows ?? 0);
	const objects = await parquetReadObjects({
		file,
		metadata: head.metadata,
		rowStart: 0,
		rowEnd: Math.min(shownRows, groupRows),
	});
	return objects.map((row) => head.columns.map(({ name }) => row[name]));
}

/** A Parquet file: its columns and number of rows from the end of the file, and its first rows. */
export function ParquetPreview({ id, entry }: PreviewProps): ReactNode {
	const { t, i18n } = useTranslation();
	const client = useQueryClient();
	const [isAsked, setAsked] = useState(false);
	const file = { id, path: entry.path };
	const head = useQuery({
		queryKey: ["parquet-head", id, entry.path],
		staleTime: Number.POSITIVE_INFINITY,
		queryFn: ({ signal }) => readHead(openBuffer(client, file, entry.sizeBytes, signal)),
	});
	const isSmall = (head.data?.firstBytes ?? 0) <= readUnasked;
	const rows = useQuery({
		queryKey: ["parquet-rows", id, entry.path],
		staleTime: Number.POSITIVE_INFINITY,
		enabled: head.data !== undefined && (isSmall || isAsked),
		queryFn: ({ signal }) => (head.data ? readRows(openBuffer(client, file, entry.sizeBytes, signal), head.data) : []),
	});
	if (head.isPending) return <PreviewWait />;
	if (head.isError) return <PreviewFault error={head.error} />;
	const { columns, total, groups, firstBytes } = head.data;
	return (
		<>
			<p className="preview-note">
				{t("files.parquetFacts", { count: groups, rows: total.toLocaleString(i18n.language) })}
			</p>
			{rows.isError ? <PreviewFault error={rows.error} text={t("files.parquetNoRows")} /> : null}
			{isSmall || isAsked ? null : (
				<div className="part-notice">
					<span>{t("files.parquetLarge", { size: formatBytes(firstBytes, i18n.language) })}</span>
					<Button variant="subtle" size="compact-xs" onClick={() => setAsked(true)}>
						{t("files.readAnyway")}
					</Button>
				</div>
			)}
			{rows.isLoading ? (
				<PreviewWait />
			) : (
				<Grid label={entry.name} columns={columns} rows={rows.data ?? []} total={total} />
			)}
		</>
	);
}
