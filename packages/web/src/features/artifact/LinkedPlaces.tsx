import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOf } from "../../graphql-client.ts";
import { Chips } from "../../ui/Chips.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { Section } from "../../ui/Section.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { RegistryVersionLink } from "../registry/RegistryVersionLink.tsx";
import { registryNameOf } from "../registry/registry-paths.ts";
import { versionName } from "./ArtifactLink.tsx";
import { PersonLink } from "./CreatorName.tsx";
import type { Membership, OtherPlace } from "./version.queries.ts";

/** What code calls a version by at a place of it: registries are found without their organisation. */
export function placeName(place: OtherPlace): string {
	const { artifactCollection: collection, versionIndex } = place;
	const project = collection?.project;
	const path = project?.isRegistry ? project.name : `${project?.entityName}/${project?.name}`;
	return `${path}/${collection?.name}:${versionName(versionIndex)}`;
}

function PlaceLink({ place, type }: { place: OtherPlace; type: string }): ReactNode {
	const { artifactCollection: collection, versionIndex } = place;
	const project = collection?.project;
	if (!collection || !project) return null;
	const version = versionName(versionIndex);
	const text = placeName(place);
	const organization = project.entity.organization?.name;
	if (project.isRegistry && organization !== undefined) {
		return (
			<RegistryVersionLink
				org={organization}
				registry={registryNameOf(project.name)}
				path={{ entity: project.entityName, project: project.name, collection: collection.name }}
				version={version}
				text={text}
			/>
		);
	}
	return (
		<Link
			to="/$entity/$project/artifacts/$type/$name/$version"
			params={{ entity: project.entityName, project: project.name, type, name: collection.name, version }}
			className="link artifact"
		>
			{text}
		</Link>
	);
}

/** The other collections that the same version is linked to, as far as the reader sees them. */
export function LinkedPlaces({ membership }: { membership: Membership }): ReactNode {
	const { t } = useTranslation();
	const { artifact } = membership;
	const isLink = membership.artifactCollection?.__typename === "ArtifactPortfolio";
	const places = nodesOf(artifact.artifactMemberships).filter(
		({ artifactCollection, id }) => artifactCollection?.__typename === "ArtifactPortfolio" && id !== membership.id,
	);
	const title = t(isLink ? "artifact.alsoLinkedIn" : "artifact.linkedIn");
	return (
		<Section title={title} count={places.length}>
			{places.length === 0 ? (
				<p className="quiet">{t(isLink ? "artifact.linkedNowhereElse" : "artifact.notLinked")}</p>
			) : (
				<DataTable
					label={title}
					rows={places}
					rowKey={({ id }) => id}
					columns={[
						{
							id: "place",
							title: t("artifact.fullName"),
							kind: "main",
							cell: (place) => (
								<>
									<PlaceLink place={place} type={artifact.artifactType.name} />{" "}
									<CopyButton text={placeName(place)} label={placeName(place)} />
								</>
							),
						},
						{
							id: "aliases",
							title: t("artifact.aliases"),
							cell: ({ aliases }) => <Chips kind="alias" texts={aliases.map(({ alias }) => alias)} />,
						},
						{
							id: "by",
							title: t("artifact.linkedBy"),
							wideOnly: true,
							cell: ({ createdBy }) => <PersonLink person={createdBy} />,
						},
						{
							id: "at",
							title: t("artifact.linked"),
							kind: "tight",
							cell: ({ createdAt }) => <TimeText at={createdAt} />,
						},
					]}
				/>
			)}
		</Section>
	);
}
