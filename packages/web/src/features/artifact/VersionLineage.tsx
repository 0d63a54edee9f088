import { useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOf } from "../../graphql-client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Section } from "../../ui/Section.tsx";
import { StateBadge } from "../../ui/StateBadge.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { RunLink } from "../run/RunLink.tsx";
import { ArtifactLink } from "./ArtifactLink.tsx";
import type { ArtifactBrief } from "./artifact-brief.ts";
import { runCode } from "./usage-code.ts";
import { useRunHome } from "./use-run-home.ts";
import { type LineageRun, lineageQuery, type Version } from "./version.queries.ts";

type Row = { run: LineageRun; artifacts: ArtifactBrief[]; more: number };
type Edges = { totalCount: number; edges: { node: ArtifactBrief | null }[] } | null;

function toRow(run: LineageRun, edges: Edges): Row {
	const artifacts = nodesOf(edges);
	return { run, artifacts, more: (edges?.totalCount ?? 0) - artifacts.length };
}

function RunRows({ label, rows, other }: { label: string; rows: Row[]; other: string }): ReactNode {
	const { t } = useTranslation();
	return (
		<DataTable
			label={label}
			rows={rows}
			rowKey={({ run }) => run.id}
			columns={[
				{
					id: "run",
					title: t("run.name"),
					kind: "main",
					cell: ({ run }) => <RunLink entity={run.project.entityName} project={run.project.name} run={run} />,
				},
				{ id: "job", title: t("run.jobType"), wideOnly: true, cell: ({ run }) => run.jobType },
				{ id: "state", title: t("run.state"), kind: "tight", cell: ({ run }) => <StateBadge state={run.state} /> },
				{
					id: "artifacts",
					title: other,
					cell: ({ artifacts, more }) => (
						<ul className="file-list">
							{artifacts.map((artifact) => (
								<li key={artifact.id}>
									<ArtifactLink artifact={artifact} /> <span className="quiet">{artifact.artifactType.name}</span>
								</li>
							))}
							{more > 0 ? <li className="quiet">{t("lineage.more", { total: more })}</li> : null}
						</ul>
					),
				},
				{
					id: "created",
					title: t("run.started"),
					kind: "tight",
					wideOnly: true,
					cell: ({ run }) => <TimeText at={run.createdAt} />,
				},
			]}
		/>
	);
}

/** Where a version comes from and where it went: one step to each side. */
export function VersionLineage({ artifact, fullName }: { artifact: Version; fullName?: string }): ReactNode {
	const { t } = useTranslation();
	const { data } = useSuspenseQuery(lineageQuery(artifact.id));
	const producers = data.producedBy?.edges.map(({ node }) => toRow(node, node.inputArtifacts)) ?? [];
	const consumers = data.usedBy?.edges.map(({ node }) => toRow(node, node.outputArtifacts)) ?? [];
	const home = useRunHome(artifact.artifactSequence.project);
	return (
		<>
			<Section title={t("lineage.producers")} count={data.producedBy?.totalCount ?? producers.length}>
				{producers.length > 0 ? (
					<RunRows label={t("lineage.producers")} rows={producers} other={t("lineage.theirInputs")} />
				) : (
					<EmptyState text={t("lineage.noProducers")} />
				)}
			</Section>
			<Section title={t("lineage.consumers")} count={data.usedBy?.totalCount ?? consumers.length}>
				{consumers.length > 0 ? (
					<RunRows label={t("lineage.consumers")} rows={consumers} other={t("lineage.theirOutputs")} />
				) : (
					<EmptyState
						text={t(fullName === undefined ? "usage.noConsumers" : "lineage.noConsumers")}
						{...(fullName === undefined ? {} : { code: runCode(fullName, home) })}
					/>
				)}
			</Section>
		</>
	);
}
