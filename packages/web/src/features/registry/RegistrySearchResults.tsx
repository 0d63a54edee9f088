import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { RowsSkeleton } from "../../ui/RowsSkeleton.tsx";
import { Section } from "../../ui/Section.tsx";
import { versionName } from "../artifact/ArtifactLink.tsx";
import { updatedColumn } from "../artifact/updated-column.tsx";
import { RegistryCards } from "./RegistryCards.tsx";
import { RegistryVersionLink } from "./RegistryVersionLink.tsx";
import type { OrganizationRegistriesFragment, SearchRegistriesQuery } from "./registry.graphql.gen.ts";
import { searchQuery } from "./registry.queries.ts";
import { registryNameOf, registryTitle } from "./registry-paths.ts";

type OrgEntity = NonNullable<NonNullable<SearchRegistriesQuery["organization"]>["orgEntity"]>;
type FoundCollection = NonNullable<NonNullable<OrgEntity["artifactCollections"]>["edges"][number]["node"]>;
type FoundVersion = NonNullable<NonNullable<OrgEntity["artifactMemberships"]>["edges"][number]["node"]>;
type Home = { name: string; entityName: string };

function RegistryLink({ org, project }: { org: string; project: Home | null }): ReactNode {
	if (project === null) return null;
	const registry = registryNameOf(project.name);
	return (
		<Link to="/orgs/$org/registry/$registry" params={{ org, registry }} className="link">
			{registryTitle(registry)}
		</Link>
	);
}

function Collections({ org, rows, title }: { org: string; rows: FoundCollection[]; title: string }): ReactNode {
	const { t } = useTranslation();
	return (
		<DataTable
			label={title}
			rows={rows}
			rowKey={({ id }) => id}
			columns={[
				{
					id: "name",
					title: t("artifact.collection"),
					kind: "main",
					cell: ({ name, project, tags }) => (
						<span className="with-tags">
							{project === null ? (
								name
							) : (
								<RegistryVersionLink
									org={org}
									registry={registryNameOf(project.name)}
									path={{ entity: project.entityName, project: project.name, collection: name }}
									text={name}
								/>
							)}
							<Chips texts={tags.edges.map(({ node }) => node.name)} />
						</span>
					),
				},
				{
					id: "registry",
					title: t("nav.registry"),
					cell: ({ project }) => <RegistryLink org={org} project={project} />,
				},
				{
					id: "type",
					title: t("artifact.type"),
					wideOnly: true,
					cell: ({ defaultArtifactType: { name } }) => <Chips kind="type" texts={[name]} />,
				},
				{ id: "versions", title: t("artifact.versions"), kind: "number", cell: ({ versionCount }) => versionCount },
				{ ...updatedColumn(t), wideOnly: true },
			]}
		/>
	);
}

function Versions({ org, rows, title }: { org: string; rows: FoundVersion[]; title: string }): ReactNode {
	const { t } = useTranslation();
	return (
		<DataTable
			label={title}
			rows={rows}
			rowKey={({ id }) => id}
			columns={[
				{
					id: "version",
					title: t("artifact.version"),
					kind: "main",
					cell: ({ versionIndex, artifactCollection: collection }) => {
						const text = `${collection?.name ?? ""}:${versionName(versionIndex)}`;
						if (!collection?.project) return text;
						const { name, entityName: entity } = collection.project;
						const path = { entity, project: name, collection: collection.name };
						const version = versionName(versionIndex);
						return <RegistryVersionLink {...{ org, path, version, text }} registry={registryNameOf(name)} />;
					},
				},
				{
					id: "registry",
					title: t("nav.registry"),
					cell: ({ artifactCollection }) => <RegistryLink org={org} project={artifactCollection?.project ?? null} />,
				},
				{
					id: "aliases",
					title: t("artifact.aliases"),
					cell: ({ aliases }) => <Chips kind="alias" texts={aliases.map(({ alias }) => alias)} />,
				},
				{
					id: "tags",
					title: t("ui.tags"),
					cell: ({ artifact }) => <Chips texts={artifact?.tags.map(({ name }) => name) ?? []} />,
				},
			]}
		/>
	);
}

/** What an organisation's registries hold of a text: registries, collections (name, tag), versions (alias, tag). */
export function RegistrySearchResults({
	organization,
	text,
}: {
	organization: OrganizationRegistriesFragment;
	text: string;
}): ReactNode {
	const { t } = useTranslation();
	const { name: org } = organization;
	const { data, isPending } = useQuery({ ...searchQuery(org, text), throwOnError: true });
	const wanted = text.toLowerCase();
	const registries = organization.registries.filter(
		({ name, description }) =>
			registryNameOf(name).toLowerCase().includes(wanted) || description?.toLowerCase().includes(wanted),
	);
	const nothing =
		!isPending && registries.length + (data?.collections.length ?? 0) + (data?.versions.length ?? 0) === 0;
	if (nothing) return <EmptyState text={t("registry.search.none", { text, org })} />;
	return (
		<>
			{registries.length > 0 ? (
				<Section title={t("registry.search.registries")} count={registries.length}>
					<RegistryCards org={org} registries={registries} />
				</Section>
			) : null}
			{isPending ? <RowsSkeleton /> : null}
			{data && data.collections.length > 0 ? (
				<Section title={t("registry.collections")} count={data.collections.length}>
					<Collections org={org} rows={data.collections} title={t("registry.collections")} />
					{data.moreCollections ? <p className="quiet">{t("registry.search.more")}</p> : null}
				</Section>
			) : null}
			{data && data.versions.length > 0 ? (
				<Section title={t("artifact.versions")} count={data.versions.length}>
					<Versions org={org} rows={data.versions} title={t("artifact.versions")} />
					{data.moreVersions ? <p className="quiet">{t("registry.search.more")}</p> : null}
				</Section>
			) : null}
		</>
	);
}
