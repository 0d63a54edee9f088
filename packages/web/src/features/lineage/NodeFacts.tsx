import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../graphql-client.ts";
import { Chips } from "../../ui/Chips.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { formatBytes, formatDuration, formatValue } from "../../ui/format.ts";
import { StateBadge } from "../../ui/StateBadge.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { LineageRunDocument, LineageVersionDocument, type LineageVersionQuery } from "./lineage.graphql.gen.ts";
import type { LineageLink, LineageNode } from "./lineage-api.ts";
import { NodeLink } from "./NodeLink.tsx";

type Lines = { above: ReadonlySet<number>; below: ReadonlySet<number> };
type Props = { node: LineageNode; lines: Lines };

const mostMetrics = 6;

/** The numbers of a summary that a reader looks for: none of the client's own keys. */
function metricsOf(summary: string | null | undefined): [string, number][] {
	const parsed: unknown = summary ? JSON.parse(summary) : {};
	const entries: [string, unknown][] = typeof parsed === "object" && parsed !== null ? Object.entries(parsed) : [];
	return entries.filter(
		(entry): entry is [string, number] => typeof entry[1] === "number" && !entry[0].startsWith("_"),
	);
}

function LinesText({ lines }: { lines: Lines }): ReactNode {
	const { t } = useTranslation();
	return t("graph.lineCounts", { above: lines.above.size, below: lines.below.size });
}

function RunFacts({ node, lines }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const [entity = "", project = ""] = node.project?.split("/") ?? [];
	const run = node.run ?? "";
	const { data } = useQuery({
		queryKey: ["lineage-run", node.id],
		queryFn: ({ signal }) => ask(LineageRunDocument, { entity, project, run }, signal),
		enabled: !node.isDeleted,
	});
	const details = data?.project?.run;
	const length = details?.heartbeatAt ? Date.parse(details.heartbeatAt) - Date.parse(details.createdAt) : undefined;
	const metrics = metricsOf(details?.summaryMetrics).slice(0, mostMetrics);
	return (
		<Facts
			facts={[
				{ name: t("graph.runId"), value: <span className="mono">{run}</span> },
				{ name: t("run.name"), value: <NodeLink node={node} /> },
				{
					name: t("run.state"),
					value: node.isDeleted ? t("graph.deleted") : <StateBadge state={node.state ?? null} />,
				},
				{ name: t("run.jobType"), value: node.type },
				{ name: t("run.sweep"), value: node.sweep },
				{ name: t("run.started"), value: <TimeText at={node.createdAt} full /> },
				{ name: t("run.duration"), value: length === undefined ? null : formatDuration(length) },
				{ name: t("run.user"), value: details?.user?.username ?? details?.user?.name },
				{ name: t("graph.inputs"), value: details?.inputArtifacts?.totalCount },
				{ name: t("graph.outputs"), value: details?.outputArtifacts?.totalCount },
				...metrics.map(([name, value]) => ({ name, value: formatValue(value, i18n.language) })),
				{ name: t("graph.lines"), value: <LinesText lines={lines} /> },
				{ name: t("graph.project"), value: node.project },
			]}
		/>
	);
}

function linkName({ project, collection, version }: LineageLink): string {
	return `${project.split("/")[1]}/${collection}:v${version}`;
}

function producerOf(version: LineageVersionQuery["artifact"] | undefined): string | null {
	const maker = version?.createdBy;
	if (!maker) return null;
	return "project" in maker ? (maker.displayName ?? maker.name) : (maker.username ?? maker.name);
}

function VersionFacts({ node, lines }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const { data } = useQuery({
		queryKey: ["lineage-version", node.id],
		queryFn: ({ signal }) => ask(LineageVersionDocument, { id: node.id }, signal),
		enabled: !node.isDeleted,
	});
	const version = data?.artifact;
	const fullName = `${node.project}/${node.name}`;
	return (
		<Facts
			facts={[
				{
					name: t("artifact.fullName"),
					value: (
						<>
							<NodeLink node={node} text={fullName} /> <CopyButton text={fullName} label={t("artifact.fullName")} />
						</>
					),
				},
				{ name: t("graph.type"), value: node.type },
				{ name: t("run.state"), value: node.isDeleted ? t("graph.deleted") : null },
				{ name: t("ui.created"), value: <TimeText at={node.createdAt} full /> },
				{
					name: t("artifact.aliases"),
					value: node.aliases?.length ? <Chips kind="alias" texts={node.aliases} /> : null,
				},
				{ name: t("graph.loggedBy"), value: producerOf(version) },
				{ name: t("graph.producers"), value: version?.producedBy?.totalCount },
				{ name: t("graph.consumers"), value: version?.usedBy?.totalCount },
				{ name: t("graph.size"), value: version ? formatBytes(version.size, i18n.language) : null },
				{ name: t("graph.files"), value: version?.fileCount },
				{ name: t("artifact.description"), value: version?.description },
				...(node.links ?? []).map((link) => ({
					name: link.isRegistry ? t("graph.registryLink") : t("graph.link"),
					value: (
						<>
							{linkName(link)} <Chips kind="alias" texts={link.aliases} />
						</>
					),
				})),
				{ name: t("graph.lines"), value: <LinesText lines={lines} /> },
			]}
		/>
	);
}

/** What documents promise to show of a run and of a version that is clicked. */
export function NodeFacts({ node, lines }: Props): ReactNode {
	return node.kind === "run" ? <RunFacts node={node} lines={lines} /> : <VersionFacts node={node} lines={lines} />;
}
