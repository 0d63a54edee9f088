import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOfPages } from "../../graphql-client.ts";
import { SideDrawer } from "../../ui/Dialog.tsx";
import { RowsSkeleton } from "../../ui/RowsSkeleton.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { RunLink } from "./RunLink.tsx";
import { type CollectionPlace, type HistoryEntry, historyQuery } from "./registry.queries.ts";

/** What happened, as one sentence; kinds that no collection has are told by the change alone. */
function useSentence() {
	const { t } = useTranslation();
	return ({ kind, changes }: HistoryEntry): string => {
		const [change] = changes;
		const { before = null, after = null } = change ?? {};
		switch (kind) {
			case "COLLECTION_CREATED":
				return t("registry.event.created");
			case "COLLECTION_LINKED":
				return t("registry.event.linked", { version: after });
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
			case "ARTIFACT_USED":
				return t("registry.event.used");
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
			{before === null ? <span className="quiet">+ </span> : <del>{before}</del>}
			{before !== null && after !== null ? " → " : null}
			{after === null ? <span className="quiet"> −</span> : after}
		</div>
	));
}

function Entry({ entry, sentence }: { entry: HistoryEntry; sentence: string }): ReactNode {
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
export function ActionHistory(props: { at: CollectionPlace; name: string; onClose: () => void }): ReactNode {
	const { t } = useTranslation();
	const sentenceOf = useSentence();
	const history = useInfiniteQuery({ ...historyQuery(props.at), throwOnError: true });
	const entries = nodesOfPages(history.data?.pages ?? []);
	return (
		<SideDrawer onClose={props.onClose} title={t("registry.historyOf", { name: props.name })}>
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
