import { Button } from "@mantine/core";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import type { LinkProps } from "@tanstack/react-router";
import { type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { PendingPage } from "../../app-shell/PendingPage.tsx";
import { viewerQuery } from "../../app-shell/viewer.queries.ts";
import { Chips } from "../../ui/Chips.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { TabLinks } from "../../ui/TabLinks.tsx";
import { useViewState } from "../../ui/use-view-state.ts";
import { versionName } from "./ArtifactLink.tsx";
import { DeletedVersion } from "./DeletedVersion.tsx";
import { VersionFacts } from "./VersionFacts.tsx";
import { VersionFiles } from "./VersionFiles.tsx";
import { VersionLineage } from "./VersionLineage.tsx";
import { VersionMenu } from "./VersionMenu.tsx";
import { VersionMetadata } from "./VersionMetadata.tsx";
import { VersionPicker } from "./VersionPicker.tsx";
import { VersionUsage } from "./VersionUsage.tsx";
import "./version.css";
import { type Membership, type VersionPlace, versionQuery } from "./version.queries.ts";
import { type VersionTab, versionTabs } from "./version-tabs.ts";

const LinkDrawer = lazyPart(async () => (await import("./LinkDrawer.tsx")).LinkDrawer);

type Props = {
	place: VersionPlace;
	tab: VersionTab;
	/** What code calls the version with this `vN` or alias here. */
	fullName: (version: string) => string;
	crumbs: ReactNode[];
	/** The collection in which the version is shown. */
	collectionLink: LinkProps;
	link: (version: string, tab: VersionTab) => LinkProps;
	onVersion: (version: string) => void;
};

/** Opens and closes the drawer in which a version is linked to a registry; how far that has come is in the address. */
function LinkToRegistry({ membership }: { membership: Membership }): ReactNode {
	const { t } = useTranslation();
	const { data: viewer } = useQuery(viewerQuery);
	const [{ link: step }, set] = useViewState(["link"]);
	const setStep = (link: string | undefined) => set({ link });
	if (!viewer || !membership.artifact.capabilities.includes("VERSION_DOWNLOAD")) return null;
	return (
		<>
			<Button size="xs" leftSection={<Icon name="link" />} onClick={() => setStep("")}>
				{t("toRegistry.title")}
			</Button>
			{step === undefined ? null : <LinkDrawer membership={membership} step={step} onStep={setStep} />}
		</>
	);
}

type TabProps = { tab: VersionTab; membership: Membership; fullName: string } & Pick<
	Props,
	"place" | "link" | "onVersion"
>;

function Tab({ tab, membership, fullName, place, link, onVersion }: TabProps): ReactNode {
	const { artifact } = membership;
	if (tab === "metadata") return <VersionMetadata artifact={artifact} />;
	if (tab === "usage") return <VersionUsage fullName={fullName} artifact={artifact} />;
	if (tab === "files") return <VersionFiles artifact={artifact} membership={membership} fullName={fullName} />;
	if (tab === "lineage") return <VersionLineage artifact={artifact} fullName={fullName} />;
	return (
		<VersionFacts
			membership={membership}
			fullName={fullName}
			link={(target) => link(place.version, target)}
			onRemoveAlias={(alias) => {
				if (alias === place.version) onVersion(versionName(membership.versionIndex));
			}}
		/>
	);
}

function Aliases({ membership }: { membership: Membership }): ReactNode {
	const kept = membership.artifactCollection?.project?.protectedAliases ?? [];
	const names = membership.aliases.map(({ alias }) => alias);
	return (
		<>
			<Chips kind="protected" texts={names.filter((alias) => kept.includes(alias))} />
			<Chips kind="alias" texts={names.filter((alias) => !kept.includes(alias))} />
		</>
	);
}

/** Says in words why bytes cannot be had, where everything else can. */
function Restricted({ membership }: { membership: Membership }): ReactNode {
	const { t } = useTranslation();
	if (membership.artifact.capabilities.includes("VERSION_DOWNLOAD")) return null;
	return <p className="notice">{t("artifact.restricted")}</p>;
}

/** The page of a version, in a project or in a registry: header with the version chooser, and five tabs. */
export function VersionView({ place, tab, fullName, crumbs, collectionLink, link, onVersion }: Props): ReactNode {
	const { t } = useTranslation();
	const { data } = useSuspenseQuery(versionQuery(place));
	if (data.membership === null) {
		const linkHere = (to: VersionTab) => link(place.version, to);
		return <DeletedVersion artifact={data.ghost} {...{ tab, crumbs, onVersion }} link={linkHere} />;
	}
	const { membership } = data;
	const collection = membership.artifactCollection;
	const version = membership.versionIndex === null ? place.version : versionName(membership.versionIndex);
	const title = collection?.name ?? place.collection;
	const name = fullName(version);
	// The address may say it by alias or digest; the tabs keep saying it that way.
	const tabs = versionTabs.map((id) => ({ id, title: t(`artifact.tab.${id}`), link: link(place.version, id) }));
	const heading = collection ? (
		<>
			{title}:<VersionPicker collection={collection.id} version={version} onVersion={onVersion} />
		</>
	) : undefined;
	return (
		<>
			<PageHeader
				title={`${title}:${version}`}
				heading={heading}
				crumbs={crumbs}
				actions={
					<>
						<LinkToRegistry membership={membership} />
						<VersionMenu membership={membership} collectionLink={collectionLink} />
					</>
				}
			>
				<CopyButton text={name} label={t("artifact.fullName")} />
				{tab === "version" ? null : <Aliases membership={membership} />}
			</PageHeader>
			<TabLinks tabs={tabs} current={tab} label={t("ui.tabs")} />
			<Restricted membership={membership} />
			<Suspense fallback={<PendingPage />}>
				<Tab {...{ tab, membership, place, link, onVersion }} fullName={name} />
			</Suspense>
		</>
	);
}
