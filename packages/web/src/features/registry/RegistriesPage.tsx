import { Button, TextInput } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import { useViewState } from "../../ui/use-view-state.ts";
import { LegacyBanner } from "./LegacyBanner.tsx";
import { RegistryCards } from "./RegistryCards.tsx";
import { RegistrySearchResults } from "./RegistrySearchResults.tsx";
import { registryView } from "./registry-search.ts";
import "./registry.css";
import type { OrganizationRegistriesFragment } from "./registry.graphql.gen.ts";
import { registriesQuery } from "./registry.queries.ts";

const CreateRegistry = lazyPart(async () => (await import("./CreateRegistry.tsx")).CreateRegistry);

function SearchBar({ text, onSearch }: { text: string; onSearch: (text: string) => void }): ReactNode {
	const { t } = useTranslation();
	const [typed, setTyped] = useState(text);
	useEffect(() => setTyped(text), [text]);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onSearch(typed.trim());
	};
	return (
		<search>
			<form onSubmit={submit} className="registry-search">
				<TextInput
					type="search"
					aria-label={t("registry.search.label")}
					placeholder={t("registry.search.placeholder")}
					leftSection={<Icon name="search" />}
					value={typed}
					onChange={({ currentTarget }) => {
						setTyped(currentTarget.value);
						if (currentTarget.value === "") onSearch("");
					}}
				/>
			</form>
		</search>
	);
}

/** The registries of one organisation: those it has from its start, and those people made. */
function OrganizationPart({ organization }: { organization: OrganizationRegistriesFragment }): ReactNode {
	const { t } = useTranslation();
	const [state, change] = useViewState(registryView);
	const { name, registries, capabilities } = organization;
	const core = registries.filter(({ isCoreRegistry }) => isCoreRegistry);
	const custom = registries.filter(({ isCoreRegistry }) => !isCoreRegistry);
	const mayCreate = capabilities.includes("REGISTRY_CREATE");
	const creating = mayCreate && state.panel === `create:${name}`;
	return (
		<>
			<Section title={t("registry.core")}>
				<RegistryCards org={name} registries={core.sort((a, b) => b.name.localeCompare(a.name))} />
			</Section>
			<Section
				title={t("registry.custom")}
				count={custom.length}
				actions={
					mayCreate ? (
						<Button size="xs" leftSection={<Icon name="plus" />} onClick={() => change({ panel: `create:${name}` })}>
							{t("registry.form.create")}
						</Button>
					) : null
				}
			>
				{custom.length > 0 ? (
					<RegistryCards org={name} registries={custom} />
				) : (
					<EmptyState text={t(mayCreate ? "registry.noCustom" : "registry.noCustomHere")} />
				)}
			</Section>
			{creating ? (
				<CreateRegistry organization={organization} onClose={() => change({ panel: undefined }, { replace: true })} />
			) : null}
		</>
	);
}

/** The registries of my organisations, or of the one that the address names; with a search over all that is in them. */
export function RegistriesPage(): ReactNode {
	const { t } = useTranslation();
	const { org } = useParams({ strict: false });
	const [state, change] = useViewState(registryView);
	const { data: organizations } = useSuspenseQuery(registriesQuery(org));
	const text = state.q ?? "";
	return (
		<>
			<PageHeader title={t("nav.registry")} crumbs={org === undefined ? [] : [org]} />
			<p className="lead">{t("registry.lead")}</p>
			<SearchBar text={text} onSearch={(q) => change({ q: q || undefined })} />
			{organizations.map((organization) => (
				<div key={organization.id} className="stack">
					{organizations.length > 1 ? <h2 className="organization-name">{organization.name}</h2> : null}
					{text === "" ? (
						<OrganizationPart organization={organization} />
					) : (
						<RegistrySearchResults organization={organization} text={text} />
					)}
				</div>
			))}
			{organizations.length === 0 ? <EmptyState text={t("registry.noOrganization")} /> : null}
			<LegacyBanner />
		</>
	);
}
