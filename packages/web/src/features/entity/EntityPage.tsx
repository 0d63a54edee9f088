import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOfPages } from "../../graphql-client.ts";
import { Chips } from "../../ui/Chips.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FilterInput } from "../../ui/FilterInput.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { LineSkeleton } from "../../ui/LineSkeleton.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import { firstArtifactCode } from "../home/first-artifact-code.ts";
import "../home/home.css";
import { type EntityInfo, entityProjectsQuery, entityQuery } from "./entity.queries.ts";
import { Members } from "./Members.tsx";
import { ProjectTable } from "./ProjectTable.tsx";

const types = { user: "user", team: "team", organization: "organization" } as const;
const defaultOrder = "-created_at";

function isEntityType(text: string): text is keyof typeof types {
	return Object.hasOwn(types, text);
}

function Projects({ entity }: { entity: string }): ReactNode {
	const { t } = useTranslation();
	const navigate = useNavigate({ from: "/$entity" });
	const { q = "", order = defaultOrder } = useSearch({ from: "/frame/$entity" });
	const projects = useInfiniteQuery({ ...entityProjectsQuery(entity, { text: q, order }), throwOnError: true });
	if (projects.isPending) return <LineSkeleton />;
	const own = nodesOfPages(projects.data?.pages ?? []).filter(({ isRegistry }) => !isRegistry);
	if (own.length === 0 && q === "") {
		return <EmptyState text={t("entity.noProjects")} code={firstArtifactCode(entity, "my-first-project")} />;
	}
	return (
		<>
			<FilterInput
				label={t("shell.findProject")}
				value={q}
				onValue={(text) =>
					void navigate({
						search: ({ q: _, ...rest }) => (text === "" ? rest : { ...rest, q: text }),
						replace: true,
					})
				}
			/>
			{own.length === 0 ? (
				<EmptyState text={t("teamPage.noneFound", { text: q })} />
			) : (
				<ProjectTable
					label={t("entity.projects")}
					projects={own}
					more={projects}
					sorting={{
						order,
						onOrder: (next) => void navigate({ search: (before) => ({ ...before, order: next }), replace: true }),
					}}
				/>
			)}
		</>
	);
}

/** The way to the settings, for those who belong there. */
function SettingsLink({ entity }: { entity: EntityInfo }): ReactNode {
	const { t } = useTranslation();
	const { capabilities, entityType, name, organization } = entity;
	if (organization === null) return null;
	const text = (
		<>
			<Icon name="settings" /> {t("nav.settings")}
		</>
	);
	if (entityType === "team" && capabilities.includes("TEAM_SEE")) {
		const params = { org: organization.name, team: name };
		return (
			<Link to="/orgs/$org/teams/$team/settings" params={params} className="link with-icon">
				{text}
			</Link>
		);
	}
	if (entityType !== "organization" || !capabilities.includes("ORGANIZATION_SEE")) return null;
	return (
		<Link to="/orgs/$org/settings" params={{ org: organization.name }} className="link with-icon">
			{text}
		</Link>
	);
}

/** The profile of a team, a user or an organisation: its name is the entity that code names. */
export function EntityPage(): ReactNode {
	const { t } = useTranslation();
	const { entity: name } = useParams({ from: "/frame/$entity" });
	const { data: entity } = useSuspenseQuery(entityQuery(name));
	return (
		<>
			<PageHeader title={entity.name} actions={<SettingsLink entity={entity} />}>
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
					<Projects key={entity.id} entity={entity.name} />
				</Section>
				{entity.members ? <Members members={entity.members} /> : null}
			</div>
		</>
	);
}
