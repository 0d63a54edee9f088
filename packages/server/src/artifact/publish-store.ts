import { sql } from "kysely";
import { userIdOf } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { named } from "../db/query-name.ts";
import { emitting, eventsFrom } from "../jobs/outbox.ts";
import { artifactList } from "./artifact-columns-reader.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { puttingAliases } from "./link-store.ts";
import { locating, type NewEntry } from "./manifest-store.ts";

/** A pending version with its content, and what was asked for with it. */
export type Publication = {
	readonly artifact: { readonly id: string; readonly collectionId: string; readonly projectId: string };
	readonly digest: string;
	readonly fileCount: number;
	readonly manifestSha256: string;
	readonly baseArtifactId: string | null;
	/** Those that this statement writes; the others are there. */
	readonly entries: readonly NewEntry[];
	/** Sum of the sizes of those that are there. */
	readonly sizeBefore: number;
	/** No alias twice. */
	readonly aliases: readonly string[];
	readonly tags: readonly string[];
	readonly runId: string | null;
	/** Whether to publish although links wait for this: the caller makes them, in the same transaction. */
	readonly withPendingLinks: boolean;
};

/**
 * Makes a pending version the next one of its sequence, with all that belongs to it: entries, number, aliases, tags,
 * the edge from its run, events. One statement, so it needs no transaction of its own.
 *
 * Null, and nothing is changed, unless the version is pending, the project possesses all bytes, no living version of the
 * collection has this content, and nobody was about to change version or collection: what waits for a lock still sees the database as it was before it waited, so both
 * rows must be the ones that it saw (`lockCollection` and `lockArtifact` make new ones).
 */
export async function publishVersion(ctx: Ctx, publication: Publication): Promise<ArtifactRow | null> {
	const { artifact, runId } = publication;
	const [now, createdBy] = [ctx.clock(), userIdOf(ctx.actor)];
	const collectionId = sql`${artifact.collectionId}::uuid`;
	const artifactId = sql`${artifact.id}::uuid`;
	const at = sql`${now}::timestamptz`;
	const aliases = puttingAliases(ctx, { ...artifact, artifactId: artifact.id, aliases: publication.aliases });
	const { id, projectId } = artifact;
	const committed = eventsFrom({
		type: "artifact.committed",
		id: sql`${ctx.ids.uuid()}::uuid`,
		payload: {
			...{ artifactId: id, collectionId: artifact.collectionId, projectId, runId },
			versionIndex: sql<number>`numbered.version_index`,
		},
		from: sql`numbered`,
	});
	const publish = sql<ArtifactRow>`
		with entry as (
			${locating(artifact.projectId, publication.entries)}
		), total as (
			select ${publication.sizeBefore}::bigint + coalesce(sum(size), 0) as size,
				coalesce(bool_or(ref is null and sha256 is null), false) as lacks from entry
		), held as (
			select id, xmin as mark from artifact_collection where id = ${collectionId} and name_key is not null
			for no key update
		), pending as (
			select a.id, a.xmin as mark from artifact a join held on held.id = a.collection_id
			where a.id = ${artifactId} and a.state = 'PENDING' for no key update of a
		), published as (
			update artifact a set state = 'COMMITTED', digest = ${publication.digest}, size = total.size,
				file_count = ${publication.fileCount}, manifest_sha256 = ${publication.manifestSha256},
				base_artifact_id = ${publication.baseArtifactId}, committed_at = ${at}, updated_at = ${at}
			from pending, held, total
			where a.id = pending.id and not total.lacks and total.size <= ${Number.MAX_SAFE_INTEGER}
				and pending.mark = (select xmin from artifact where id = ${artifactId})
				and held.mark = (select xmin from artifact_collection where id = ${collectionId})
				and not exists (select from artifact equal where equal.collection_id = ${collectionId}
					and equal.digest = ${publication.digest} and equal.digest_algorithm = a.digest_algorithm and equal.state = 'COMMITTED')
				and (${publication.withPendingLinks}::boolean
					or not exists (select from artifact_pending_link where artifact_id = ${artifactId}))
			returning a.*
		), numbered as (
			update artifact_collection c set next_version_index = c.next_version_index + 1, updated_at = ${at}
			from published where c.id = published.collection_id returning c.next_version_index - 1 as version_index
		), member as (
			insert into artifact_member (id, collection_id, artifact_id, version_index, created_by, created_at)
			select ${ctx.ids.uuid()}::uuid, ${collectionId}, ${artifactId}, version_index, ${createdBy}::uuid, ${at} from numbered
			returning id
		), written as (
			insert into manifest_entry (artifact_id, path, digest, size, ref, extra, birth_artifact_id, sha256)
			select published.id, entry.* from published, entry
		), tagged as (
			insert into artifact_tag (artifact_id, name, id, created_at)
			select published.id, tag.name, tag.id, ${at} from published,
				unnest(${publication.tags.map(() => ctx.ids.uuid())}::uuid[], ${[...publication.tags]}::text[]) tag (id, name)
			on conflict (artifact_id, name) do nothing
		), produced as (
			insert into run_artifact (run_id, artifact_id, direction, collection_id, at)
			select ${runId}::uuid, published.id, 'PRODUCED', ${collectionId}, ${at} from published where ${runId}::uuid is not null
			on conflict (run_id, artifact_id, direction) do nothing
		), ${aliases.parts}, told as (${emitting(ctx, [aliases.moved, committed])})
		select ${artifactList} from published a cross join numbered own`;
	return (await named("artifact.publish", publish).execute(ctx.db)).rows[0] ?? null;
}
