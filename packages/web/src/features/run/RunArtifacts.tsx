import { useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { type Column, DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { formatBytes } from "../../ui/format.ts";
import { Section } from "../../ui/Section.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { ArtifactLink } from "../artifact/ArtifactLink.tsx";
import type { RunArtifactFragment } from "./run.graphql.gen.ts";
import { type RunPlace, runArtifactsQuery } from "./run.queries.ts";

type Row = RunArtifactFragment & { usedAs?: string | null };

type Props = { title: string; rows: Row[]; total: number; empty: string; code: string };

function List({ title, rows, total, empty, code }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const columns: Column<Row>[] = [
		{
			id: "name",
			title: t("artifact.version"),
			kind: "main",
			cell: (artifact) => (
				<>
					<ArtifactLink artifact={artifact} />{" "}
					<Chips kind="alias" texts={(artifact.aliases ?? []).map(({ alias }) => alias)} />
				</>
			),
		},
		{
			id: "type",
			title: t("artifact.type"),
			cell: ({ artifactType }) => <Chips kind="type" texts={[artifactType.name]} />,
		},
		{ id: "size", title: t("artifact.size"), kind: "number", cell: ({ size }) => formatBytes(size, i18n.language) },
		{
			id: "created",
			title: t("ui.created"),
			kind: "tight",
			wideOnly: true,
			cell: ({ createdAt }) => <TimeText at={createdAt} />,
		},
	];
	const usedAs: Column<Row> = {
		id: "used-as",
		title: t("run.usedAs"),
		cell: (row) => (row.usedAs ? <span className="mono">{row.usedAs}</span> : "–"),
	};
	return (
		<Section title={title} count={total}>
			{rows.length > 0 ? (
				<DataTable
					label={title}
					rows={rows}
					rowKey={({ id }) => id}
					columns={rows.some((row) => row.usedAs) ? [...columns.slice(0, 1), usedAs, ...columns.slice(1)] : columns}
				/>
			) : (
				<EmptyState text={empty} code={code} />
			)}
			{rows.length < total ? <p className="quiet">{t("run.moreArtifacts", { shown: rows.length, total })}</p> : null}
		</Section>
	);
}

/** The edges of the lineage graph that begin and end at a run: what it used, what it logged. */
export function RunArtifacts({ place }: { place: RunPlace }): ReactNode {
	const { t } = useTranslation();
	const { data } = useSuspenseQuery(runArtifactsQuery(place));
	const { inputArtifacts: inputs, outputArtifacts: outputs } = data;
	return (
		<div className="split even">
			<List
				title={t("run.inputs")}
				rows={inputs?.edges.flatMap(({ node, usedAs }) => (node ? [{ ...node, usedAs }] : [])) ?? []}
				total={inputs?.totalCount ?? 0}
				empty={t("run.noInputs")}
				code={'artifact = run.use_artifact("NAME:latest")'}
			/>
			<List
				title={t("run.outputs")}
				rows={outputs?.edges.flatMap(({ node }) => node ?? []) ?? []}
				total={outputs?.totalCount ?? 0}
				empty={t("run.noOutputs")}
				code={'run.log_artifact("FILE", name="NAME", type="dataset")'}
			/>
		</div>
	);
}
