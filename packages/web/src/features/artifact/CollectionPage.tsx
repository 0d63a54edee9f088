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
import { versionName } from "./ArtifactLink.tsx";
import { artifactCrumbs } from "./artifact-crumbs.tsx";
import { collectionQuery, membershipsQuery } from "./collection.queries.ts";
import { VersionTable } from "./VersionTable.tsx";

/** A collection of a project and its versions. */
export function CollectionPage(): ReactNode {
	const { t } = useTranslation();
	const { entity, project, name } = useParams({ from: "/frame/$entity/$project/artifacts/$type/$name" });
	const place = { entity, project, name };
	const { data: collection } = useSuspenseQuery(collectionQuery(place));
	const memberships = useSuspenseInfiniteQuery(membershipsQuery(place));
	const rows = nodesOfPages(memberships.data.pages);
	const type = collection.defaultArtifactType.name;
	return (
		<>
			<PageHeader title={collection.name} crumbs={artifactCrumbs({ entity, project, type }, t("nav.artifacts"))}>
				<CopyButton text={`${entity}/${project}/${collection.name}`} label={t("artifact.path")} />
				<Chips kind="type" texts={[type]} />
				<Chips texts={collection.tags.edges.map(({ node }) => node.name)} />
			</PageHeader>
			{collection.description ? <p className="lead">{collection.description}</p> : null}
			<Section title={t("artifact.versions")} count={collection.versionCount}>
				{rows.length > 0 ? (
					<VersionTable
						label={t("artifact.versions")}
						memberships={rows}
						more={memberships}
						link={({ versionIndex }) => (
							<Link
								to="/$entity/$project/artifacts/$type/$name/$version"
								params={{ ...place, type, version: versionName(versionIndex) }}
								className="link artifact"
							>
								{versionName(versionIndex)}
							</Link>
						)}
					/>
				) : (
					<EmptyState text={t("artifact.noVersions")} />
				)}
			</Section>
		</>
	);
}
