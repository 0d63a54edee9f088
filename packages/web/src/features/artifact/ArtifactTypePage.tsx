import { useInfiniteQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PendingPage } from "../../app-shell/PendingPage.tsx";
import { nodesOfPages } from "../../graphql-client.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FilterInput } from "../../ui/FilterInput.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useViewState } from "../../ui/use-view-state.ts";
import { firstArtifactCode } from "../home/first-artifact-code.ts";
import { artifactCrumbs } from "./artifact-crumbs.tsx";
import { artifactTypeQuery } from "./browser.queries.ts";
import { CollectionLink } from "./CollectionLink.tsx";
import { CollectionTable } from "./CollectionTable.tsx";

/** All collections of one type, searched and ordered by the server. */
export function ArtifactTypePage(): ReactNode {
	const { t, i18n } = useTranslation();
	const place = useParams({ from: "/frame/$entity/$project/artifacts/$type" });
	const [{ find, order }, set] = useViewState(["find", "order"]);
	const collections = useInfiniteQuery({ ...artifactTypeQuery(place, find, order), throwOnError: true });
	const rows = nodesOfPages(collections.data?.pages ?? []);
	const total = collections.data?.pages[0]?.totalCount;
	const { entity, project } = place;
	const none =
		find === undefined ? (
			<EmptyState text={t("artifact.none")} code={firstArtifactCode(entity, project)} />
		) : (
			<EmptyState text={t("browser.noneFound")} />
		);
	return (
		<>
			<PageHeader title={place.type} crumbs={artifactCrumbs({ entity, project }, t("nav.artifacts"))}>
				{total === undefined ? null : (
					<span className="count">
						{t("browser.count", { count: total, number: total.toLocaleString(i18n.language) })}
					</span>
				)}
			</PageHeader>
			<FilterInput
				label={t("browser.search")}
				value={find ?? ""}
				onValue={(text) => set({ find: text.trim() || undefined }, { replace: true })}
			/>
			{collections.isPending ? <PendingPage /> : null}
			{rows.length > 0 ? (
				<CollectionTable
					label={place.type}
					collections={rows}
					more={collections}
					sorting={{ order: order ?? "+name", onOrder: (next) => set({ order: next }, { replace: true }) }}
					link={(collection) => <CollectionLink entity={entity} project={project} collection={collection} />}
				/>
			) : null}
			{rows.length === 0 && !collections.isPending ? none : null}
		</>
	);
}
