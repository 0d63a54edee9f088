import { useQuery, useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { projectCrumbs } from "../../app-shell/crumbs.tsx";
import { viewerQuery } from "../../app-shell/viewer.queries.ts";
import { nodesOfPages } from "../../graphql-client.ts";
import { Chips } from "../../ui/Chips.tsx";
import { type Column, DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import { versionName } from "../artifact/ArtifactLink.tsx";
import "../../ui/chips.css";
import { useViewState } from "../../ui/use-view-state.ts";
import { registryView } from "./registry-search.ts";
import "./registry.css";
import { updatedColumn } from "../artifact/updated-column.tsx";
import { type CollectionRow, collectionsQuery } from "./registry.queries.ts";

const project = "model-registry";

function columns(entity: string, t: TFunction): Column<CollectionRow>[] {
	return [
		{
			id: "name",
			title: t("artifact.collection"),
			kind: "main",
			order: "name",
			cell: ({ name, defaultArtifactType: { name: type }, tags }) => (
				<span className="with-tags">
					<Link
						to="/$entity/$project/artifacts/$type/$name"
						params={{ entity, project, type, name }}
						className="link artifact"
					>
						{name}
					</Link>
					<Chips texts={tags.edges.map(({ node }) => node.name)} />
				</span>
			),
		},
		{
			id: "type",
			title: t("artifact.type"),
			cell: ({ defaultArtifactType: { name } }) => <Chips kind="type" texts={[name]} />,
		},
		{
			id: "versions",
			title: t("artifact.versions"),
			kind: "number",
			cell: ({ versionCount }) => versionCount,
		},
		{
			id: "newest",
			title: t("registry.newest"),
			wideOnly: true,
			cell: ({ newestMembership: newest }) =>
				newest === null ? null : (
					<span className="with-tags">
						{versionName(newest.versionIndex)}
						<Chips kind="alias" texts={newest.aliases.map(({ alias }) => alias)} />
					</span>
				),
		},
		updatedColumn(t),
	];
}

/** The old model registry of an entity, with the way to the new one where the server shows it. */
export function LegacyRegistryPage(): ReactNode {
	const { t } = useTranslation();
	const [state, change] = useViewState(registryView);
	const { entity } = useParams({ from: "/frame/$entity/model-registry" });
	const { data: viewer } = useQuery(viewerQuery);
	const order = state.sort ?? "+name";
	const collections = useSuspenseInfiniteQuery(collectionsQuery(entity, project, { filters: null, order }));
	const rows = nodesOfPages(collections.data.pages);
	return (
		<>
			<PageHeader title={t("legacy.title")} crumbs={projectCrumbs(entity)} />
			{viewer?.showsRegistry === false ? null : (
				<div className="notice">
					<p>{t("legacy.banner")}</p>
					<p>
						<Link to="/registry" className="link">
							{t("home.openRegistry")}
						</Link>
					</p>
				</div>
			)}
			<Section title={t("registry.collections")} count={collections.data.pages[0]?.totalCount ?? 0}>
				{rows.length === 0 ? (
					<EmptyState text={t("legacy.empty")} />
				) : (
					<DataTable
						label={t("registry.collections")}
						rows={rows}
						rowKey={({ id }) => id}
						more={collections}
						sorting={{ order, onOrder: (sort) => change({ sort }, { replace: true }) }}
						columns={columns(entity, t)}
					/>
				)}
			</Section>
		</>
	);
}
