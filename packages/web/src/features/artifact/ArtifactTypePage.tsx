import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOfPages } from "../../graphql-client.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { artifactCrumbs } from "./artifact-crumbs.tsx";
import { artifactTypeQuery } from "./browser.queries.ts";
import { CollectionLink } from "./CollectionLink.tsx";
import { CollectionTable } from "./CollectionTable.tsx";

/** All collections of one type. */
export function ArtifactTypePage(): ReactNode {
	const { t } = useTranslation();
	const place = useParams({ from: "/frame/$entity/$project/artifacts/$type" });
	const collections = useSuspenseInfiniteQuery(artifactTypeQuery(place));
	const rows = nodesOfPages(collections.data.pages);
	return (
		<>
			<PageHeader
				title={place.type}
				crumbs={artifactCrumbs({ entity: place.entity, project: place.project }, t("nav.artifacts"))}
			/>
			{rows.length > 0 ? (
				<CollectionTable
					label={place.type}
					collections={rows}
					more={collections}
					link={(collection) => (
						<CollectionLink entity={place.entity} project={place.project} collection={collection} />
					)}
				/>
			) : (
				<EmptyState text={t("artifact.none")} />
			)}
		</>
	);
}
