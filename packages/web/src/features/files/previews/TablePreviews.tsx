import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Entry, readFolder } from "../entries.queries.ts";
import { readFilePart, textOfParts } from "./file-part.queries.ts";
import { Grid } from "./Grid.tsx";
import { JsonPreview } from "./JsonPreview.tsx";
import { parseJson } from "./json-rows.ts";
import { MediaThumb } from "./MediaThumb.tsx";
import { PreviewFault, PreviewWait } from "./PreviewStates.tsx";
import type { PreviewProps } from "./preview-props.ts";
import { WholeText } from "./WholeText.tsx";
import {
	chainTables,
	isRecord,
	joinTables,
	readJoinedTable,
	readMediaCell,
	readWandbTable,
	type WandbTable,
} from "./wandb-table.ts";

/** A table of more bytes is shown as text from its beginning. */
const mostTable = 48 * 1024 * 1024;
/** Of a table in parts, so much is read. */
const mostParts = 24;

/** A W&B Table: columns with their types, media cells as small images. */
export function WandbTableGrid({ id, label, table }: { id: string; label: string; table: WandbTable }): ReactNode {
	const hasMedia = table.rows.slice(0, 50).some((row) => row.some((cell) => readMediaCell(cell) !== undefined));
	return (
		<Grid
			label={label}
			columns={table.columns}
			rows={table.rows}
			rowHeight={hasMedia ? 64 : 28}
			drawCell={(value) => {
				const cell = readMediaCell(value);
				return cell && <MediaThumb id={id} cell={cell} />;
			}}
		/>
	);
}

function TableText({ text, ...props }: PreviewProps & { text: string }): ReactNode {
	const { t } = useTranslation();
	const table = useMemo(() => {
		const parsed = parseJson(text);
		return "value" in parsed ? readWandbTable(parsed.value) : undefined;
	}, [text]);
	if (table) return <WandbTableGrid id={props.id} label={props.entry.name} table={table} />;
	return (
		<>
			<p className="preview-note">{t("files.noTable")}</p>
			<JsonPreview {...props} as={undefined} />
		</>
	);
}

export function TablePreview(props: PreviewProps): ReactNode {
	if (props.as === "source") return <JsonPreview {...props} />;
	return (
		<WholeText id={props.id} entry={props.entry} most={mostTable}>
			{(text) => <TableText {...props} text={text} />}
		</WholeText>
	);
}

async function readJsonFile(client: QueryClient, file: { id: string; path: string }, signal: AbortSignal) {
	const part = await readFilePart(client, file, [0, mostTable], signal);
	if (part.total > part.bytes.length) throw new Error(`${file.path}: ${part.total} bytes`);
	const parsed = parseJson(textOfParts([part]));
	if ("error" in parsed) throw new Error(`${file.path}: ${String(parsed.error)}`);
	return parsed.value;
}

async function readTableAt(client: QueryClient, file: { id: string; path: string }, signal: AbortSignal) {
	const table = readWandbTable(await readJsonFile(client, file, signal));
	if (table === undefined) throw new Error(`${file.path}: no table`);
	return table;
}

async function readComposed(client: QueryClient, id: string, path: string, signal: AbortSignal) {
	const value = await readJsonFile(client, { id, path }, signal);
	const joined = readJoinedTable(value);
	if (joined) {
		const [left, right] = await Promise.all([
			readTableAt(client, { id, path: joined.paths[0] }, signal),
			readTableAt(client, { id, path: joined.paths[1] }, signal),
		]);
		return { table: joinTables(left, right, joined.keys), parts: 2, ofParts: 2 };
	}
	const folder = isRecord(value) && typeof value.parts_path === "string" ? value.parts_path : undefined;
	if (folder === undefined) throw new Error(`${path}: no table`);
	const { items } = await readFolder(id, folder, "", signal);
	const parts = items.filter(({ kind, name }: Entry) => kind === "FILE" && name.endsWith(".table.json"));
	const tables: WandbTable[] = [];
	for (const part of parts.slice(0, mostParts)) tables.push(await readTableAt(client, { id, path: part.path }, signal));
	return { table: chainTables(tables), parts: tables.length, ofParts: parts.length };
}

/** A table made of others in the same version: two joined by a key, or the parts of one. */
export function ComposedTablePreview(props: PreviewProps): ReactNode {
	const { t } = useTranslation();
	const client = useQueryClient();
	const { id, entry } = props;
	const composed = useQuery({
		queryKey: ["composed-table", id, entry.path],
		staleTime: Number.POSITIVE_INFINITY,
		enabled: props.as !== "source",
		queryFn: ({ signal }) => readComposed(client, id, entry.path, signal),
	});
	if (props.as === "source") return <JsonPreview {...props} />;
	if (composed.isPending) return <PreviewWait />;
	if (composed.isError) {
		return (
			<>
				<PreviewFault error={composed.error} text={t("files.cannotCompose")} />
				<JsonPreview {...props} />
			</>
		);
	}
	const { table, parts, ofParts } = composed.data;
	return (
		<>
			{parts < ofParts ? (
				<p className="preview-note">{t("files.someParts", { shown: parts, total: ofParts })}</p>
			) : null}
			<WandbTableGrid id={id} label={entry.name} table={table} />
		</>
	);
}
