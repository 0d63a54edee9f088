import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { EditableMarkdown } from "../../ui/EditableMarkdown.tsx";
import { EditableTags } from "../../ui/EditableTags.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { artifactCrumbs } from "./artifact-crumbs.tsx";
import { CollectionMenu } from "./CollectionMenu.tsx";
import { CollectionVersions } from "./CollectionVersions.tsx";
import { type Collection, type CollectionPlace, collectionQuery } from "./collection.queries.ts";
import { logCode } from "./usage-code.ts";
import { useCollectionChange } from "./use-collection-change.ts";
import { useRunHome } from "./use-run-home.ts";
import "./version.css";

/** How the next version is logged; open while there is none. */
function LogNext({ collection, place }: { collection: Collection; place: CollectionPlace }): ReactNode {
	const { t } = useTranslation();
	const home = useRunHome({ entityName: place.entity, name: place.project });
	if (collection.__typename !== "ArtifactSequence") return null;
	const code = logCode(collection.name, collection.defaultArtifactType.name, home);
	return (
		<details className="log-next" open={collection.versionCount === 0}>
			<summary>{t("artifactCollection.logNext")}</summary>
			<CodeBlock code={code} label={t("artifactCollection.logNext")} />
		</details>
	);
}

function Tags({ collection, place }: { collection: Collection; place: CollectionPlace }): ReactNode {
	const change = useCollectionChange(collection, place);
	const may = collection.capabilities.includes("COLLECTION_TAG");
	const tags = collection.tags.edges.map(({ node }) => node.name);
	if (tags.length === 0 && !may) return null;
	return (
		<EditableTags
			tags={tags}
			onAdd={may ? (addTag) => change({ addTag }) : undefined}
			onRemove={may ? (removeTag) => change({ removeTag }) : undefined}
		/>
	);
}

/** A collection of a project and its versions. */
export function CollectionPage(): ReactNode {
	const { t } = useTranslation();
	const navigate = useNavigate();
	const client = useQueryClient();
	const { entity, project, name } = useParams({ from: "/frame/$entity/$project/artifacts/$type/$name" });
	const place = { entity, project, name };
	const { data: collection } = useSuspenseQuery(collectionQuery(place));
	const change = useCollectionChange(collection, place);
	const type = collection.defaultArtifactType.name;
	const mayEdit = collection.capabilities.includes("COLLECTION_EDIT");
	const goTo = async (to: { type: string; name: string } | undefined) => {
		if (to === undefined) await navigate({ to: "/$entity/$project/artifacts", params: { entity, project } });
		else {
			const params = { entity, project, ...to };
			await navigate({ to: "/$entity/$project/artifacts/$type/$name", params, replace: true });
		}
		client.removeQueries({ queryKey: ["collection", place] });
	};
	return (
		<>
			<PageHeader
				title={collection.name}
				crumbs={artifactCrumbs({ entity, project, type }, t("nav.artifacts"))}
				actions={<CollectionMenu collection={collection} onMoved={(to) => void goTo(to)} />}
			>
				<CopyButton text={`${entity}/${project}/${collection.name}`} label={t("artifact.path")} />
				<Chips kind="type" texts={[type]} />
				<Tags collection={collection} place={place} />
			</PageHeader>
			<EditableMarkdown
				title={t("artifact.description")}
				text={collection.description}
				empty={t(mayEdit ? "artifact.noDescriptionYet" : "artifact.noDescription")}
				onSave={mayEdit ? (description) => change({ description }) : undefined}
			/>
			<CollectionVersions collection={collection} place={place} />
			<LogNext collection={collection} place={place} />
		</>
	);
}
