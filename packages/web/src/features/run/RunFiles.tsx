import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOfPages } from "../../graphql-client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FileLink } from "../../ui/FileLink.tsx";
import { formatBytes } from "../../ui/format.ts";
import { TimeText } from "../../ui/TimeText.tsx";
import { type RunPlace, runFilesQuery } from "./run.queries.ts";

/** The files a run saved. */
export function RunFiles({ place }: { place: RunPlace }): ReactNode {
	const { t, i18n } = useTranslation();
	const files = useSuspenseInfiniteQuery(runFilesQuery(place));
	const rows = nodesOfPages(files.data.pages);
	if (rows.length === 0) return <EmptyState text={t("run.noFiles")} />;
	return (
		<DataTable
			label={t("run.tab.files")}
			rows={rows}
			rowKey={({ id }) => id}
			more={files}
			columns={[
				{ id: "name", title: t("ui.name"), kind: "main", cell: ({ name }) => <span className="mono">{name}</span> },
				{
					id: "size",
					title: t("artifact.size"),
					kind: "number",
					cell: ({ sizeBytes }) => formatBytes(sizeBytes, i18n.language),
				},
				{
					id: "updated",
					title: t("ui.updated"),
					kind: "tight",
					wideOnly: true,
					cell: ({ updatedAt }) => <TimeText at={updatedAt} />,
				},
				{
					id: "get",
					title: "",
					kind: "tight",
					cell: ({ name, directUrl }) => <FileLink name={name} url={directUrl} />,
				},
			]}
		/>
	);
}
