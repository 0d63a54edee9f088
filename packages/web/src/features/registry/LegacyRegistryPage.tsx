import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { projectCrumbs } from "../../app-shell/crumbs.tsx";
import { nodesOfPages } from "../../graphql-client.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import { CollectionLink } from "../artifact/CollectionLink.tsx";
import { CollectionTable } from "../artifact/CollectionTable.tsx";
import { registryCollectionsQuery } from "./registry.queries.ts";

const legacyProject = "model-registry";

/** The old model registry of an entity, with the way to the new one. */
export function LegacyRegistryPage(): ReactNode {
	const { t } = useTranslation();
	const { entity } = useParams({ from: "/frame/$entity/model-registry" });
	const collections = useSuspenseInfiniteQuery(registryCollectionsQuery(entity, legacyProject));
	const rows = nodesOfPages(collections.data.pages);
	return (
		<>
			<PageHeader title={t("legacy.title")} crumbs={projectCrumbs(entity)} />
			<div className="notice">
				<p>{t("legacy.banner")}</p>
				<p>
					<Link to="/registry" className="link">
						{t("home.openRegistry")}
					</Link>
				</p>
			</div>
			<Section title={t("registry.collections")} count={rows.length}>
				{rows.length > 0 ? (
					<CollectionTable
						label={t("registry.collections")}
						collections={rows}
						more={collections}
						withType
						link={(collection) => <CollectionLink entity={entity} project={legacyProject} collection={collection} />}
					/>
				) : (
					<p className="quiet">{t("legacy.empty")}</p>
				)}
			</Section>
		</>
	);
}
