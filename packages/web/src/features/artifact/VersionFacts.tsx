import { Link, type LinkProps } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { nodesOf } from "../../graphql-client.ts";
import { Chips } from "../../ui/Chips.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { EditableMarkdown } from "../../ui/EditableMarkdown.tsx";
import { EditableTags } from "../../ui/EditableTags.tsx";
import { type Fact, Facts } from "../../ui/Facts.tsx";
import { formatBytes, formatInstant } from "../../ui/format.ts";
import { Icon } from "../../ui/Icon.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { RunLink } from "../run/RunLink.tsx";
import { AliasEditor } from "./AliasEditor.tsx";
import { ArtifactLink, versionName } from "./ArtifactLink.tsx";
import { CreatorName, PersonLink } from "./CreatorName.tsx";
import { LinkedPlaces } from "./LinkedPlaces.tsx";
import { TtlDialog } from "./TtlDialog.tsx";
import { expiry, toDays } from "./ttl-rules.ts";
import { useVersionChange } from "./use-version-changes.ts";
import type { Membership } from "./version.queries.ts";
import type { VersionTab } from "./version-tabs.ts";

function Copied({ text, label }: { text: string; label: string }): ReactNode {
	return (
		<>
			<span className="mono">{text}</span> <CopyButton text={text} label={label} />
		</>
	);
}

/** How long a version lives; with the way to change it for those who may. */
function Ttl({ membership }: { membership: Membership }): ReactNode {
	const { t, i18n } = useTranslation();
	const [open, setOpen] = useState(false);
	const { artifact } = membership;
	const { ttlDurationSeconds: seconds, ttlIsInherited } = artifact;
	const end = expiry(artifact.createdAt, seconds);
	const days = end === undefined ? t("versionTtl.none") : t("versionTtl.lives", { count: toDays(seconds) });
	return (
		<>
			<span>{ttlIsInherited ? t("versionTtl.inherited", { ttl: days }) : days}</span>
			{end === undefined ? null : (
				<span className="quiet"> · {t("versionTtl.goesOn", { date: formatInstant(end, i18n.language) })}</span>
			)}{" "}
			{artifact.capabilities.includes("VERSION_DELETE") ? (
				<button type="button" className="copy" onClick={() => setOpen(true)}>
					<Icon name="edit" />
					{t("versionTtl.edit")}
				</button>
			) : null}
			{open ? <TtlDialog membership={membership} onClose={() => setOpen(false)} /> : null}
		</>
	);
}

function Tags({ membership }: { membership: Membership }): ReactNode {
	const change = useVersionChange(membership);
	const { artifact } = membership;
	const may = artifact.capabilities.includes("VERSION_TAG");
	return (
		<EditableTags
			tags={artifact.tags.map(({ name }) => name)}
			onAdd={may ? (tag) => change({ addTags: [tag] }) : undefined}
			onRemove={may ? (tag) => change({ removeTags: [tag] }) : undefined}
		/>
	);
}

type Props = {
	membership: Membership;
	fullName: string;
	link: (tab: VersionTab) => LinkProps;
	onRemoveAlias: (alias: string) => void;
};

/** Facts of the name: what it is called here, and by what it is found. */
function useNames({ membership, fullName, onRemoveAlias }: Props): Fact[] {
	const { t } = useTranslation();
	const { artifact } = membership;
	return [
		{ name: t("artifact.fullName"), value: <Copied text={fullName} label={t("artifact.fullName")} /> },
		{ name: t("artifact.version"), value: versionName(membership.versionIndex) },
		{ name: t("artifact.aliases"), value: <AliasEditor membership={membership} onRemove={onRemoveAlias} /> },
		{ name: t("ui.tags"), value: <Tags membership={membership} /> },
		{ name: t("artifact.type"), value: <Chips kind="type" texts={[artifact.artifactType.name]} /> },
		{ name: t("artifact.digest"), value: <Copied text={artifact.digest} label={t("artifact.digest")} /> },
	];
}

/** Facts of its making and its life. */
function useOrigin({ membership, link }: Props): Fact[] {
	const { t, i18n } = useTranslation();
	const { artifact, artifactCollection: collection } = membership;
	const isLink = collection?.__typename === "ArtifactPortfolio";
	const others = nodesOf(artifact.producedBy).filter(({ id }) => id !== artifact.createdBy?.id);
	const consumers = artifact.usedBy?.totalCount ?? 0;
	const size = `${formatBytes(artifact.size, i18n.language)} · ${t("artifact.fileCount", { count: artifact.fileCount })}`;
	return [
		{ name: t("ui.created"), value: <TimeText at={artifact.createdAt} full /> },
		{ name: t("artifact.createdBy"), value: <CreatorName creator={artifact.createdBy} /> },
		{
			name: t("artifact.alsoLoggedBy"),
			value:
				others.length === 0 ? null : (
					<span className="comma-list">
						{others.map((run) => (
							<RunLink key={run.id} entity={run.project.entityName} project={run.project.name} run={run} />
						))}
					</span>
				),
		},
		{ name: t("artifact.source"), value: isLink ? <ArtifactLink artifact={artifact} /> : null },
		{ name: t("artifact.linked"), value: isLink ? <TimeText at={membership.createdAt} full /> : null },
		{
			name: t("artifact.linkedBy"),
			value: isLink && membership.createdBy ? <PersonLink person={membership.createdBy} /> : null,
		},
		{
			name: t("artifact.size"),
			value: (
				<Link {...link("files")} className="link">
					{size}
				</Link>
			),
		},
		{ name: t("versionTtl.title"), value: <Ttl membership={membership} /> },
		{
			name: t("artifact.consumers"),
			value: (
				<Link {...link("usage")} className="link">
					{t("artifact.runCount", { count: consumers })}
				</Link>
			),
		},
	];
}

/** Everything that is said of a version on one page. */
export function VersionFacts(props: Props): ReactNode {
	const { t } = useTranslation();
	const { membership } = props;
	const { artifact } = membership;
	const [names, origin] = [useNames(props), useOrigin(props)];
	const change = useVersionChange(membership);
	const mayEdit = artifact.capabilities.includes("VERSION_EDIT");
	return (
		<>
			<div className="version-facts">
				<Facts facts={names} />
				<Facts facts={origin} />
			</div>
			<EditableMarkdown
				title={t("artifact.description")}
				text={artifact.description}
				empty={t(mayEdit ? "artifact.noDescriptionYet" : "artifact.noDescription")}
				onSave={mayEdit ? (description) => change({ description }) : undefined}
			/>
			<LinkedPlaces membership={membership} />
		</>
	);
}
