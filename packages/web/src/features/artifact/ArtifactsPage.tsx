import { Checkbox } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { projectCrumbs } from "../../app-shell/crumbs.tsx";
import { nodesOf } from "../../graphql-client.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import { firstArtifactCode } from "../home/first-artifact-code.ts";
import { artifactTypesQuery, type TypeGroup } from "./browser.queries.ts";
import { CollectionLink } from "./CollectionLink.tsx";
import { CollectionTable } from "./CollectionTable.tsx";
import { isGeneratedType } from "./generated-types.ts";

const route = "/frame/$entity/$project/artifacts/";

function Group({ group, entity, project }: { group: TypeGroup; entity: string; project: string }): ReactNode {
	const { t } = useTranslation();
	const collections = nodesOf(group.artifactCollections);
	const total = group.artifactCollections?.totalCount ?? 0;
	return (
		<Section title={group.name} count={total}>
			<CollectionTable
				label={group.name}
				collections={collections}
				link={(collection) => <CollectionLink entity={entity} project={project} collection={collection} />}
			/>
			{total > collections.length ? (
				<p>
					<Link to="/$entity/$project/artifacts/$type" params={{ entity, project, type: group.name }} className="link">
						{t("artifact.allOfType", { total, type: group.name })}
					</Link>
				</p>
			) : null}
		</Section>
	);
}

function GeneratedSwitch({ count }: { count: number }): ReactNode {
	const { t } = useTranslation();
	const { generated } = useSearch({ from: route });
	const navigate = useNavigate({ from: "/$entity/$project/artifacts/" });
	return (
		<Checkbox
			size="xs"
			label={t("browser.showGenerated", { count })}
			checked={generated === "1"}
			onChange={(event) =>
				void navigate({ search: event.currentTarget.checked ? { generated: "1" } : {}, replace: true })
			}
		/>
	);
}

/** The artifacts of a project, grouped by type. */
export function ArtifactsPage(): ReactNode {
	const { t } = useTranslation();
	const { entity, project } = useParams({ from: route });
	const { generated } = useSearch({ from: route });
	const { data: groups } = useSuspenseQuery(artifactTypesQuery(entity, project));
	const made = groups.filter(({ name }) => isGeneratedType(name));
	const shown = generated === "1" ? groups : groups.filter(({ name }) => !isGeneratedType(name));
	return (
		<>
			<PageHeader title={t("nav.artifacts")} crumbs={projectCrumbs(entity, project)}>
				{made.length > 0 ? <GeneratedSwitch count={made.length} /> : null}
			</PageHeader>
			{shown.map((group) => (
				<Group key={group.id} group={group} entity={entity} project={project} />
			))}
			{shown.length === 0 ? <EmptyState text={t("artifact.none")} code={firstArtifactCode(entity, project)} /> : null}
		</>
	);
}
