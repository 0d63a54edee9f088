import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOfPages } from "../../graphql-client.ts";
import { Chips } from "../../ui/Chips.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import { versionName } from "../artifact/ArtifactLink.tsx";
import { collectionQuery, membershipsQuery } from "../artifact/collection.queries.ts";
import { VersionTable } from "../artifact/VersionTable.tsx";
import { RegistryVersionLink } from "./RegistryVersionLink.tsx";
import { registryQuery } from "./registry.queries.ts";
import { registryCrumbs } from "./registry-crumbs.tsx";
import type { SelectionPath } from "./registry-paths.ts";
import { useLinkCode } from "./use-link-code.ts";

type Props = { place: { org: string; registry: string }; path: SelectionPath };

/** A collection of a registry: the versions linked into it, or how to link the first. */
export function RegistryCollectionPage({ place, path }: Props): ReactNode {
	const { t } = useTranslation();
	const at = { entity: path.entity, project: path.project, name: path.collection };
	const { data } = useSuspenseQuery(registryQuery(place.org, place.registry));
	const { data: collection } = useSuspenseQuery(collectionQuery(at));
	const memberships = useSuspenseInfiniteQuery(membershipsQuery(at));
	const rows = nodesOfPages(memberships.data.pages);
	const type = collection.defaultArtifactType.name;
	const code = useLinkCode({ ...data, collection: collection.name, type });
	return (
		<>
			<PageHeader title={collection.name} crumbs={registryCrumbs(place.org, place.registry, t("nav.registry"))}>
				<CopyButton text={`${path.project}/${collection.name}`} label={t("artifact.path")} />
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
						withSource
						link={({ versionIndex }) => (
							<RegistryVersionLink
								{...place}
								path={{ ...path, collection: collection.name }}
								version={versionName(versionIndex)}
								text={`${path.project}/${collection.name}:${versionName(versionIndex)}`}
							/>
						)}
					/>
				) : (
					<EmptyState text={t("registry.emptyCollection")} code={code} />
				)}
			</Section>
		</>
	);
}
