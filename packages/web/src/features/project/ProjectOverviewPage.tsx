import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { ask, nodesOf } from "../../graphql-client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { EditableMarkdown } from "../../ui/EditableMarkdown.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { LineSkeleton } from "../../ui/LineSkeleton.tsx";
import { Section } from "../../ui/Section.tsx";
import { StateBadge } from "../../ui/StateBadge.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { useChange } from "../../ui/use-change.ts";
import { RunLink } from "../run/RunLink.tsx";
import type { RunRow } from "../run/run.queries.ts";
import { durationOf } from "../run/run-duration.ts";
import { accessWords } from "./access-words.ts";
import { ProjectFrame } from "./ProjectHead.tsx";
import { ProjectPeople } from "./ProjectPeople.tsx";
import { SaveProjectDocument } from "./project.graphql.gen.ts";
import { type Project, type ProjectCounts, projectCountsQuery, projectQuery } from "./project.queries.ts";
import "./overview.css";

const route = getRouteApi("/frame/$entity/$project/overview");

function Description({ project }: { project: Project }): ReactNode {
	const { t } = useTranslation();
	const { mutate } = useChange((description: string) => ask(SaveProjectDocument, { id: project.id, description }), {
		stale: [["project", project.entityName, project.name]],
	});
	const mayEdit = project.capabilities.includes("PROJECT_ADMINISTER");
	if (!mayEdit && !project.description) return null;
	return (
		<EditableMarkdown
			untitled
			title={t("project.description")}
			text={project.description}
			empty={t("project.descriptionHint")}
			onSave={mayEdit ? (text) => mutate(text) : undefined}
		/>
	);
}

function Tile({ count, title, to }: { count: number; title: string; to: ReactNode }): ReactNode {
	return (
		<li className="tile">
			<span className="tile-count">{count.toLocaleString()}</span>
			<span className="tile-title">{title}</span>
			{to}
		</li>
	);
}

/** The newest of what changed the project and what its newest runs said. */
function lastActivity(project: Project, runs: { createdAt: string; heartbeatAt: string | null }[]): string {
	const times = runs.map(({ createdAt, heartbeatAt }) => heartbeatAt ?? createdAt);
	return [project.createdAt, project.updatedAt ?? "", ...times].sort().at(-1) ?? project.createdAt;
}

function Counts({ project, data }: { project: Project; data: ProjectCounts }): ReactNode {
	const { t } = useTranslation();
	const params = { entity: project.entityName, project: project.name };
	const types = nodesOf(data.artifactTypes);
	const collections = types.reduce((sum, type) => sum + (type.artifactCollections?.totalCount ?? 0), 0);
	const runsWith = (states: string) => ({ where: JSON.stringify([["state", "is", states]]) });
	return (
		<ul className="tiles" aria-label={t("project.counts")}>
			<Tile
				count={project.runCount}
				title={t("project.runs")}
				to={<Link to="/$entity/$project" params={params} aria-label={t("project.runs")} className="tile-link" />}
			/>
			<Tile
				count={data.running}
				title={t("project.running")}
				to={
					<Link
						to="/$entity/$project"
						params={params}
						search={runsWith("running")}
						aria-label={t("project.running")}
						className="tile-link"
					/>
				}
			/>
			<Tile count={data.failed} title={t("project.failed")} to={null} />
			<Tile
				count={collections}
				title={t("nav.artifacts")}
				to={
					<Link
						to="/$entity/$project/artifacts"
						params={params}
						aria-label={t("nav.artifacts")}
						className="tile-link"
					/>
				}
			/>
			<Tile
				count={project.totalSweeps}
				title={t("project.sweeps")}
				to={
					<Link to="/$entity/$project/sweeps" params={params} aria-label={t("project.sweeps")} className="tile-link" />
				}
			/>
		</ul>
	);
}

type NewestProps = { place: { entity: string; project: string }; runs: RunRow[] };

function NewestRuns({ place, runs }: NewestProps): ReactNode {
	const { t } = useTranslation();
	if (runs.length === 0) return null;
	return (
		<Section title={t("project.newestRuns")}>
			<DataTable
				label={t("project.newestRuns")}
				rows={runs}
				rowKey={({ id }) => id}
				columns={[
					{
						id: "name",
						title: t("run.name"),
						kind: "main",
						cell: (run) => <RunLink {...place} run={run} />,
					},
					{ id: "state", title: t("run.state"), kind: "tight", cell: ({ state }) => <StateBadge state={state} /> },
					{ id: "job", title: t("run.jobType"), wideOnly: true, cell: ({ jobType }) => jobType },
					{
						id: "created",
						title: t("ui.created"),
						kind: "tight",
						cell: ({ createdAt }) => <TimeText at={createdAt} />,
					},
					{
						id: "duration",
						title: t("run.duration"),
						kind: "number",
						wideOnly: true,
						cell: (run) => durationOf(run) ?? "–",
					},
				]}
			/>
		</Section>
	);
}

/** What a project is: its description, counts, newest runs, who may see it and who is in it. */
export function ProjectOverviewPage(): ReactNode {
	const { t } = useTranslation();
	const params = route.useParams();
	const { data: project } = useSuspenseQuery(projectQuery(params));
	const { data: counts } = useSuspenseQuery(projectCountsQuery(params));
	const access = accessWords(project.access, project.entity.isTeam);
	const maker = project.user?.username ?? project.user?.name;
	return (
		<ProjectFrame project={project} tab="overview">
			<Description project={project} />
			<Facts
				facts={[
					{
						name: t("project.owner"),
						value: (
							<Link to="/$entity" params={{ entity: project.entityName }} className="link">
								{project.entityName}
							</Link>
						),
					},
					{ name: t("project.access"), value: access ? `${t(access.name)} · ${t(access.meaning)}` : null },
					{ name: t("project.createdBy"), value: maker },
					{ name: t("ui.created"), value: <TimeText at={project.createdAt} full /> },
					{
						name: t("project.lastActivity"),
						value: <TimeText at={lastActivity(project, nodesOf(counts.runs))} full />,
					},
				]}
			/>
			<Counts project={project} data={counts} />
			<NewestRuns place={params} runs={nodesOf(counts.runs)} />
			<Suspense fallback={<LineSkeleton />}>
				<ProjectPeople project={project} />
			</Suspense>
		</ProjectFrame>
	);
}
