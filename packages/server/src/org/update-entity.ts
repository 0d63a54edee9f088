import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import { findEntity } from "./find-entity.ts";
import { mayAdministerTeam, mayWriteInEntity } from "./org-policy.ts";
import type { EntityRow } from "./org-rows.ts";
import { updateDefaultTtl, updateXxhashDigests } from "./org-store.ts";

const longest = 2_147_483_647;

/** Null leaves a setting as it is. */
type Input = {
	readonly entityName: string;
	/** How long versions live that have no TTL of their own; -2: for ever. */
	readonly ttlSeconds: number | null;
	/** Whether versions may be logged with XXH128 digests, which clients before 0.29 cannot verify. */
	readonly xxhashDigests: boolean | null;
};

/** Settings for the versions of an entity: in a team its admins', in a personal entity the person's. */
export async function updateEntity(ctx: Ctx, { entityName, ttlSeconds, xxhashDigests }: Input): Promise<EntityRow> {
	const entity = await findEntity(ctx, entityName);
	if (entity === null) throw new DomainError("NOT_FOUND", `no entity is named "${entityName}"`);
	requireAdmin(ctx, entity);
	if (ttlSeconds !== null) checkTtl(ttlSeconds);
	await inTransaction(ctx, async (tx) => {
		if (ttlSeconds !== null) {
			const seconds = ttlSeconds === -2 ? null : ttlSeconds;
			await updateDefaultTtl(tx, entity.id, seconds);
			await emit(tx, { type: "entity.ttl-set", entityId: entity.id, seconds });
		}
		if (xxhashDigests !== null) {
			await updateXxhashDigests(tx, entity.id, xxhashDigests);
			await emit(tx, { type: "entity.xxhash-digests-set", entityId: entity.id, enabled: xxhashDigests });
		}
	});
	return entity;
}

function checkTtl(seconds: number): void {
	if (seconds === -2 || (seconds > 0 && seconds <= longest)) return;
	const expected = "expected a number of seconds above 0, or -2 for none";
	throw new DomainError("INVALID_INPUT", `artifactTTLDurationSeconds is ${seconds}: ${expected}`);
}

function requireAdmin(ctx: Ctx, entity: EntityRow): void {
	if (entity.kind === "organization") {
		throw new DomainError("UNPROCESSABLE", `"${entity.name}" holds registries: versions are logged elsewhere`);
	}
	const may = entity.kind === "team" ? mayAdministerTeam(ctx.actor, entity) : mayWriteInEntity(ctx.actor, entity);
	if (may) return;
	throw new DomainError(
		"FORBIDDEN",
		`only an admin of the team "${entity.name}", or the person behind a personal entity, changes its settings`,
	);
}
