import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ask } from "../../graphql-client.ts";
import { showToast } from "../../ui/toasts.ts";
import { printSelectionPath, registryNameOf, type SelectionPath } from "../registry/registry-paths.ts";
import { versionName } from "./ArtifactLink.tsx";
import { LinkVersionDocument } from "./link.graphql.gen.ts";
import type { LinkTarget } from "./link.queries.ts";
import { listKeys } from "./use-version-changes.ts";
import type { Membership } from "./version.queries.ts";

type Options = { membership: Membership; path: SelectionPath; target: LinkTarget | undefined; onDone: () => void };

const stale = [["version"], ...listKeys, ["link-collections"], ["link-collection"], ["registries"], ["registry"]];

/** Links a version; the message afterwards leads to where it is now. A refusal stays with whoever asked. */
export function useLinkVersion({ membership, path, target, onDone }: Options) {
	const { t } = useTranslation();
	const client = useQueryClient();
	return useMutation({
		mutationFn: async (aliases: string[]) => {
			const { linkArtifact } = await ask(LinkVersionDocument, {
				input: {
					artifactID: membership.artifact.id,
					entityName: path.entity,
					projectName: path.project,
					artifactPortfolioName: path.collection,
					aliases: aliases.map((alias) => ({ alias, artifactCollectionName: path.collection })),
				},
			});
			return linkArtifact?.artifactMembership ?? null;
		},
		onSuccess: async (place) => {
			await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
			const collection = place?.artifactCollection?.name ?? path.collection;
			const version = versionName(place?.versionIndex ?? null);
			const search = new URLSearchParams({
				selectionPath: printSelectionPath({ ...path, collection }),
				view: "membership",
				version,
			});
			const organization = encodeURIComponent(target?.organization ?? path.entity);
			const registry = encodeURIComponent(registryNameOf(path.project));
			showToast({
				tone: "done",
				text: t("toRegistry.done"),
				link: {
					href: `/orgs/${organization}/registry/${registry}?${search}`,
					text: `${path.project}/${collection}:${version}`,
				},
			});
			onDone();
		},
	});
}
