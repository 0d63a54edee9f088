import { useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOf } from "../../graphql-client.ts";
import { Chips } from "../../ui/Chips.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { formatBytes } from "../../ui/format.ts";
import { Section } from "../../ui/Section.tsx";
import { ArtifactLink } from "../artifact/ArtifactLink.tsx";
import { type ArtifactList, type RunPlace, runArtifactsQuery } from "./run.queries.ts";

type Props = { title: string; list: ArtifactList | null; empty: string; code: string };

function List({ title, list, empty, code }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const artifacts = nodesOf(list);
	return (
		<Section title={title} count={list?.totalCount ?? 0}>
			{artifacts.length > 0 ? (
				<DataTable
					label={title}
					rows={artifacts}
					rowKey={({ id }) => id}
					columns={[
						{
							id: "name",
							title: t("artifact.version"),
							kind: "main",
							cell: (artifact) => <ArtifactLink artifact={artifact} />,
						},
						{
							id: "type",
							title: t("artifact.type"),
							cell: ({ artifactType }) => <Chips kind="type" texts={[artifactType.name]} />,
						},
						{
							id: "size",
							title: t("artifact.size"),
							kind: "number",
							cell: ({ size }) => formatBytes(size, i18n.language),
						},
					]}
				/>
			) : (
				<EmptyState text={empty} code={code} />
			)}
		</Section>
	);
}

/** The edges of the lineage graph that begin and end at a run: what it used, what it logged. */
export function RunArtifacts({ place }: { place: RunPlace }): ReactNode {
	const { t } = useTranslation();
	const { data } = useSuspenseQuery(runArtifactsQuery(place));
	return (
		<div className="split even">
			<List
				title={t("run.inputs")}
				list={data.inputArtifacts}
				empty={t("run.noInputs")}
				code={'artifact = run.use_artifact("NAME:latest")'}
			/>
			<List
				title={t("run.outputs")}
				list={data.outputArtifacts}
				empty={t("run.noOutputs")}
				code={'run.log_artifact("FILE", name="NAME", type="dataset")'}
			/>
		</div>
	);
}
