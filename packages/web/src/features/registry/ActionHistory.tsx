import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOfPages } from "../../graphql-client.ts";
import { SideDrawer } from "../../ui/Dialog.tsx";
import { RowsSkeleton } from "../../ui/RowsSkeleton.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { versionName } from "../artifact/ArtifactLink.tsx";
import { RegistryVersionLink } from "./RegistryVersionLink.tsx";
import { RunLink } from "./RunLink.tsx";
import { type HistoryEntry, historyQuery, placeOf } from "./registry.queries.ts";
import type { SelectionPath } from "./registry-paths.ts";
import { SourceLink } from "./SourceLink.tsx";

type Props = { place: { org: string; registry: string }; path: SelectionPath; onClose: () => void };

/** Stands in a sentence where a link comes: where that is, the language decides. */
const gap = "\u0000";

function withLink(sentence: string, link: ReactNode): ReactNode {
	const [before, after] = sentence.split(gap);
	return (
		<>
			{before}
			{link}
			{after}
		</>
	);
}

/** What happened, as one sentence; kinds that no collection has are told by the change alone. */
function useSentence({ place, path }: Props) {
	const { t } = useTranslation();
	return ({ kind, changes, artifact, versionIndex }: HistoryEntry): ReactNode => {
		const [change] = changes;
		const { before = null, after = null } = change ?? {};
		switch (kind) {
			case "COLLECTION_CREATED":
				return t("registry.event.created");
			case "COLLECTION_LINKED":
				if (artifact === null) return t("registry.event.linked", { version: after });
				return withLink(
					t("registry.event.linkedFrom", { source: gap, version: after }),
					<SourceLink artifact={artifact} />,
				);
			case "COLLECTION_UNLINKED":
				return t("registry.event.unlinked", { version: before });
			case "ALIAS_MOVED": {
				const alias = change?.item ?? "";
				if (before === null) return t("registry.event.aliasAdded", { alias, version: after });
				if (after === null) return t("registry.event.aliasRemoved", { alias, version: before });
				return t("registry.event.aliasMoved", { alias });
			}
			case "COLLECTION_RENAMED":
				return t("registry.event.renamed");
			case "COLLECTION_DESCRIBED":
				return t("registry.event.described");
			case "COLLECTION_RETYPED":
				return t("registry.event.retyped");
			case "COLLECTION_TAGGED":
				return t("registry.event.tagged");
			case "COLLECTION_MOVED":
				return t("registry.event.moved");
			case "ARTIFACT_USED": {
				if (versionIndex === null) return t("registry.event.used");
				const version = versionName(versionIndex);
				return withLink(
					t("registry.event.usedVersion", { version: gap }),
					<RegistryVersionLink {...place} path={path} version={version} text={version} />,
				);
			}
			case "ARTIFACT_DELETED":
				return t("registry.event.sourceDeleted", { version: before });
			case "ARTIFACT_DESCRIBED":
				return t("registry.event.versionDescribed");
			case "ARTIFACT_TAGGED":
				return t("registry.event.versionTagged");
			default:
				return t("registry.event.changed");
		}
	};
}

/** Whether the sentence says the whole change. */
function isToldWhole({ kind, changes }: HistoryEntry): boolean {
	if (kind === "ALIAS_MOVED") return changes.some(({ before, after }) => before === null || after === null);
	return kind === "COLLECTION_CREATED" || kind === "COLLECTION_LINKED" || kind === "COLLECTION_UNLINKED";
}

function Changes({ entry }: { entry: HistoryEntry }): ReactNode {
	if (isToldWhole(entry)) return null;
	return entry.changes.map(({ field, item, before, after }) => (
		<div key={`${field} ${item} ${before} ${after}`} className="change">
			{before === null ? <span className="quiet">+ </span> : null}
			{after === null ? <span className="quiet">− </span> : null}
			{before === null ? null : <del>{before}</del>}
			{before !== null && after !== null ? " → " : null}
			{after}
		</div>
	));
}

function Entry({ entry, sentence }: { entry: HistoryEntry; sentence: ReactNode }): ReactNode {
	const { t } = useTranslation();
	const { actor, at, run } = entry;
	return (
		<li>
			<span>
				<strong>{actor === null ? t("registry.event.server") : actor.username}</strong> {sentence}
			</span>
			{run === null ? null : (
				<div>
					<RunLink run={run} />
				</div>
			)}
			<Changes entry={entry} />
			<span className="when">
				<TimeText at={at} full />
			</span>
		</li>
	);
}

/** Who did what to a collection and when, from what to what, newest first. */
export function ActionHistory(props: Props): ReactNode {
	const { t } = useTranslation();
	const sentenceOf = useSentence(props);
	const history = useInfiniteQuery({ ...historyQuery(placeOf(props.path)), throwOnError: true });
	const entries = nodesOfPages(history.data?.pages ?? []);
	return (
		<SideDrawer onClose={props.onClose} title={t("registry.historyOf", { name: props.path.collection })}>
			{history.isPending ? <RowsSkeleton /> : null}
			<ol className="timeline" aria-label={t("registry.history")}>
				{entries.map((entry) => (
					<Entry key={entry.id} entry={entry} sentence={sentenceOf(entry)} />
				))}
			</ol>
			{history.hasNextPage ? (
				<Button
					variant="subtle"
					size="compact-sm"
					mt="sm"
					loading={history.isFetchingNextPage}
					onClick={() => void history.fetchNextPage()}
				>
					{t("ui.loadMore")}
				</Button>
			) : null}
		</SideDrawer>
	);
}
