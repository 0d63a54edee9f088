import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOf } from "../../graphql-client.ts";
import { Chips } from "../../ui/Chips.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { formatBytes } from "../../ui/format.ts";
import { Section } from "../../ui/Section.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { RegistryVersionLink } from "../registry/RegistryVersionLink.tsx";
import { registryNameOf } from "../registry/registry-paths.ts";
import { RunLink } from "../run/RunLink.tsx";
import { ArtifactLink, versionName } from "./ArtifactLink.tsx";
import type { Creator, Membership, OtherPlace, Version } from "./version.queries.ts";

function CreatorName({ creator }: { creator: Creator | null }): ReactNode {
	if (creator === null) return null;
	if ("project" in creator) {
		return <RunLink entity={creator.project.entityName} project={creator.project.name} run={creator} />;
	}
	const entity = creator.username ?? creator.name;
	return (
		<Link to="/$entity" params={{ entity }} className="link">
			{entity}
		</Link>
	);
}

function LinkedPlace({ place }: { place: OtherPlace }): ReactNode {
	const collection = place.artifactCollection;
	const project = collection?.project;
	if (!collection || !project) return null;
	const version = versionName(place.versionIndex);
	const organization = project.entity.organization?.name;
	if (!project.isRegistry || organization === undefined) {
		return <span>{`${project.entityName}/${project.name}/${collection.name}:${version}`}</span>;
	}
	return (
		<RegistryVersionLink
			org={organization}
			registry={registryNameOf(project.name)}
			path={{ entity: project.entityName, project: project.name, collection: collection.name }}
			version={version}
			text={`${project.name}/${collection.name}:${version}`}
		/>
	);
}

function LinkedPlaces({ places }: { places: OtherPlace[] }): ReactNode {
	return (
		<ul className="file-list">
			{places.map((place) => (
				<li key={place.id}>
					<LinkedPlace place={place} /> <span className="quiet">·</span> <TimeText at={place.createdAt} />
				</li>
			))}
		</ul>
	);
}

type Props = { membership: Membership; artifact: Version; fullName: string };

function Copied({ text, label }: { text: string; label: string }): ReactNode {
	return (
		<>
			<span className="mono">{text}</span> <CopyButton text={text} label={label} />
		</>
	);
}

/** Everything that is said of a version on one page. */
export function VersionFacts({ membership, artifact, fullName }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const isLink = membership.artifactCollection?.__typename === "ArtifactPortfolio";
	const places = nodesOf(artifact.artifactMemberships);
	const links = places.filter(
		({ artifactCollection, id }) => artifactCollection?.__typename === "ArtifactPortfolio" && id !== membership.id,
	);
	const aliases = membership.aliases.map(({ alias }) => alias);
	const size = `${formatBytes(artifact.size, i18n.language)} · ${t("artifact.fileCount", { count: artifact.fileCount })}`;
	return (
		<>
			<Facts
				facts={[
					{ name: t("artifact.fullName"), value: <Copied text={fullName} label={t("artifact.fullName")} /> },
					{
						name: t("artifact.aliases"),
						value: aliases.length > 0 ? <Chips kind="alias" texts={aliases} /> : <span className="quiet">–</span>,
					},
					{
						name: t("ui.tags"),
						value: artifact.tags.length > 0 ? <Chips texts={artifact.tags.map(({ name }) => name)} /> : null,
					},
					{ name: t("artifact.type"), value: <Chips kind="type" texts={[artifact.artifactType.name]} /> },
					{ name: t("artifact.digest"), value: <Copied text={artifact.digest} label={t("artifact.digest")} /> },
					{ name: t("artifact.size"), value: size },
					{ name: t("ui.created"), value: <TimeText at={artifact.createdAt} full /> },
					{
						name: t("artifact.createdBy"),
						value: artifact.createdBy ? <CreatorName creator={artifact.createdBy} /> : null,
					},
					{ name: t("artifact.source"), value: isLink ? <ArtifactLink artifact={artifact} /> : null },
					{ name: t("artifact.linked"), value: isLink ? <TimeText at={membership.createdAt} full /> : null },
				]}
			/>
			{artifact.description ? (
				<Section title={t("artifact.description")}>
					<p className="lead">{artifact.description}</p>
				</Section>
			) : null}
			{isLink && links.length === 0 ? null : (
				<Section title={t(isLink ? "artifact.alsoLinkedIn" : "artifact.linkedIn")} count={links.length}>
					{links.length > 0 ? <LinkedPlaces places={links} /> : <p className="quiet">{t("artifact.notLinked")}</p>}
				</Section>
			)}
		</>
	);
}
