import { Button } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useViewState } from "../../ui/use-view-state.ts";
import { ActionHistory } from "./ActionHistory.tsx";
import { CollectionCard } from "./CollectionCard.tsx";
import { CollectionMenu } from "./CollectionMenu.tsx";
import { LinkedVersions } from "./LinkedVersions.tsx";
import { LinkVersion } from "./LinkVersion.tsx";
import { collectionQuery, placeOf, registryQuery } from "./registry.queries.ts";
import { registryCrumbs } from "./registry-crumbs.tsx";
import type { SelectionPath } from "./registry-paths.ts";
import { registryView } from "./registry-search.ts";
import { useLinkCode } from "./use-link-code.ts";

type Props = { place: { org: string; registry: string }; path: SelectionPath };

/** A collection of a registry: its card and the versions linked into it, or how to link the first. */
export function RegistryCollectionPage({ place, path }: Props): ReactNode {
	const { t } = useTranslation();
	const [state, change] = useViewState(registryView);
	const { data } = useSuspenseQuery(registryQuery(place.org, place.registry));
	const at = placeOf(path);
	const { data: collection } = useSuspenseQuery(collectionQuery(at));
	// The address may say it by a name that it had before.
	const herePath = { ...path, collection: collection.name };
	const type = collection.defaultArtifactType.name;
	const code = useLinkCode({ ...data, collection: collection.name, type });
	const { registry, organization } = data;
	const org = organization.name;
	const mayLink = collection.capabilities.includes("VERSION_LINK");
	const close = () => change({ panel: undefined }, { replace: true });
	return (
		<>
			<PageHeader
				title={collection.name}
				crumbs={registryCrumbs(org, place.registry, t("nav.registry"))}
				actions={
					mayLink ? (
						<Button size="xs" leftSection={<Icon name="link" />} onClick={() => change({ panel: "link" })}>
							{t("registry.linkVersion")}
						</Button>
					) : null
				}
			>
				<CopyButton text={`${path.project}/${collection.name}`} label={t("artifact.path")} />
				<CollectionMenu
					org={org}
					registry={registry}
					collection={collection}
					onHistory={() => change({ panel: "history" })}
				/>
				<Chips kind="type" texts={[type]} />
			</PageHeader>
			<CollectionCard at={at} collection={collection} />
			{collection.versionCount > 0 ? (
				<LinkedVersions place={place} path={herePath} collection={collection} registry={registry} />
			) : (
				<EmptyState
					text={t(mayLink ? "registry.emptyCollection" : "registry.emptyCollectionHere")}
					{...(mayLink ? { code } : {})}
				/>
			)}
			{state.panel === "history" ? <ActionHistory place={place} path={herePath} onClose={close} /> : null}
			{mayLink && state.panel === "link" ? (
				<LinkVersion org={org} registry={registry} collection={collection} onClose={close} />
			) : null}
		</>
	);
}
