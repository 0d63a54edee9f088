import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { DataTable, type More } from "../../ui/DataTable.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import type { HomeProject } from "../home/home.queries.ts";

const accessKeys = { PRIVATE: "private", USER_READ: "public", USER_WRITE: "open", RESTRICTED: "restricted" } as const;

function isAccess(text: string | null): text is keyof typeof accessKeys {
	return text !== null && Object.hasOwn(accessKeys, text);
}

/** Who may read and write a project, in one word. */
export function AccessBadge({ access }: { access: string | null }): ReactNode {
	const { t } = useTranslation();
	return isAccess(access) ? <Chips texts={[t(`access.${accessKeys[access]}`)]} /> : null;
}

type Props = { label: string; projects: HomeProject[]; withEntity?: boolean; more?: More };

/** Projects, each with its number of runs and its last change. */
export function ProjectTable({ label, projects, withEntity, more }: Props): ReactNode {
	const { t } = useTranslation();
	return (
		<DataTable
			label={label}
			rows={projects}
			rowKey={({ id }) => id}
			{...(more ? { more } : {})}
			columns={[
				{
					id: "name",
					title: t("project.name"),
					kind: "main",
					cell: ({ name, entityName }) => (
						<Link to="/$entity/$project" params={{ entity: entityName, project: name }} className="link">
							{withEntity ? `${entityName}/${name}` : name}
						</Link>
					),
				},
				{
					id: "access",
					title: t("project.access"),
					kind: "tight",
					cell: ({ access }) => <AccessBadge access={access} />,
				},
				{ id: "runs", title: t("project.runs"), kind: "number", cell: ({ runCount }) => runCount },
				{
					id: "updated",
					title: t("ui.updated"),
					kind: "tight",
					wideOnly: true,
					cell: ({ updatedAt, createdAt }) => <TimeText at={updatedAt ?? createdAt} />,
				},
			]}
		/>
	);
}
