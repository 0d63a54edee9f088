import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOf } from "../../graphql-client.ts";
import { EditableMarkdown } from "../../ui/EditableMarkdown.tsx";
import { EditableTags } from "../../ui/EditableTags.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Section } from "../../ui/Section.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { RunLink } from "./RunLink.tsx";
import type { CollectionInfo, CollectionPlace } from "./registry.queries.ts";
import { useAddTag, useDescribe, useRemoveTag } from "./use-collection-changes.ts";

const mostConsumers = 6;

/** Runs that used versions of it, each once, the latest first. */
function Consumers({ collection }: { collection: CollectionInfo }): ReactNode {
	const { t } = useTranslation();
	const uses = nodesOf(collection.consumers);
	const runs = [...new Map(uses.flatMap(({ run }) => (run === null ? [] : [[run.id, run] as const]))).values()];
	if (runs.length === 0) return <span className="quiet">{t("registry.noConsumers")}</span>;
	const more = runs.length - mostConsumers;
	const atLeast = collection.consumers.pageInfo.hasNextPage ? "+" : "";
	return (
		<ul className="run-list">
			{runs.slice(0, mostConsumers).map((run) => (
				<li key={run.id}>
					<RunLink run={run} withJobType />
				</li>
			))}
			{more > 0 ? <li className="quiet">{t("registry.moreConsumers", { total: `${more}${atLeast}` })}</li> : null}
		</ul>
	);
}

/** What is said of a collection: description and tags to edit in place, who made it, who uses it. */
export function CollectionCard({ at, collection }: { at: CollectionPlace; collection: CollectionInfo }): ReactNode {
	const { t } = useTranslation();
	const describe = useDescribe(at, collection.id);
	const addTag = useAddTag(at);
	const removeTag = useRemoveTag(at);
	const { capabilities, createdBy, createdAt, updatedAt } = collection;
	const mayTag = capabilities.includes("COLLECTION_TAG");
	return (
		<div className="panel collection-card">
			<div>
				<EditableMarkdown
					title={t("artifact.description")}
					text={collection.description}
					empty={t("registry.noDescription")}
					onSave={capabilities.includes("COLLECTION_EDIT") ? (text) => describe.mutate(text) : undefined}
				/>
				<Section title={t("ui.tags")}>
					<EditableTags
						tags={nodesOf(collection.tags).map(({ name }) => name)}
						onAdd={mayTag ? (tag) => addTag.mutate(tag) : undefined}
						onRemove={mayTag ? (tag) => removeTag.mutate(tag) : undefined}
					/>
				</Section>
			</div>
			<div>
				<Facts
					facts={[
						{ name: t("registry.owner"), value: createdBy?.username },
						{ name: t("ui.created"), value: <TimeText at={createdAt} /> },
						{ name: t("ui.updated"), value: <TimeText at={updatedAt ?? createdAt} /> },
						{ name: t("registry.consumers"), value: <Consumers collection={collection} /> },
					]}
				/>
			</div>
		</div>
	);
}
