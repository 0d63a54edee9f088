import { useQuery, useSuspenseInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOfPages } from "../../graphql-client.ts";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FileLink } from "../../ui/FileLink.tsx";
import { formatBytes } from "../../ui/format.ts";
import { Section } from "../../ui/Section.tsx";
import { type Reference, referencesQuery } from "./references.ts";
import { type Version, versionFilesQuery } from "./version.queries.ts";

/** More references than this are not drawn at once. */
const shownReferences = 500;

function ReferenceTable({ references }: { references: Reference[] }): ReactNode {
	const { t, i18n } = useTranslation();
	return (
		<Section title={t("files.references")} count={references.length}>
			<p className="quiet">{t("files.referencesHint")}</p>
			<DataTable
				label={t("files.references")}
				rows={references.slice(0, shownReferences)}
				rowKey={({ name }) => name}
				columns={[
					{ id: "name", title: t("ui.name"), kind: "main", cell: ({ name }) => <span className="mono">{name}</span> },
					{
						id: "uri",
						title: "URI",
						cell: ({ uri }) => (
							<>
								<span className="mono">{uri}</span> <CopyButton text={uri} label="URI" />
							</>
						),
					},
					{
						id: "size",
						title: t("artifact.size"),
						kind: "number",
						cell: ({ size }) => (size === undefined ? "–" : formatBytes(size, i18n.language)),
					},
				]}
			/>
		</Section>
	);
}

/** The files of a version, and the entries that point elsewhere. */
export function VersionFiles({ artifact }: { artifact: Version }): ReactNode {
	const { t, i18n } = useTranslation();
	const files = useSuspenseInfiniteQuery(versionFilesQuery(artifact.id));
	const { data: references = [] } = useQuery(referencesQuery(artifact.id));
	const elsewhere = new Set(references.map(({ name }) => name));
	const nodes = nodesOfPages(files.data.pages);
	const rows = nodes.filter(({ name }) => !elsewhere.has(name));
	return (
		<>
			{rows.length > 0 ? (
				<DataTable
					label={t("artifact.tab.files")}
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
							id: "get",
							title: t("ui.download"),
							kind: "tight",
							cell: ({ name, directUrl }) => <FileLink name={name} url={directUrl} />,
						},
					]}
				/>
			) : null}
			{references.length > 0 ? <ReferenceTable references={references} /> : null}
			{rows.length === 0 && references.length === 0 ? <EmptyState text={t("files.none")} /> : null}
		</>
	);
}
