import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { DataTable, type More, type Sorting } from "../../ui/DataTable.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import type { ProjectLine } from "../home/home.queries.ts";

const accessKeys = { PRIVATE: "private", USER_READ: "public", USER_WRITE: "open", RESTRICTED: "restricted" } as const;

function isAccess(text: string | null): text is keyof typeof accessKeys {
	return text !== null && Object.hasOwn(accessKeys, text);
}

/** Who may read and write a project, in one word. */
export function AccessBadge({ access }: { access: string | null }): ReactNode {
	const { t } = useTranslation();
	return isAccess(access) ? <Chips texts={[t(`access.${accessKeys[access]}`)]} /> : null;
}

type Props = { label: string; projects: ProjectLine[]; withEntity?: boolean; more?: More; sorting?: Sorting };

function ProjectName({ project, withEntity }: { project: ProjectLine; withEntity: boolean }): ReactNode {
	const { name, entityName, description } = project;
	return (
		<>
			<Link to="/$entity/$project" params={{ entity: entityName, project: name }} className="link">
				{withEntity ? `${entityName}/${name}` : name}
			</Link>
			{description && !withEntity ? <p className="row-lead">{description}</p> : null}
		</>
	);
}

/** Projects, each with its number of runs and when something last happened there. */
export function ProjectTable({ label, projects, withEntity = false, more, sorting }: Props): ReactNode {
	const { t } = useTranslation();
	return (
		<DataTable
			label={label}
			rows={projects}
			rowKey={({ id }) => id}
			{...(more ? { more } : {})}
			{...(sorting ? { sorting } : {})}
			columns={[
				{
					id: "name",
					title: t("project.name"),
					kind: "main",
					order: "name",
					cell: (project) => <ProjectName project={project} withEntity={withEntity} />,
				},
				{
					id: "access",
					title: t("project.access"),
					kind: "tight",
					cell: ({ access }) => <AccessBadge access={access} />,
				},
				{ id: "runs", title: t("project.runs"), kind: "number", cell: ({ runCount }) => runCount },
				{
					id: "activity",
					title: t("teamPage.lastActivity"),
					kind: "tight",
					wideOnly: true,
					cell: ({ lastActivityAt, createdAt }) => <TimeText at={lastActivityAt ?? createdAt} />,
				},
				...(sorting
					? [
							{
								id: "created",
								title: t("ui.created"),
								kind: "tight" as const,
								order: "created_at",
								wideOnly: true,
								cell: ({ createdAt }: ProjectLine) => <TimeText at={createdAt} />,
							},
						]
					: []),
			]}
		/>
	);
}
