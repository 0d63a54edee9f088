import { type RawBuilder, sql } from "kysely";
import { changeActors } from "../access/change-actors.ts";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import { unlessTaken } from "../db/unless-taken.ts";
import type { EntityRow, OrganizationRow } from "./org-rows.ts";
import { nameKey } from "./org-rules.ts";

/** The id of the entity that has this name, else of the one that had it last; asks no policy. */
export function entityIdNamed(name: string): RawBuilder<string> {
	const key = nameKey(name);
	return sql<string>`coalesce((select id from entity where name_key = ${key}),
		(select entity_id from entity_former_name where name_key = ${key}))`;
}

/** Deletes what led on from this name, as part of the statement that takes it anew. */
export function takingName(name: string): RawBuilder<unknown> {
	return sql`delete from entity_former_name where name_key = ${nameKey(name)}`;
}

/**
 * Gives an entity another name, its present one leading on to it. False when the new one is taken: then the transaction is
 * lost, and the caller must end it.
 */
export async function renameEntity(ctx: Ctx, entity: Pick<EntityRow, "id" | "name">, name: string): Promise<boolean> {
	const update = sql`
		with taken as (${takingName(name)})
		update entity set name = ${name}, name_key = ${nameKey(name)} where id = ${entity.id}`;
	const isFree = await changeActors(ctx, (db) => unlessTaken(named("org.renameEntity", update).execute(db)));
	if (!isFree) return false;
	await leaveName(ctx, { entityId: entity.id, from: entity.name, to: name });
	return true;
}

/** As `renameEntity`, for the name that an organisation is shown by; it leads on to the organisation's entity. */
export async function renameOrganizationRow(
	ctx: Pick<Ctx, "db" | "clock">,
	organization: OrganizationRow,
	name: string,
): Promise<boolean> {
	const update = sql`
		with taken as (${takingName(name)})
		update organization set name = ${name}, name_key = ${nameKey(name)} where id = ${organization.id}`;
	if (!(await unlessTaken(named("org.renameOrganization", update).execute(ctx.db)))) return false;
	await leaveName(ctx, { entityId: organization.entityId, from: organization.name, to: name });
	return true;
}

/** A name that something else has by now leads nowhere: what has it is found first. */
async function leaveName(
	ctx: Pick<Ctx, "db" | "clock">,
	left: { readonly entityId: string; readonly from: string; readonly to: string },
): Promise<void> {
	if (nameKey(left.from) === nameKey(left.to)) return;
	const leave = sql`
		insert into entity_former_name (name_key, entity_id, created_at)
		values (${nameKey(left.from)}, ${left.entityId}, ${ctx.clock()})
		on conflict (name_key) do update set entity_id = excluded.entity_id, created_at = excluded.created_at`;
	await named("org.leaveName", leave).execute(ctx.db);
}

/** Makes an entity one that is found under no name. */
export async function markEntityDeleted(ctx: Ctx, id: string): Promise<void> {
	const query = sql`
		with gone as (delete from entity_former_name where entity_id = ${id})
		update entity set name_key = null, deleted_at = ${ctx.clock()} where id = ${id}`;
	await changeActors(ctx, (db) => named("org.markEntityDeleted", query).execute(db));
}

export async function markOrganizationDeleted(ctx: Pick<Ctx, "db" | "clock">, id: string): Promise<void> {
	const query = sql`update organization set name_key = null, deleted_at = ${ctx.clock()} where id = ${id}`;
	await named("org.markOrganizationDeleted", query).execute(ctx.db);
}

/** Locks a team's row until the transaction ends: nobody makes a project in it meanwhile. */
export async function lockEntity(db: Database, id: string): Promise<void> {
	await named("org.lockEntity", sql`select id from entity where id = ${id} for update`).execute(db);
}
