import { type RawBuilder, sql } from "kysely";
import type { Database } from "../db/database.ts";
import { afterKey } from "../db/page.ts";
import { named } from "../db/query-name.ts";
import type { ShownEvent, ShownType, VersionNumbers } from "./history-rules.ts";

export type HistoryRow = VersionNumbers & {
	readonly position: number;
	readonly id: string;
	readonly event: ShownEvent;
	readonly actorUserId: string | null;
	readonly at: Date;
};

/** Whose history. */
export type HistorySubject = { readonly projectId: string } | { readonly collectionId: string };

export type HistorySearch = {
	readonly types: readonly ShownType[];
	/** Lower case. */
	readonly actorKey: string | null;
	readonly since: Date | null;
	readonly until: Date | null;
};

/** What happened to a subject, newest first. Asks no policy. */
export async function readHistory(
	db: Database,
	subject: HistorySubject,
	search: HistorySearch,
	page: { readonly limit: number; readonly after: readonly [number] | null },
): Promise<HistoryRow[]> {
	const query = sql<HistoryRow>`
		with page as materialized (
			select o.position, o.id, o.type, o.payload, o.actor_user_id, o.at from event_outbox o
			where ${isAbout(subject)} and o.type = any(${[...search.types]}::text[]) and ${isFound(search)}
				and ${page.after === null ? sql`true` : afterKey(["o.position"], [...page.after], "desc")}
			order by o.position desc limit ${page.limit}
		)
		select page.position, page.id, page.payload || jsonb_build_object('type', page.type) as event,
			page.actor_user_id as "actorUserId", page.at,
			${numberOf(sql`page.payload->>'artifactId'`)} as "versionIndex",
			${numberOf(sql`page.payload->>'fromArtifactId'`)} as "fromVersionIndex"
		from page order by page.position desc`;
	return (await named("history.read", query).execute(db)).rows;
}

/** The conditions beside the ids are those of the partial indexes. */
function isAbout(subject: HistorySubject): RawBuilder<boolean> {
	if ("projectId" in subject) {
		return sql<boolean>`(o.payload->>'projectId')::uuid = ${subject.projectId} and o.type not in ('run.created', 'run.finished')`;
	}
	return sql<boolean>`(o.payload->>'collectionId')::uuid = ${subject.collectionId} and o.payload->>'collectionId' is not null`;
}

function isFound({ actorKey, since, until }: HistorySearch): RawBuilder<boolean> {
	const byActor =
		actorKey === null
			? sql`true`
			: sql`o.actor_user_id = (select id from user_account where username_key = ${actorKey})`;
	const from = since === null ? sql`true` : sql`o.at >= ${since}`;
	const to = until === null ? sql`true` : sql`o.at < ${until}`;
	return sql<boolean>`${byActor} and ${from} and ${to}`;
}

/** The number that a version has in the event's collection, or had there before its link was taken out. */
function numberOf(artifactId: RawBuilder<unknown>): RawBuilder<number | null> {
	const collectionId = sql`(page.payload->>'collectionId')::uuid`;
	return sql<number | null>`case when page.payload ? 'collectionId' and ${artifactId} is not null then coalesce(
		(select m.version_index from artifact_member m
			where m.collection_id = ${collectionId} and m.artifact_id = (${artifactId})::uuid),
		(select (l.payload->>'versionIndex')::int from event_outbox l
			where (l.payload->>'collectionId')::uuid = ${collectionId} and l.payload->>'collectionId' is not null
				and l.type = 'collection.linked' and l.payload->>'artifactId' = ${artifactId}
			order by l.position desc limit 1)) end`;
}
