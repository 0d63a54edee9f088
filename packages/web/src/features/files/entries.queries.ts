import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { found } from "../../app-shell/missing-error.ts";
import { afterOf, ask, nextPage, type PageInfo } from "../../graphql-client.ts";
import type { BranchPage } from "../../ui/use-branches.ts";
import {
	type ArtifactEntryChangeKind,
	CompareChoicesDocument,
	ComparedVersionDocument,
	ReferencedVersionDocument,
	VersionChangesDocument,
	VersionChangeTotalsDocument,
	type VersionEntryFragment,
	VersionEntryPageDocument,
	type VersionEntryPageQuery,
	VersionEntrySearchDocument,
	VersionEntryUrlsDocument,
	VersionFolderDocument,
} from "./entries.graphql.gen.ts";

/** A folder, file or reference in the tree. */
export type Entry = VersionEntryFragment;
/** A file or reference with all that its preview needs. */
export type OpenEntry = NonNullable<NonNullable<VersionEntryPageQuery["artifact"]>["entry"]>;
export type ChangeKind = ArtifactEntryChangeKind;

/** Signed addresses live for a quarter of an hour: a little less than that they are kept. */
const addressesKeptMs = 10 * 60_000;

/** A page of a folder; the content of a version never changes. */
export async function readFolder(id: string, path: string, after: string, signal: AbortSignal) {
	const { artifact } = await ask(VersionFolderDocument, { id, path, after: afterOf(after) }, signal);
	return toPage(found(artifact, "version", id).folder);
}

type Page = { edges: { node: Entry }[]; pageInfo: PageInfo };

function toPage(page: Page): BranchPage<Entry> {
	return { items: page.edges.map(({ node }) => node), next: nextPage(page) };
}

/** Files by a part of their path, or with stars. */
export function entrySearchQuery(id: string, pattern: string) {
	return infiniteQueryOptions({
		queryKey: ["version-entry-search", id, pattern],
		initialPageParam: "",
		staleTime: Number.POSITIVE_INFINITY,
		queryFn: async ({ pageParam, signal }) => {
			const variables = { id, pattern, after: afterOf(pageParam) };
			return found((await ask(VersionEntrySearchDocument, variables, signal)).artifact, "version", id).searchEntries;
		},
		getNextPageParam: nextPage,
	});
}

/** One file or reference; null when the version has none of that path. */
export function entryQuery(id: string, path: string) {
	return queryOptions({
		queryKey: ["version-entry", id, path],
		staleTime: addressesKeptMs,
		queryFn: async ({ signal }) =>
			found((await ask(VersionEntryPageDocument, { id, path }, signal)).artifact, "version", id).entry,
	});
}

type Waiting = { paths: Map<string, ((url: string | undefined) => void)[]>; fail: ((error: unknown) => void)[] };
const waiting = new Map<string, Waiting>();

async function readWaiting(id: string): Promise<void> {
	const batch = waiting.get(id);
	waiting.delete(id);
	if (batch === undefined) return;
	try {
		const { artifact } = await ask(VersionEntryUrlsDocument, { id, names: [...batch.paths.keys()] });
		const urls = new Map(
			artifact?.files?.edges.flatMap(({ node }) => (node ? [[node.name, node.directUrl] as const] : [])),
		);
		for (const [path, done] of batch.paths) for (const tell of done) tell(urls.get(path));
	} catch (error) {
		for (const fail of batch.fail) fail(error);
	}
}

/** The address of a file's bytes; what is asked for in the same moment is one request. Null where there are none here. */
export function entryUrlQuery(id: string, path: string) {
	return queryOptions({
		queryKey: ["version-entry-url", id, path],
		staleTime: addressesKeptMs,
		queryFn: async () => {
			const url = await new Promise<string | undefined>((done, fail) => {
				const batch: Waiting = waiting.get(id) ?? { paths: new Map(), fail: [] };
				if (!waiting.has(id)) {
					waiting.set(id, batch);
					setTimeout(() => void readWaiting(id), 10);
				}
				batch.paths.set(path, [...(batch.paths.get(path) ?? []), done]);
				batch.fail.push(fail);
			});
			return url?.includes("/blobs/get/") ? url : null;
		},
	});
}

/** The version that a reference points into; null when it is not there, or not to be seen. */
export function referencedVersionQuery(id: string) {
	return queryOptions({
		queryKey: ["referenced-version", id],
		queryFn: async ({ signal }) => (await ask(ReferencedVersionDocument, { id }, signal)).artifact,
	});
}

/** The versions of a collection to compare with, newest first. */
export function compareChoicesQuery(collection: string) {
	return queryOptions({
		queryKey: ["compare-choices", collection],
		queryFn: async ({ signal }) => {
			const result = await ask(CompareChoicesDocument, { collection }, signal);
			return (
				result.artifactCollection?.artifactMemberships?.edges.flatMap(({ node }) =>
					node?.versionIndex == null
						? []
						: [{ name: `v${node.versionIndex}`, aliases: node.aliases.map(({ alias }) => alias) }],
				) ?? []
			);
		},
	});
}

/** The version that an open one is compared with. */
export function comparedVersionQuery(collection: string, version: string) {
	return queryOptions({
		queryKey: ["compared-version", collection, version],
		queryFn: async ({ signal }) => {
			const result = await ask(ComparedVersionDocument, { collection, version }, signal);
			const { name = "", artifactMembership } = result.artifactCollection ?? {};
			const membership = found(artifactMembership, "version", `${name}:${version}`);
			return { index: membership.versionIndex, artifact: found(membership.artifact, "version", `${name}:${version}`) };
		},
	});
}

type Compared = { id: string; before: string };

/** What differs between two versions, by path. */
export function changesQuery({ id, before }: Compared, kind: ChangeKind | undefined) {
	return infiniteQueryOptions({
		queryKey: ["version-changes", id, before, kind ?? "all"],
		initialPageParam: "",
		staleTime: Number.POSITIVE_INFINITY,
		queryFn: async ({ pageParam, signal }) => {
			const variables = { id, before, kinds: kind === undefined ? null : [kind], after: afterOf(pageParam) };
			return found((await ask(VersionChangesDocument, variables, signal)).artifact, "version", id).changesSince;
		},
		getNextPageParam: nextPage,
	});
}

/** How much differs, by kind. */
export function changeTotalsQuery({ id, before }: Compared) {
	return queryOptions({
		queryKey: ["version-change-totals", id, before],
		staleTime: Number.POSITIVE_INFINITY,
		queryFn: async ({ signal }) =>
			found((await ask(VersionChangeTotalsDocument, { id, before }, signal)).artifact, "version", id).changesSince
				.totals,
	});
}
