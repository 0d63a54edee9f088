import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import { RegistryTypes } from "./RegistryTypes.tsx";
import { type OrganizationRegistries, type RegistryInfo, registriesQuery } from "./registry.queries.ts";
import { isCoreRegistry, registryNameOf, registryTitle } from "./registry-paths.ts";

function Card({ org, registry }: { org: string; registry: RegistryInfo }): ReactNode {
	const { t } = useTranslation();
	const name = registryNameOf(registry.name);
	return (
		<Link to="/orgs/$org/registry/$registry" params={{ org, registry: name }} className="card">
			<h3>{registryTitle(name)}</h3>
			{registry.description ? <p className="quiet">{registry.description}</p> : null}
			<RegistryTypes registry={registry} />
			<span className="count">
				{t("registry.collectionCount", { count: registry.artifactCollections?.totalCount ?? 0 })}
			</span>
		</Link>
	);
}

function Cards({ title, org, registries }: { title: string; org: string; registries: RegistryInfo[] }): ReactNode {
	if (registries.length === 0) return null;
	return (
		<Section title={title}>
			<div className="cards">
				{registries.map((registry) => (
					<Card key={registry.id} org={org} registry={registry} />
				))}
			</div>
		</Section>
	);
}

function OrganizationPart({ organization }: { organization: OrganizationRegistries }): ReactNode {
	const { t } = useTranslation();
	const isCore = ({ name }: RegistryInfo) => isCoreRegistry(registryNameOf(name));
	const { name, registries } = organization;
	return (
		<>
			<div>
				<Chips kind="type" texts={[name]} />
			</div>
			<Cards title={t("registry.core")} org={name} registries={registries.filter(isCore)} />
			<Cards title={t("registry.custom")} org={name} registries={registries.filter((item) => !isCore(item))} />
		</>
	);
}

/** The registries of my organisations: the core ones and the others apart. */
export function RegistriesPage(): ReactNode {
	const { t } = useTranslation();
	const { data: organizations } = useSuspenseQuery(registriesQuery);
	return (
		<>
			<PageHeader title={t("nav.registry")} />
			<p className="lead">{t("registry.lead")}</p>
			{organizations.map((organization) => (
				<OrganizationPart key={organization.id} organization={organization} />
			))}
			{organizations.length === 0 ? <EmptyState text={t("registry.noOrganization")} /> : null}
		</>
	);
}
