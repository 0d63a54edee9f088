import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { entitiesOf, type Viewer, viewerQuery } from "../../app-shell/viewer.queries.ts";
import { Icon } from "../../ui/Icon.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import { ProjectTable } from "../entity/ProjectTable.tsx";
import { registryNameOf, registryTitle } from "../registry/registry-paths.ts";
import { GettingStarted } from "./GettingStarted.tsx";
import { HomeActivity } from "./HomeActivity.tsx";
import "./home.css";
import { homeQuery } from "./home.queries.ts";

type Organization = { id: string; name: string; registries: { id: string; name: string }[] };

const registriesShown = 8;

function Teams({ viewer }: { viewer: Viewer }): ReactNode {
	const { t } = useTranslation();
	return (
		<Section title={t("nav.entities")}>
			<ul className="link-list">
				{entitiesOf(viewer).map((entity) => (
					<li key={entity}>
						<Icon name={entity === (viewer.username ?? viewer.name) ? "user" : "team"} />
						<Link to="/$entity" params={{ entity }} className="link">
							{entity}
						</Link>
						{entity === viewer.entity ? <span className="quiet">{t("home.default")}</span> : null}
					</li>
				))}
			</ul>
		</Section>
	);
}

function Registries({ organizations }: { organizations: Organization[] }): ReactNode {
	const { t } = useTranslation();
	const all = organizations.flatMap(({ name: org, registries }) =>
		registries.map((registry) => ({ ...registry, org })),
	);
	return (
		<Section title={t("nav.registry")}>
			<p className="quiet">{t("home.registry")}</p>
			<ul className="link-list">
				{all.slice(0, registriesShown).map(({ id, name, org }) => (
					<li key={id}>
						<Icon name="registry" />
						<Link to="/orgs/$org/registry/$registry" params={{ org, registry: registryNameOf(name) }} className="link">
							{registryTitle(registryNameOf(name))}
						</Link>
						{organizations.length > 1 ? <span className="quiet">{org}</span> : null}
					</li>
				))}
			</ul>
			<p>
				<Link to="/registry" className="link">
					{t("home.openRegistry")}
				</Link>
			</p>
		</Section>
	);
}

/** Where one left off: one's runs, what was logged last, projects, teams, the registry. */
export function HomePage(): ReactNode {
	const { t } = useTranslation();
	const { data: viewer } = useSuspenseQuery(viewerQuery);
	const username = viewer?.username ?? viewer?.name ?? "";
	const { data: home } = useSuspenseQuery(homeQuery(username));
	if (viewer === null) return null;
	const { projects, organizations } = home;
	return (
		<>
			<PageHeader title={t("nav.home")} />
			<div className="split">
				{projects.length === 0 ? (
					<GettingStarted entity={entitiesOf(viewer)[0] ?? username} />
				) : (
					<div className="stack">
						<HomeActivity projects={projects} username={username} />
						<Section title={t("home.recent")}>
							<ProjectTable label={t("home.recent")} projects={projects} withEntity />
						</Section>
					</div>
				)}
				<div className="stack">
					<Teams viewer={viewer} />
					{viewer.showsRegistry ? <Registries organizations={organizations} /> : null}
				</div>
			</div>
		</>
	);
}
