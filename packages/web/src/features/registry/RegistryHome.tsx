import { Button } from "@mantine/core";
import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { nodesOf, nodesOfPages } from "../../graphql-client.ts";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FilterInput } from "../../ui/FilterInput.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { LazyMarkdown } from "../../ui/LazyMarkdown.tsx";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { RowsSkeleton } from "../../ui/RowsSkeleton.tsx";
import { Section } from "../../ui/Section.tsx";
import { useViewState } from "../../ui/use-view-state.ts";
import { linkLine } from "./link-code.ts";
import { RegistryCollectionTable } from "./RegistryCollectionTable.tsx";
import { RegistryTypes } from "./RegistryTypes.tsx";
import { collectionsQuery, type RegistryHead, registryQuery } from "./registry.queries.ts";
import { collectionFilter } from "./registry-filters.ts";
import { registryNameOf, registryTitle } from "./registry-paths.ts";
import { registryView } from "./registry-search.ts";
import { SettingsLink } from "./SettingsLink.tsx";
import { TypeFilter } from "./TypeFilter.tsx";
import { useLinkCode } from "./use-link-code.ts";
import { VisibilityBadge } from "./VisibilityBadge.tsx";

const CreateCollection = lazyPart(async () => (await import("./CreateCollection.tsx")).CreateCollection);

export type RegistryPlace = { org: string; registry: string };

type Props = { org: string; registry: RegistryHead; mayCreate: boolean; code: string };

function Filters({ registry, count }: { registry: RegistryHead; count: number | undefined }): ReactNode {
	const { t } = useTranslation();
	const [state, change] = useViewState(registryView);
	return (
		<div className="filters">
			<FilterInput
				label={t("registry.filter")}
				value={state.q ?? ""}
				onValue={(q) => change({ q: q || undefined }, { replace: true })}
			/>
			<TypeFilter
				types={nodesOf(registry.artifactTypes).map(({ name }) => name)}
				value={state.type}
				onType={(type) => change({ type })}
			/>
			{state.tag ? (
				<span className="chip editable">
					{t("registry.taggedWith", { tag: state.tag })}
					<button type="button" aria-label={t("registry.allTags")} onClick={() => change({ tag: undefined })}>
						<Icon name="close" size={12} />
					</button>
				</span>
			) : null}
			{count === undefined ? null : <span className="count end">{t("registry.collectionCount", { count })}</span>}
		</div>
	);
}

function Collections({ org, registry, mayCreate, code }: Props): ReactNode {
	const { t } = useTranslation();
	const [state, change] = useViewState(registryView);
	const filters = collectionFilter({ text: state.q, tag: state.tag, type: state.type });
	const wanted = { filters, order: state.sort ?? "-updated_at" };
	const list = useInfiniteQuery({
		...collectionsQuery(registry.entityName, registry.name, wanted),
		throwOnError: true,
	});
	const rows = nodesOfPages(list.data?.pages ?? []);
	const onTag = useCallback((tag: string) => change({ tag }), [change]);
	if (list.isPending) return <RowsSkeleton rows={8} />;
	const isEmpty = rows.length === 0 && filters === null;
	if (isEmpty) {
		return (
			<EmptyState text={t(mayCreate ? "registry.empty" : "registry.emptyHere")} {...(mayCreate ? { code } : {})} />
		);
	}
	return (
		<>
			<Filters registry={registry} count={list.data?.pages[0]?.totalCount} />
			{rows.length === 0 ? (
				<EmptyState text={t("registry.noMatch")} />
			) : (
				<RegistryCollectionTable
					org={org}
					registry={registry}
					rows={rows}
					more={list}
					sorting={{ order: wanted.order, onOrder: (sort) => change({ sort }, { replace: true }) }}
					onTag={onTag}
				/>
			)}
		</>
	);
}

/** A registry: how to link into it, and its collections. */
export function RegistryHome({ place }: { place: RegistryPlace }): ReactNode {
	const { t } = useTranslation();
	const [state, change] = useViewState(registryView);
	const { data } = useSuspenseQuery(registryQuery(place.org, place.registry));
	const { registry, organization } = data;
	const name = registryNameOf(registry.name);
	const code = useLinkCode({ registry, organization, collection: "first-collection" });
	const target = { orgEntity: organization.orgEntity?.name ?? organization.name, collection: "first-collection" };
	const mayLink = registry.capabilities.includes("VERSION_LINK");
	const mayCreate = registry.capabilities.includes("COLLECTION_CREATE");
	const isEmpty = registry.registryContents?.collections === 0;
	return (
		<>
			<PageHeader
				title={registryTitle(name)}
				crumbs={[
					<Link key="all" to="/registry" className="link">
						{t("nav.registry")}
					</Link>,
					<Link key="org" to="/orgs/$org/registry" params={{ org: organization.name }} className="link">
						{organization.name}
					</Link>,
				]}
				actions={
					<>
						<SettingsLink org={organization.name} registry={name} />
						{mayCreate ? (
							<Button size="xs" leftSection={<Icon name="plus" />} onClick={() => change({ panel: "create" })}>
								{t("registry.form.createCollection")}
							</Button>
						) : null}
					</>
				}
			>
				<CopyButton text={registry.name} label={t("registry.path")} />
				<VisibilityBadge access={registry.access} />
				<RegistryTypes registry={registry} most={8} />
			</PageHeader>
			<LazyMarkdown text={registry.description ?? ""} />
			{mayLink && !isEmpty ? (
				<div className="link-code">
					<CodeBlock code={linkLine({ ...target, registry: name })} label={t("registry.linkNew")} />
					<details>
						<summary>{t("registry.wholeScript")}</summary>
						<CodeBlock code={code} label={t("registry.wholeScript")} />
					</details>
				</div>
			) : null}
			<Section title={t("registry.collections")}>
				<Collections org={organization.name} registry={registry} mayCreate={mayLink} code={code} />
			</Section>
			{mayCreate && state.panel === "create" ? (
				<CreateCollection
					org={organization.name}
					registry={registry}
					onClose={() => change({ panel: undefined }, { replace: true })}
				/>
			) : null}
		</>
	);
}
