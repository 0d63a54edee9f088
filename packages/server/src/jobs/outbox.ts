import { type RawBuilder, sql } from "kysely";
import { userIdOf } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { named } from "../db/query-name.ts";
import type { DomainEvent, DomainEventType } from "../events.ts";

type Happening = Pick<Ctx, "actor" | "clock">;
type EventOf<T extends DomainEventType> = Extract<DomainEvent, { type: T }>;
type Payload<T extends DomainEventType> = Omit<EventOf<T>, "type">;

/** Events that a statement finds out by itself: one for each row of `from`, over whose columns the rest may be SQL. */
export type EventSource<T extends DomainEventType> = {
	readonly type: T;
	readonly id: RawBuilder<unknown>;
	readonly payload: { readonly [K in keyof Payload<T>]: Payload<T>[K] | RawBuilder<Payload<T>[K]> };
	readonly from: RawBuilder<unknown>;
};

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

/** As `emit`, as a part of the statement that makes the change: stands in a `with` of it. */
export function emitting(ctx: Happening, sources: ReadonlyArray<RawBuilder<unknown>>): RawBuilder<unknown> {
	const rows = sql.join([...sources], sql` union all `);
	return sql`insert into event_outbox (id, type, payload, actor_user_id, at)
		select id, type, payload, ${userIdOf(ctx.actor)}::uuid, ${ctx.clock()}::timestamptz from (${rows}) event`;
}

/** A source of events for `emitting`. */
export function eventsFrom<T extends DomainEventType>({
	type,
	id,
	payload,
	from,
}: EventSource<T>): RawBuilder<unknown> {
	const fields = Object.entries(payload);
	const known = Object.fromEntries(fields.filter(([, value]) => !isSql(value)));
	const found = fields.flatMap(([name, value]) => (isSql(value) ? [sql`${sql.lit(name)}, ${value}`] : []));
	return sql`select ${id} as id, ${type} as type,
		${JSON.stringify(known)}::jsonb || jsonb_build_object(${sql.join(found)}) as payload from ${from}`;
}

function isSql(value: unknown): value is RawBuilder<unknown> {
	return typeof value === "object" && value !== null && "isRawBuilder" in value;
}
