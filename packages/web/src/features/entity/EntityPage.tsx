import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOfPages } from "../../graphql-client.ts";
import { Chips } from "../../ui/Chips.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import { firstArtifactCode } from "../home/first-artifact-code.ts";
import { entityProjectsQuery, entityQuery, type Member } from "./entity.queries.ts";
import { ProjectTable } from "./ProjectTable.tsx";

const types = { user: "user", team: "team", organization: "organization" } as const;

function isEntityType(text: string): text is keyof typeof types {
	return Object.hasOwn(types, text);
}

function Members({ members }: { members: Member[] }): ReactNode {
	const { t } = useTranslation();
	return (
		<Section title={t("entity.members")} count={members.length}>
			<ul className="file-list">
				{members.map(({ id, name, username, role, pending }) => (
					<li key={id}>
						{username ? (
							<Link to="/$entity" params={{ entity: username }} className="link">
								{username}
							</Link>
						) : (
							name
						)}
						{role ? <span className="quiet"> · {role}</span> : null}
						{pending ? <span className="quiet"> · {t("entity.pending")}</span> : null}
					</li>
				))}
			</ul>
		</Section>
	);
}

/** The profile of a team, a user or an organisation: its name is the entity that code names. */
export function EntityPage(): ReactNode {
	const { t } = useTranslation();
	const { entity: name } = useParams({ from: "/frame/$entity" });
	const { data: entity } = useSuspenseQuery(entityQuery(name));
	const projects = useSuspenseInfiniteQuery(entityProjectsQuery(name));
	const rows = nodesOfPages(projects.data.pages);
	const own = rows.filter(({ isRegistry }) => !isRegistry);
	return (
		<>
			<PageHeader title={entity.name}>
				<CopyButton text={entity.name} label={t("entity.name")} />
				{isEntityType(entity.entityType) ? <Chips kind="type" texts={[t(`entity.type.${entity.entityType}`)]} /> : null}
			</PageHeader>
			{entity.organization ? (
				<p className="quiet">
					{t("entity.organization")}: {entity.organization.name} ·{" "}
					<Link to="/registry" className="link">
						{t("nav.registry")}
					</Link>
				</p>
			) : null}
			<div className="split">
				<Section title={t("entity.projects")}>
					{own.length > 0 ? (
						<ProjectTable label={t("entity.projects")} projects={own} more={projects} />
					) : (
						<EmptyState text={t("entity.noProjects")} code={firstArtifactCode(entity.name, "my-first-project")} />
					)}
				</Section>
				{entity.members ? <Members members={entity.members} /> : null}
			</div>
		</>
	);
}
