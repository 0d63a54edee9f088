import { sql } from "kysely";
import { userIdOf } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { named } from "../db/query-name.ts";
import type { DomainEvent } from "../events.ts";

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
