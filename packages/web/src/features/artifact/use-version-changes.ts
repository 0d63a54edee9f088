import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ask } from "../../graphql-client.ts";
import type { Toast } from "../../ui/toasts.ts";
import { useChange } from "../../ui/use-change.ts";
import { versionName } from "./ArtifactLink.tsx";
import { AddAliasesDocument, DeleteAliasesDocument, UpdateVersionDocument } from "./version.graphql.gen.ts";
import { aliasHolderQuery, type Membership, type Standing } from "./version.queries.ts";

type Held = { id: string; versionIndex: number | null; artifact: { id: string } | null } | null;
type AliasChange = { alias: string; add: boolean; from?: Held };
type Told = Omit<Toast, "id" | "tone">;

/** What lists of versions and collections are read from. */
export const listKeys = [
	["version-choices"],
	["memberships"],
	["collection"],
	["collection-aliases"],
	["alias-holder"],
	["artifact-types"],
	["artifact-type"],
	["artifact-browser"],
	["registry-collections"],
] as const;

const versionKeys = [["version"], ...listKeys] as const;

/** Changes a version wherever the page holds it; gives back what undoes that. */
function patch(client: QueryClient, id: string, change: (membership: Membership) => Membership): () => void {
	const before = client.getQueriesData<Standing>({ queryKey: ["version"] });
	client.setQueriesData<Standing>({ queryKey: ["version"] }, (standing) =>
		standing?.membership?.id === id ? { membership: change(standing.membership), ghost: null } : standing,
	);
	return () => {
		for (const [key, data] of before) client.setQueryData(key, data);
	};
}

function withAlias({ aliases, ...rest }: Membership, { alias, add }: AliasChange): Membership {
	const others = aliases.filter((each) => each.alias !== alias);
	return { ...rest, aliases: add ? [...others, { id: `new-${alias}`, alias }] : others };
}

/** Gives and takes the aliases of a version in the collection where it is shown; each can be undone. */
export function useAliasChange(membership: Membership) {
	const { t } = useTranslation();
	const client = useQueryClient();
	const { artifact, artifactCollection: collection } = membership;
	const placed = (alias: string) => ({
		alias,
		artifactCollectionName: collection?.name ?? "",
		entityName: collection?.project?.entityName ?? null,
		projectName: collection?.project?.name ?? null,
	});
	const here = versionName(membership.versionIndex);
	const tell = ({ alias, add, from }: AliasChange): Told => {
		if (!add) return { text: t("aliasEdit.removed", { alias, version: here }), undo: () => add_(alias) };
		if (from?.artifact && from.id !== membership.id) {
			const holder = from.artifact.id;
			const text = t("aliasEdit.moved", { alias, from: versionName(from.versionIndex), to: here });
			return { text, undo: () => giveBack.mutate({ alias, holder }) };
		}
		return { text: t("aliasEdit.added", { alias, version: here }), undo: () => change.mutate({ alias, add: false }) };
	};
	const change = useChange(
		async ({ alias, add }: AliasChange) => {
			const variables = { id: artifact.id, aliases: [placed(alias)] };
			if (add) await ask(AddAliasesDocument, variables);
			else await ask(DeleteAliasesDocument, variables);
		},
		{
			stale: versionKeys,
			ahead: (queries, input) => patch(queries, membership.id, (each) => withAlias(each, input)),
			done: (_, input) => tell(input),
		},
	);
	const giveBack = useChange(
		({ alias, holder }: { alias: string; holder: string }) =>
			ask(AddAliasesDocument, { id: holder, aliases: [placed(alias)] }),
		{ stale: versionKeys },
	);
	const add_ = async (alias: string) => {
		const from = collection ? await client.fetchQuery(aliasHolderQuery(collection.id, alias)).catch(() => null) : null;
		change.mutate({ alias, add: true, from });
	};
	return { add: (alias: string) => void add_(alias), remove: (alias: string) => change.mutate({ alias, add: false }) };
}

type Said = { description?: string; ttl?: number; addTags?: string[]; removeTags?: string[] };

function withSaid(membership: Membership, { description, addTags = [], removeTags = [] }: Said): Membership {
	const { artifact } = membership;
	const kept = artifact.tags.filter(({ name }) => !removeTags.includes(name) && !addTags.includes(name));
	const tags = [...kept, ...addTags.map((name) => ({ id: `new-${name}`, name }))];
	return { ...membership, artifact: { ...artifact, tags, description: description ?? artifact.description } };
}

/** Changes what is said of a version: its tags, its description, how long it lives. */
export function useVersionChange(membership: Membership) {
	const { t } = useTranslation();
	const { id } = membership.artifact;
	const change = useChange(
		({ description, ttl, addTags = [], removeTags = [] }: Said) =>
			ask(UpdateVersionDocument, {
				input: {
					artifactID: id,
					...(description === undefined ? {} : { description }),
					...(ttl === undefined ? {} : { ttlDurationSeconds: ttl }),
					...(addTags.length === 0 ? {} : { tagsToAdd: addTags.map((tagName) => ({ tagName })) }),
					...(removeTags.length === 0 ? {} : { tagsToDelete: removeTags.map((tagName) => ({ tagName })) }),
				},
			}),
		{
			stale: [["version"], ["memberships"]],
			ahead: (queries, said) => patch(queries, membership.id, (each) => withSaid(each, said)),
			done: (_, said): Told | undefined => {
				const [tag] = said.removeTags ?? [];
				if (tag !== undefined) {
					return { text: t("artifact.tagRemoved", { tag }), undo: () => change.mutate({ addTags: [tag] }) };
				}
				if (said.ttl !== undefined) return { text: t("versionTtl.saved") };
				return said.description === undefined ? undefined : { text: t("artifact.descriptionSaved") };
			},
		},
	);
	return change.mutate;
}
