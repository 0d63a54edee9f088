import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOf } from "../../graphql-client.ts";
import { type Column, DataTable } from "../../ui/DataTable.tsx";
import { Section } from "../../ui/Section.tsx";
import { type Person, type Project, projectPeopleQuery } from "./project.queries.ts";

const roleKeys = {
	admin: "projectRole.admin",
	member: "projectRole.member",
	viewer: "projectRole.viewer",
	restricted_viewer: "projectRole.restrictedViewer",
} as const;

function isRole(text: string): text is keyof typeof roleKeys {
	return Object.hasOwn(roleKeys, text);
}

/** A role in words. */
export function RoleText({ role }: { role: string }): ReactNode {
	const { t } = useTranslation();
	return isRole(role) ? t(roleKeys[role]) : role;
}

const originKeys = {
	ORGANIZATION_ADMIN: "projectRoleOrigin.organizationAdmin",
	GIVEN: "projectRoleOrigin.given",
	TEAM: "projectRoleOrigin.team",
	DEFAULT: "projectRoleOrigin.default",
	MAKER: "projectRoleOrigin.maker",
	OWNER: "projectRoleOrigin.owner",
	EVERYBODY: "projectRoleOrigin.everybody",
} as const;

function Origins({ person }: { person: Person }): ReactNode {
	const { t } = useTranslation();
	const texts = person.origins.map(({ kind, team }) => t(originKeys[kind], { team: team?.name ?? "" }));
	return <span className="quiet">{texts.join(", ")}</span>;
}

/** Everybody who has a role in a project, and where it comes from; nothing where the reader may not see that. */
export function ProjectPeople({ project, actions }: { project: Project; actions?: Column<Person> }): ReactNode {
	const { t } = useTranslation();
	const { data } = useSuspenseQuery(projectPeopleQuery({ entity: project.entityName, project: project.name }));
	const people = nodesOf(data.people);
	if (people.length === 0) return null;
	return (
		<Section title={t("project.people")} count={people.length}>
			<DataTable
				label={t("project.people")}
				rows={people}
				rowKey={({ user }) => user.id}
				columns={[
					{
						id: "name",
						title: t("ui.name"),
						kind: "main",
						cell: ({ user }) => (
							<>
								<Link to="/$entity" params={{ entity: user.username ?? user.name }} className="link">
									{user.username ?? user.name}
								</Link>{" "}
								{user.name === user.username ? null : <span className="quiet">{user.name}</span>}
							</>
						),
					},
					{ id: "role", title: t("project.role"), kind: "tight", cell: ({ role }) => <RoleText role={role} /> },
					{ id: "origin", title: t("project.roleFrom"), cell: (person) => <Origins person={person} /> },
					...(actions ? [actions] : []),
				]}
			/>
		</Section>
	);
}
