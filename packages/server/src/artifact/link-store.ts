import { type RawBuilder, sql } from "kysely";
import type { Ctx } from "../context.ts";
import { named } from "../db/query-name.ts";
import { emitting, eventsFrom } from "../jobs/outbox.ts";
import type { MembershipRow } from "./artifact-rows.ts";
import { endingTtl } from "./artifact-ttl-store.ts";

type AliasesToPut = {
	readonly artifactId: string;
	readonly collectionId: string;
	readonly projectId: string;
	/** No alias twice. */
	readonly aliases: readonly string[];
};

/**
 * The parts of a statement that put aliases on a version in a collection, on the member whose id is in `member`; and the
 * events that tell of it.
 */
export function puttingAliases(ctx: Ctx, { artifactId, collectionId, projectId, aliases }: AliasesToPut) {
	const ids = () => aliases.map(() => ctx.ids.uuid());
	const [aliasIds, eventIds] = [ids(), ids()];
	const parts: RawBuilder<unknown> = sql`wanted (id, event_id, alias) as (
			select * from unnest(${aliasIds}::uuid[], ${eventIds}::uuid[], ${[...aliases]}::text[])
		), holder as (
			select l.alias, m.artifact_id from artifact_alias l join artifact_member m on m.id = l.member_id
			where l.collection_id = ${collectionId} and l.alias = any((select ${[...aliases]}::text[])::text[])
		), put as (
			insert into artifact_alias (collection_id, alias, id, member_id, created_at)
			select ${collectionId}::uuid, wanted.alias, wanted.id, member.id, ${ctx.clock()}::timestamptz from wanted, member
			on conflict (collection_id, alias) do update set member_id = excluded.member_id, created_at = excluded.created_at
			returning alias
		)`;
	const moved = eventsFrom({
		type: "alias.moved",
		id: sql`wanted.event_id`,
		payload: {
			collectionId,
			projectId,
			alias: sql<string>`put.alias`,
			artifactId,
			fromArtifactId: sql<string | null>`holder.artifact_id`,
		},
		from: sql`put join wanted using (alias) left join holder using (alias)`,
	});
	return { parts, moved };
}

/**
 * Makes a committed version the next member of a collection of links, with its aliases and all that belongs to it. One
 * statement, so it needs no transaction of its own.
 *
 * Null, and nothing is changed, where the version is there already, either is gone, or somebody was about to change the
 * collection (as in `publishVersion`).
 */
export async function linkAtOnce(
	ctx: Ctx,
	link: AliasesToPut & { readonly createdBy: string | null },
): Promise<MembershipRow | null> {
	const { artifactId, collectionId, projectId, createdBy } = link;
	const [id, createdAt] = [ctx.ids.uuid(), ctx.clock()];
	const aliases = puttingAliases(ctx, link);
	const linked = eventsFrom({
		type: "collection.linked",
		id: sql`${ctx.ids.uuid()}::uuid`,
		payload: { collectionId, artifactId, projectId, versionIndex: sql<number>`numbered.version_index` },
		from: sql`numbered`,
	});
	const query = sql<{ versionIndex: number }>`
		with held as (
			select id, xmin as mark from artifact_collection
			where id = ${collectionId} and project_id = ${projectId} and name_key is not null for no key update
		), alive as (
			-- Waits for one who is deleting it, and then finds nothing.
			select id from artifact where id = ${artifactId} and state = 'COMMITTED' for key share
		), numbered as (
			update artifact_collection c set next_version_index = c.next_version_index + 1, updated_at = ${createdAt}
			from held, alive
			where c.id = held.id and held.mark = (select xmin from artifact_collection where id = ${collectionId})
				and not exists (select from artifact_member where collection_id = ${collectionId} and artifact_id = ${artifactId})
			returning c.next_version_index - 1 as version_index
		), member as (
			insert into artifact_member (id, collection_id, artifact_id, version_index, created_by, created_at)
			select ${id}::uuid, ${collectionId}::uuid, ${artifactId}::uuid, version_index, ${createdBy}::uuid, ${createdAt}::timestamptz
			from numbered returning id
		), kept as (${endingTtl(link, sql`exists (select from member)`)}),
		${aliases.parts}, told as (${emitting(ctx, [linked, aliases.moved])})
		select version_index as "versionIndex" from numbered`;
	const [row] = (await named("artifact.link", query).execute(ctx.db)).rows;
	return row === undefined ? null : { id, collectionId, artifactId, versionIndex: row.versionIndex, createdAt };
}
