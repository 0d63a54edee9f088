import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, Navigate, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { projectCrumbs } from "../../app-shell/crumbs.tsx";
import { nodesOf, nodesOfPages } from "../../graphql-client.ts";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import { AccessBadge } from "../entity/ProjectTable.tsx";
import { firstArtifactCode } from "../home/first-artifact-code.ts";
import { registryNameOf } from "../registry/registry-paths.ts";
import { SweepTable } from "../sweep/SweepTable.tsx";
import { projectQuery, projectRunsQuery } from "./project.queries.ts";
import { RunTable } from "./RunTable.tsx";

/** A project: its runs, newest first, its sweeps, the way to its artifacts. */
export function ProjectPage(): ReactNode {
	const { t } = useTranslation();
	const params = useParams({ from: "/frame/$entity/$project" });
	const { data: project } = useSuspenseQuery(projectQuery(params.entity, params.project));
	const runs = useSuspenseInfiniteQuery(projectRunsQuery(params.entity, params.project));
	const rows = nodesOfPages(runs.data.pages);
	const sweeps = nodesOf(project.sweeps);
	const organization = project.entity.organization?.name;
	if (project.isRegistry && organization !== undefined) {
		const registry = registryNameOf(project.name);
		return <Navigate to="/orgs/$org/registry/$registry" params={{ org: organization, registry }} replace />;
	}
	return (
		<>
			<PageHeader
				title={project.name}
				crumbs={projectCrumbs(project.entityName)}
				actions={
					<Link to="/$entity/$project/artifacts" params={params} className="link">
						{t("nav.artifacts")}
					</Link>
				}
			>
				<CopyButton text={`${project.entityName}/${project.name}`} label={t("project.path")} />
				<AccessBadge access={project.access} />
			</PageHeader>
			{project.description ? <p className="lead">{project.description}</p> : null}
			<Section title={t("project.runs")} count={project.runCount}>
				{rows.length > 0 ? (
					<RunTable entity={project.entityName} project={project.name} runs={rows} more={runs} />
				) : (
					<EmptyState text={t("project.noRuns")} code={firstArtifactCode(project.entityName, project.name)} />
				)}
			</Section>
			{sweeps.length > 0 ? (
				<Section title={t("project.sweeps")} count={project.totalSweeps}>
					<SweepTable entity={project.entityName} project={project.name} sweeps={sweeps} />
				</Section>
			) : null}
		</>
	);
}
