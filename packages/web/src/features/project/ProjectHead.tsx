import { Navigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { projectCrumbs } from "../../app-shell/crumbs.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { type TabLink, TabLinks } from "../../ui/TabLinks.tsx";
import { AccessBadge } from "../entity/ProjectTable.tsx";
import { registryNameOf } from "../registry/registry-paths.ts";
import type { Project } from "./project.queries.ts";

export type ProjectTab = "runs" | "overview" | "sweeps" | "settings";

type Props = { project: Project; tab: ProjectTab; children: ReactNode };

/** What the pages of a project have above them; a registry has pages of its own. */
export function ProjectFrame({ project, tab, children }: Props): ReactNode {
	const { t } = useTranslation();
	const organization = project.entity.organization?.name;
	if (project.isRegistry && organization !== undefined) {
		const registry = registryNameOf(project.name);
		return <Navigate to="/orgs/$org/registry/$registry" params={{ org: organization, registry }} replace />;
	}
	const params = { entity: project.entityName, project: project.name };
	const tabs: TabLink[] = [
		{ id: "runs", title: t("project.runs"), link: { to: "/$entity/$project", params } },
		{ id: "overview", title: t("project.overview"), link: { to: "/$entity/$project/overview", params } },
		{ id: "artifacts", title: t("nav.artifacts"), link: { to: "/$entity/$project/artifacts", params } },
		{ id: "sweeps", title: t("project.sweeps"), link: { to: "/$entity/$project/sweeps", params } },
		...(project.capabilities.includes("PROJECT_ADMINISTER")
			? [{ id: "settings", title: t("nav.settings"), link: { to: "/$entity/$project/settings" as const, params } }]
			: []),
	];
	return (
		<>
			<PageHeader title={project.name} crumbs={projectCrumbs(project.entityName)}>
				<AccessBadge access={project.access} />
				<CopyButton text={`${project.entityName}/${project.name}`} label={t("project.path")} />
			</PageHeader>
			<TabLinks tabs={tabs} current={tab} label={t("ui.tabs")} />
			{children}
		</>
	);
}
