import { NativeSelect } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import type { LinkProps } from "@tanstack/react-router";
import { type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { PendingPage } from "../../app-shell/PendingPage.tsx";
import { Chips } from "../../ui/Chips.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { parseRecord } from "../../ui/json.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { TabLinks } from "../../ui/TabLinks.tsx";
import { versionName } from "./ArtifactLink.tsx";
import { VersionFacts } from "./VersionFacts.tsx";
import { VersionFiles } from "./VersionFiles.tsx";
import { VersionLineage } from "./VersionLineage.tsx";
import { VersionMetadata } from "./VersionMetadata.tsx";
import { VersionUsage } from "./VersionUsage.tsx";
import { type Membership, type Version, type VersionPlace, versionQuery } from "./version.queries.ts";
import { type VersionTab, versionTabs } from "./version-tabs.ts";

type Props = {
	place: VersionPlace;
	tab: VersionTab;
	/** What code calls the version with this `vN` or alias here. */
	fullName: (version: string) => string;
	crumbs: ReactNode[];
	link: (version: string, tab: VersionTab) => LinkProps;
	onVersion: (version: string) => void;
};

type Found = Membership & { artifact: Version };

function VersionSelect({
	membership,
	onVersion,
}: {
	membership: Found;
	onVersion: (version: string) => void;
}): ReactNode {
	const { t } = useTranslation();
	const others = membership.artifactCollection?.artifactMemberships?.edges.flatMap(({ node }) => (node ? [node] : []));
	const known = others?.some(({ id }) => id === membership.id) ? others : [membership, ...(others ?? [])];
	return (
		<NativeSelect
			size="xs"
			aria-label={t("artifact.chooseVersion")}
			value={versionName(membership.versionIndex)}
			onChange={(event) => onVersion(event.currentTarget.value)}
			data={known.map(({ versionIndex, aliases }) => ({
				value: versionName(versionIndex),
				label: [versionName(versionIndex), ...aliases.map(({ alias }) => alias)].join(" · "),
			}))}
		/>
	);
}

function Tab({ tab, membership, fullName }: { tab: VersionTab; membership: Found; fullName: string }): ReactNode {
	const { artifact } = membership;
	if (tab === "metadata") return <VersionMetadata values={parseRecord(artifact.metadata)} />;
	if (tab === "usage") return <VersionUsage fullName={fullName} artifact={artifact} />;
	if (tab === "files") return <VersionFiles artifact={artifact} membership={membership} fullName={fullName} />;
	if (tab === "lineage") return <VersionLineage artifact={artifact} fullName={fullName} />;
	return <VersionFacts membership={membership} artifact={artifact} fullName={fullName} />;
}

/** The page of a version, in a project or in a registry: header with the version chooser, and five tabs. */
export function VersionView({ place, tab, fullName, crumbs, link, onVersion }: Props): ReactNode {
	const { t } = useTranslation();
	const { data: membership } = useSuspenseQuery(versionQuery(place));
	const version = membership.versionIndex === null ? place.version : versionName(membership.versionIndex);
	const collection = membership.artifactCollection?.name ?? place.collection;
	const name = fullName(version);
	// The address may say it by alias or digest; the tabs keep saying it that way.
	const tabs = versionTabs.map((id) => ({ id, title: t(`artifact.tab.${id}`), link: link(place.version, id) }));
	return (
		<>
			<PageHeader title={`${collection}:${version}`} crumbs={crumbs}>
				<CopyButton text={name} label={t("artifact.fullName")} />
				<VersionSelect membership={membership} onVersion={onVersion} />
				<Chips kind="alias" texts={membership.aliases.map(({ alias }) => alias)} />
			</PageHeader>
			<TabLinks tabs={tabs} current={tab} label={t("ui.tabs")} />
			<Suspense fallback={<PendingPage />}>
				<Tab tab={tab} membership={membership} fullName={name} />
			</Suspense>
		</>
	);
}
