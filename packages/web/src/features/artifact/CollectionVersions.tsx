import { Button } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { PendingPage } from "../../app-shell/PendingPage.tsx";
import { nodesOfPages } from "../../graphql-client.ts";
import { FilterInput } from "../../ui/FilterInput.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Section } from "../../ui/Section.tsx";
import { useViewState } from "../../ui/use-view-state.ts";
import { versionName } from "./ArtifactLink.tsx";
import { type Collection, type CollectionPlace, type MembershipRow, membershipsQuery } from "./collection.queries.ts";
import { DeleteVersions } from "./DeleteVersions.tsx";
import { VersionTable } from "./VersionTable.tsx";

/** What is not shown until it is asked for. */
const hiddenAtFirst = "digest";

type ActionsProps = { rows: MembershipRow[]; collection: Collection; place: CollectionPlace; onDone: () => void };

/** What can be done with the rows that are ticked. */
function SelectedActions({ rows, collection, place, onDone }: ActionsProps): ReactNode {
	const { t } = useTranslation();
	const [deleting, setDeleting] = useState(false);
	const [older, newer, ...more] = rows.toSorted((a, b) => (a.versionIndex ?? 0) - (b.versionIndex ?? 0));
	const mayDelete = rows.every(({ artifact }) => artifact?.capabilities.includes("VERSION_DELETE"));
	const params = { ...place, type: collection.defaultArtifactType.name, tab: "files" };
	return (
		<>
			<span role="status">{t("artifactCollection.selected", { count: rows.length })}</span>
			{older && newer && more.length === 0 ? (
				<Link
					to="/$entity/$project/artifacts/$type/$name/$version/$tab"
					params={{ ...params, version: versionName(newer.versionIndex) }}
					search={{ compare: versionName(older.versionIndex) }}
					className="button-link"
				>
					<Icon name="compare" />
					{t("artifactCollection.compare", {
						older: versionName(older.versionIndex),
						newer: versionName(newer.versionIndex),
					})}
				</Link>
			) : null}
			{mayDelete && collection.__typename === "ArtifactSequence" ? (
				<Button
					size="compact-sm"
					variant="light"
					color="red"
					leftSection={<Icon name="delete" />}
					onClick={() => setDeleting(true)}
				>
					{t("artifactCollection.deleteSelected")}
				</Button>
			) : null}
			{deleting ? (
				<DeleteVersions collection={collection.id} rows={rows} onClose={() => setDeleting(false)} onDone={onDone} />
			) : null}
		</>
	);
}

/** The versions of a collection: found, ordered, ticked; whatever is chosen is in the address. */
export function CollectionVersions({
	collection,
	place,
}: {
	collection: Collection;
	place: CollectionPlace;
}): ReactNode {
	const { t } = useTranslation();
	const [{ order, hide, q: search = "" }, set] = useViewState(["order", "hide", "q"]);
	const [selected, setSelected] = useState<Set<string>>(new Set());
	const memberships = useInfiniteQuery({
		...membershipsQuery(place, { order, search }),
		placeholderData: keepPreviousData,
		throwOnError: true,
	});
	const rows = nodesOfPages(memberships.data?.pages ?? []);
	const ticked = rows.filter(({ id }) => selected.has(id));
	const type = collection.defaultArtifactType.name;
	const { entity, project, name } = place;
	// Always the same function: rows are not drawn again with what stands around them.
	const link = useCallback(
		({ versionIndex }: MembershipRow) => (
			<Link
				to="/$entity/$project/artifacts/$type/$name/$version"
				params={{ entity, project, type, name, version: versionName(versionIndex) }}
				className="link artifact"
			>
				{versionName(versionIndex)}
			</Link>
		),
		[entity, project, type, name],
	);
	const hidden = (hide ?? hiddenAtFirst).split(",").filter((id) => id !== "");
	return (
		<Section title={t("artifact.versions")} count={collection.versionCount}>
			<div className="toolbar middle">
				<FilterInput
					label={t("artifact.findVersion")}
					value={search}
					onValue={(text) => set({ q: text || undefined }, { replace: true })}
				/>
				{ticked.length > 0 ? (
					<SelectedActions {...{ collection, place }} rows={ticked} onDone={() => setSelected(new Set())} />
				) : null}
			</div>
			{memberships.isPending ? <PendingPage /> : null}
			{memberships.isSuccess && rows.length === 0 ? (
				<p className="quiet">{t(search === "" ? "artifact.noVersions" : "artifact.noneFound")}</p>
			) : null}
			{rows.length > 0 ? (
				<VersionTable
					label={t("artifact.versions")}
					memberships={rows}
					more={memberships}
					sorting={{ order: order ?? "-version", onOrder: (next) => set({ order: next }, { replace: true }) }}
					hiding={{ hidden, onHidden: (next) => set({ hide: next.join(",") }, { replace: true }) }}
					selecting={{ selected, onSelected: setSelected }}
					link={link}
				/>
			) : null}
		</Section>
	);
}
