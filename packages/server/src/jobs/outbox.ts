import { type RawBuilder, sql } from "kysely";
import { userIdOf } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { named } from "../db/query-name.ts";
import type { DomainEvent, DomainEventType } from "../events.ts";

/** Writes what happened into the outbox, in the caller's own transaction: it is there exactly when the change is. */
export async function emit(ctx: Ctx, ...events: DomainEvent[]): Promise<void> {
	if (events.length === 0) return;
	const actorId = userIdOf(ctx.actor);
	const rows = events.map(
		({ type, ...payload }) => sql`(${ctx.ids.uuid()}, ${type}, ${JSON.stringify(payload)}, ${actorId}, ${ctx.clock()})`,
	);
	const insert = sql`insert into event_outbox (id, type, payload, actor_user_id, at) values ${sql.join(rows)}`;
	await named("jobs.emit", insert).execute(ctx.db);
}

type EventOf<T extends DomainEventType> = Extract<DomainEvent, { type: T }>;

/**
 * `emit` as a part of the statement that makes the change: the insert that writes an event where `from` has a row.
 * `from` has one row at most, and names what the payload takes from it.
 */
export function eventInsert<T extends DomainEventType>(
	ctx: Pick<Ctx, "actor" | "clock" | "ids">,
	type: T,
	event: {
		readonly payload: { readonly [K in Exclude<keyof EventOf<T>, "type">]: RawBuilder<unknown> };
		readonly from: RawBuilder<unknown>;
	},
): RawBuilder<unknown> {
	const fields = Object.entries<RawBuilder<unknown>>(event.payload).map(
		([name, value]) => sql`${name}::text, ${value}`,
	);
	return sql`insert into event_outbox (id, type, payload, actor_user_id, at)
		select ${ctx.ids.uuid()}::uuid, ${type}::text, jsonb_build_object(${sql.join(fields)}),
			${userIdOf(ctx.actor)}::uuid, ${ctx.clock()}::timestamptz from ${event.from}`;
}
