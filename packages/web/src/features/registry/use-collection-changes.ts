import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ask } from "../../graphql-client.ts";
import { faultText } from "../../ui/fault-text.ts";
import { showToast } from "../../ui/toasts.ts";
import {
	AddCollectionTagsDocument,
	RemoveCollectionTagsDocument,
	UpdateCollectionDocument,
} from "./collection.graphql.gen.ts";
import { type CollectionInfo, type CollectionPlace, collectionQuery, registryKeys } from "./registry.queries.ts";

/** Changes what is said of a collection: the page shows it at once, and takes it back if the server refuses. */
function useOptimisticChange<Input>(
	at: CollectionPlace,
	apply: (collection: CollectionInfo, input: Input) => CollectionInfo,
	send: (input: Input) => Promise<unknown>,
) {
	const client = useQueryClient();
	const { t } = useTranslation();
	const { queryKey } = collectionQuery(at);
	return useMutation({
		mutationFn: send,
		onMutate: async (input) => {
			await client.cancelQueries({ queryKey });
			const before = client.getQueryData<CollectionInfo>(queryKey);
			if (before) client.setQueryData<CollectionInfo>(queryKey, apply(before, input));
			return before;
		},
		onError: (error, _input, before) => {
			if (before) client.setQueryData<CollectionInfo>(queryKey, before);
			showToast({ text: faultText(error, t) ?? "", tone: "failed" });
		},
		onSettled: () =>
			Promise.all(
				[queryKey, registryKeys.collections, registryKeys.history].map((key) =>
					client.invalidateQueries({ queryKey: key }),
				),
			),
	});
}

const tagsInput = ({ entity, project, name }: CollectionPlace, tag: string) => ({
	input: { entityName: entity, projectName: project, artifactCollectionName: name, tags: [{ tagName: tag }] },
});

/** Puts a tag on a collection. */
export function useAddTag(at: CollectionPlace) {
	const apply = (collection: CollectionInfo, name: string) => {
		const edges = collection.tags.edges.filter(({ node }) => node.name !== name);
		return { ...collection, tags: { edges: [...edges, { node: { id: name, name } }] } };
	};
	return useOptimisticChange(at, apply, (tag: string) => ask(AddCollectionTagsDocument, tagsInput(at, tag)));
}

/** Takes a tag off a collection. */
export function useRemoveTag(at: CollectionPlace) {
	const apply = (collection: CollectionInfo, name: string) => ({
		...collection,
		tags: { edges: collection.tags.edges.filter(({ node }) => node.name !== name) },
	});
	return useOptimisticChange(at, apply, (tag: string) => ask(RemoveCollectionTagsDocument, tagsInput(at, tag)));
}

/** Describes a collection anew. */
export function useDescribe(at: CollectionPlace, artifactPortfolioID: string) {
	const apply = (collection: CollectionInfo, description: string) => ({ ...collection, description });
	return useOptimisticChange(at, apply, (description: string) =>
		ask(UpdateCollectionDocument, { input: { artifactPortfolioID, description } }),
	);
}
