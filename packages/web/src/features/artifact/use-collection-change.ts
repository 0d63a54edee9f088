import type { QueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ask } from "../../graphql-client.ts";
import { useChange } from "../../ui/use-change.ts";
import {
	ChangePortfolioDocument,
	ChangeSequenceDocument,
	TagCollectionDocument,
	UntagCollectionDocument,
} from "./collection.graphql.gen.ts";
import { type Collection, type CollectionPlace, collectionQuery } from "./collection.queries.ts";

type Said = { description?: string; addTag?: string; removeTag?: string };

function withSaid(collection: Collection, { description, addTag, removeTag }: Said): Collection {
	const kept = collection.tags.edges.filter(({ node }) => node.name !== removeTag && node.name !== addTag);
	const added = addTag === undefined ? [] : [{ node: { id: `new-${addTag}`, name: addTag } }];
	return {
		...collection,
		description: description ?? collection.description,
		tags: { edges: [...kept, ...added] },
	};
}

/** Changes what is said of a collection: its description and its tags. */
export function useCollectionChange(collection: Collection, place: CollectionPlace) {
	const { t } = useTranslation();
	const key = collectionQuery(place).queryKey;
	const ahead = (client: QueryClient, said: Said) => {
		client.setQueryData(key, withSaid(collection, said));
		return () => client.setQueryData(key, collection);
	};
	const save = async ({ description, addTag, removeTag }: Said) => {
		const { entity: entityName, project: projectName } = place;
		const tagged = { entityName, projectName, artifactCollectionName: collection.name };
		if (addTag !== undefined) await ask(TagCollectionDocument, { input: { ...tagged, tags: [{ tagName: addTag }] } });
		if (removeTag !== undefined) {
			await ask(UntagCollectionDocument, { input: { ...tagged, tags: [{ tagName: removeTag }] } });
		}
		if (description === undefined) return;
		const isLogged = collection.__typename === "ArtifactSequence";
		if (isLogged) await ask(ChangeSequenceDocument, { id: collection.id, description });
		else await ask(ChangePortfolioDocument, { id: collection.id, description });
	};
	const change = useChange(save, {
		stale: [["collection"], ["artifact-types"], ["artifact-type"], ["artifact-browser"]],
		ahead,
		done: (_, { description, removeTag: tag }) => {
			if (tag !== undefined) {
				return { text: t("artifact.tagRemoved", { tag }), undo: () => change.mutate({ addTag: tag }) };
			}
			return description === undefined ? undefined : { text: t("artifact.descriptionSaved") };
		},
	});
	return change.mutate;
}
