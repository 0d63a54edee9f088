import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { findEntity } from "./find-entity.ts";
import { mayAdministerTeam, mayWriteInEntity } from "./org-policy.ts";
import type { EntityRow } from "./org-rows.ts";
import { updateDefaultTtl } from "./org-store.ts";

const longest = 2_147_483_647;

type Input = {
	readonly entityName: string;
	/** -2: none; null leaves it. */
	readonly seconds: number | null;
};

/** Says how long versions live that have no TTL of their own: in a team its admins, in a personal entity the person. */
export async function setDefaultTtl(ctx: Ctx, { entityName, seconds }: Input): Promise<EntityRow> {
	const entity = await findEntity(ctx, entityName);
	if (entity === null) throw new DomainError("NOT_FOUND", `no entity is named "${entityName}"`);
	requireAdmin(ctx, entity);
	if (seconds === null) return entity;
	if (seconds !== -2 && !(seconds > 0 && seconds <= longest)) {
		const expected = "expected a number of seconds above 0, or -2 for none";
		throw new DomainError("INVALID_INPUT", `artifactTTLDurationSeconds is ${seconds}: ${expected}`);
	}
	const kept = seconds === -2 ? null : seconds;
	await inTransaction(ctx, async (tx) => {
		await updateDefaultTtl(tx.db, entity.id, kept);
		await emit(tx, { type: "entity.ttl-set", entityId: entity.id, seconds: kept });
	});
	return entity;
}

function requireAdmin(ctx: Ctx, entity: EntityRow): void {
	if (entity.kind === "organization") {
		throw new DomainError("UNPROCESSABLE", `"${entity.name}" holds registries: what is linked there has no TTL`);
	}
	const may = entity.kind === "team" ? mayAdministerTeam(ctx.actor, entity) : mayWriteInEntity(ctx.actor, entity);
	if (may) return;
	throw new DomainError(
		"FORBIDDEN",
		`only an admin of the team "${entity.name}", or the person behind a personal entity, says how long versions live there`,
	);
}
