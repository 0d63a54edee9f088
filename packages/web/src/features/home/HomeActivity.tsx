import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { iconOfType } from "../../ui/icon-paths.ts";
import { LineSkeleton } from "../../ui/LineSkeleton.tsx";
import { Section } from "../../ui/Section.tsx";
import { StateBadge } from "../../ui/StateBadge.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { RunLink } from "../run/RunLink.tsx";
import { type HomeRun, type HomeVersion, homeActivityQuery, type ProjectLine } from "./home.queries.ts";

/** So many projects are asked, those where something happened last. */
const projectsAsked = 5;
const shown = 6;

function ProjectName({ entity, project }: { entity: string; project: string }): ReactNode {
	return (
		<Link to="/$entity/$project" params={{ entity, project }} className="link quiet">
			{entity}/{project}
		</Link>
	);
}

function Runs({ runs }: { runs: HomeRun[] }): ReactNode {
	const { t } = useTranslation();
	return (
		<DataTable
			label={t("homePage.runs")}
			rows={runs}
			rowKey={({ run }) => run.id}
			columns={[
				{
					id: "run",
					title: t("run.name"),
					kind: "main",
					cell: ({ entity, project, run }) => <RunLink entity={entity} project={project} run={run} />,
				},
				{ id: "state", title: t("run.state"), kind: "tight", cell: ({ run }) => <StateBadge state={run.state} /> },
				{ id: "project", title: t("project.name"), wideOnly: true, cell: (row) => <ProjectName {...row} /> },
				{ id: "at", title: t("ui.created"), kind: "tight", cell: ({ run }) => <TimeText at={run.createdAt} /> },
			]}
		/>
	);
}

function VersionLink({ entity, project, entry }: HomeVersion): ReactNode {
	const { artifact } = entry;
	if (artifact === null) return null;
	const { id, name } = artifact.artifactSequence;
	// Not those that registries gave it: they do not belong to the name beside them.
	const own = (artifact.aliases ?? []).filter(({ artifactCollection }) => artifactCollection?.id === id);
	const version = `v${artifact.versionIndex ?? 0}`;
	const params = { entity, project, type: artifact.artifactType.name, name, version };
	return (
		<span className="with-icon artifact">
			<Icon name={iconOfType(params.type)} />
			<Link to="/$entity/$project/artifacts/$type/$name/$version" params={params} className="link artifact">
				{name}:{version}
			</Link>
			<Chips kind="alias" texts={own.map(({ alias }) => alias).slice(0, 3)} />
		</span>
	);
}

function Versions({ versions }: { versions: HomeVersion[] }): ReactNode {
	const { t } = useTranslation();
	return (
		<DataTable
			label={t("homePage.versions")}
			rows={versions}
			rowKey={({ entry }) => entry.id}
			columns={[
				{ id: "version", title: t("homePage.version"), kind: "main", cell: (row) => <VersionLink {...row} /> },
				{
					id: "by",
					title: t("homePage.by"),
					wideOnly: true,
					cell: ({ entity, project, entry }) =>
						entry.run ? <RunLink entity={entity} project={project} run={entry.run} /> : (entry.actor?.username ?? ""),
				},
				{ id: "project", title: t("project.name"), wideOnly: true, cell: (row) => <ProjectName {...row} /> },
				{ id: "at", title: t("ui.created"), kind: "tight", cell: ({ entry }) => <TimeText at={entry.at} /> },
			]}
		/>
	);
}

/** The viewer's last runs and the last versions, gathered from the projects where something happened last. */
export function HomeActivity({ projects, username }: { projects: ProjectLine[]; username: string }): ReactNode {
	const { t } = useTranslation();
	const asked = useQueries({
		queries: projects
			.slice(0, projectsAsked)
			.map(({ entityName, name }) => homeActivityQuery({ entity: entityName, project: name }, username)),
	});
	if (asked.some(({ isPending }) => isPending)) {
		return (
			<Section title={t("homePage.runs")}>
				<LineSkeleton lines={shown} />
			</Section>
		);
	}
	const runs = asked
		.flatMap(({ data }) => data?.runs ?? [])
		.sort((a, b) => b.run.createdAt.localeCompare(a.run.createdAt))
		.slice(0, shown);
	const versions = asked
		.flatMap(({ data }) => data?.versions ?? [])
		.sort((a, b) => b.entry.at.localeCompare(a.entry.at))
		.slice(0, shown);
	return (
		<>
			{runs.length > 0 ? (
				<Section title={t("homePage.runs")}>
					<Runs runs={runs} />
				</Section>
			) : null}
			{versions.length > 0 ? (
				<Section title={t("homePage.versions")}>
					<Versions versions={versions} />
				</Section>
			) : null}
		</>
	);
}
