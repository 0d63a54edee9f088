import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { found } from "../../app-shell/missing-error.ts";
import { nodesOfPages } from "../../graphql-client.ts";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import { CollectionTable } from "../artifact/CollectionTable.tsx";
import { RegistryCollectionPage } from "./RegistryCollectionPage.tsx";
import { RegistryTypes } from "./RegistryTypes.tsx";
import { RegistryVersionLink } from "./RegistryVersionLink.tsx";
import { RegistryVersionPage } from "./RegistryVersionPage.tsx";
import { registryCollectionsQuery, registryQuery } from "./registry.queries.ts";
import { parseSelectionPath, registryNameOf, registryTitle } from "./registry-paths.ts";
import { useLinkCode } from "./use-link-code.ts";

export type RegistryPlace = { org: string; registry: string };

const route = "/frame/orgs/$org/registry/$registry";

function CollectionsPage(place: RegistryPlace): ReactNode {
	const { t } = useTranslation();
	const { data } = useSuspenseQuery(registryQuery(place.org, place.registry));
	const { registry, organization } = data;
	const collections = useSuspenseInfiniteQuery(registryCollectionsQuery(registry.entityName, registry.name));
	const code = useLinkCode({ registry, organization, collection: "first-collection" });
	const rows = nodesOfPages(collections.data.pages);
	const name = registryNameOf(registry.name);
	return (
		<>
			<PageHeader
				title={registryTitle(name)}
				crumbs={[
					<Link key="all" to="/registry" className="link">
						{t("nav.registry")}
					</Link>,
					organization.name,
				]}
			>
				<CopyButton text={registry.name} label={t("registry.path")} />
				<RegistryTypes registry={registry} />
			</PageHeader>
			{registry.description ? <p className="lead">{registry.description}</p> : null}
			<Section title={t("registry.collections")} count={registry.artifactCollections?.totalCount ?? rows.length}>
				{rows.length > 0 ? (
					<CollectionTable
						label={t("registry.collections")}
						collections={rows}
						more={collections}
						withType
						link={(collection) => (
							<RegistryVersionLink
								org={organization.name}
								registry={name}
								path={{ entity: registry.entityName, project: registry.name, collection: collection.name }}
								text={collection.name}
							/>
						)}
					/>
				) : (
					<EmptyState text={t("registry.empty")} code={code} />
				)}
			</Section>
			{rows.length > 0 ? (
				<Section title={t("registry.linkNew")}>
					<CodeBlock code={code} label={t("registry.linkNew")} />
				</Section>
			) : null}
		</>
	);
}

/** A registry, one of its collections, or a version there: the address tells which. */
export function RegistryPage(): ReactNode {
	const place = useParams({ from: route });
	const { selectionPath, version } = useSearch({ from: route });
	if (selectionPath === undefined) return <CollectionsPage {...place} />;
	const path = found(parseSelectionPath(selectionPath), "collection", selectionPath);
	return version === undefined ? (
		<RegistryCollectionPage place={place} path={path} />
	) : (
		<RegistryVersionPage place={place} path={path} version={version} />
	);
}
