import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { formatBytes, formatValue } from "../../ui/format.ts";
import { parseRecord } from "../../ui/json.ts";
import { Section } from "../../ui/Section.tsx";
import { useViewState } from "../../ui/use-view-state.ts";
import { diffMetadata } from "./diff-metadata.ts";
import { type ChangeKind, changesQuery, changeTotalsQuery, comparedVersionQuery } from "./entries.queries.ts";
import { PreviewFault, PreviewWait } from "./previews/PreviewStates.tsx";
import "./compare.css";

const kinds = ["ADDED", "REMOVED", "CHANGED"] as const;
const signs = { ADDED: "+", REMOVED: "−", CHANGED: "~" } as const;

type Props = {
	artifact: { id: string; size: number; fileCount: number; metadata: string | null };
	version: string;
	collection: string;
	compare: string;
	tools: ReactNode;
};

function MetadataChanges({ before, after }: { before: string | null; after: string | null }): ReactNode {
	const { t, i18n } = useTranslation();
	const changes = diffMetadata(parseRecord(before), parseRecord(after));
	const draw = (value: unknown) =>
		value === undefined ? <span className="quiet">–</span> : formatValue(value, i18n.language);
	if (changes.length === 0) return null;
	return (
		<Section title={t("artifact.tab.metadata")} count={changes.length}>
			<DataTable
				label={t("artifact.tab.metadata")}
				rows={changes}
				rowKey={({ key }) => key}
				columns={[
					{ id: "key", title: t("ui.key"), kind: "main", cell: ({ key }) => <span className="mono">{key}</span> },
					{ id: "before", title: t("files.before"), cell: ({ before: value }) => draw(value) },
					{ id: "after", title: t("files.after"), cell: ({ after: value }) => draw(value) },
				]}
			/>
		</Section>
	);
}

type ChangesProps = { both: { id: string; before: string }; total: number; onFile: (path: string) => void };

function FileChanges({ both, total, onFile }: ChangesProps): ReactNode {
	const { t, i18n } = useTranslation();
	const [{ only }] = useViewState(["only"]);
	const kind = kinds.find((each) => each.toLowerCase() === only);
	const changes = useInfiniteQuery(changesQuery(both, kind));
	if (changes.isPending) return <PreviewWait />;
	if (changes.isError) return <PreviewFault error={changes.error} />;
	const bytes = (size: number | null) => (size === null ? "–" : formatBytes(size, i18n.language));
	return (
		<Section title={t("artifact.files")} count={total}>
			<DataTable
				label={t("artifact.files")}
				rows={changes.data.pages.flatMap(({ edges }) => edges.map(({ node }) => node))}
				rowKey={({ path }) => path}
				more={changes}
				columns={[
					{
						id: "kind",
						title: t("files.change"),
						kind: "tight",
						cell: (row) => (
							<span className="change" data-kind={row.kind}>
								<span aria-hidden="true">{signs[row.kind]}</span> {t(`files.kind.${row.kind}`)}
							</span>
						),
					},
					{
						id: "path",
						title: t("ui.name"),
						kind: "main",
						cell: ({ path, kind: how }) =>
							how === "REMOVED" ? (
								<span className="mono">{path}</span>
							) : (
								<button type="button" className="link plain mono" onClick={() => onFile(path)}>
									{path}
								</button>
							),
					},
					{ id: "before", title: t("files.before"), kind: "number", cell: ({ sizeBefore }) => bytes(sizeBefore) },
					{ id: "after", title: t("files.after"), kind: "number", cell: ({ sizeAfter }) => bytes(sizeAfter) },
				]}
			/>
		</Section>
	);
}

/** What a version has that another has not, and the other way round: files by path, and metadata. */
export function VersionCompare({ artifact, version, collection, compare, tools }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const [{ only }, set] = useViewState(["only"]);
	const { data: other } = useSuspenseQuery(comparedVersionQuery(collection, compare));
	const both = { id: artifact.id, before: other.artifact.id };
	const { data: totals } = useSuspenseQuery(changeTotalsQuery(both));
	const byKind = new Map(totals.map((total) => [total.kind, total]));
	const count = totals.reduce((sum, total) => sum + total.count, 0);
	const growth = artifact.size - other.artifact.size;
	const delta = `${growth < 0 ? "−" : "+"}${formatBytes(Math.abs(growth), i18n.language)}`;
	const sizeOf = (kind: ChangeKind) => (kind === "REMOVED" ? "sizeBefore" : "sizeAfter");
	const metadataDiffers = diffMetadata(parseRecord(other.artifact.metadata), parseRecord(artifact.metadata)).length > 0;
	return (
		<div className="stack">
			<div className="compare-head">
				<h2>{t("files.compared", { version, other: `v${other.index}` })}</h2>
				{tools}
				<span className="quiet">{t("files.sizeChange", { delta })}</span>
				{count > 0 ? (
					// biome-ignore lint/a11y/useSemanticElements: a fieldset looks like a form
					<span className="compare-kinds" role="group" aria-label={t("files.show")}>
						{kinds.flatMap((kind) => {
							const total = byKind.get(kind);
							if (!total) return [];
							const word = kind.toLowerCase();
							return (
								<button
									key={kind}
									type="button"
									className="change-total"
									data-kind={kind}
									aria-pressed={only === word}
									onClick={() => set({ only: only === word ? undefined : word }, { replace: true })}
								>
									{t(`files.total.${kind}`, { number: total.count.toLocaleString(i18n.language) })}
									<span className="quiet">{formatBytes(total[sizeOf(kind)], i18n.language)}</span>
								</button>
							);
						})}
					</span>
				) : null}
			</div>
			{count === 0 && !metadataDiffers ? <EmptyState text={t("files.same")} /> : null}
			<MetadataChanges before={other.artifact.metadata} after={artifact.metadata} />
			{count > 0 ? (
				<FileChanges
					both={both}
					total={count}
					onFile={(path) => set({ file: path, compare: undefined, only: undefined })}
				/>
			) : null}
		</div>
	);
}
