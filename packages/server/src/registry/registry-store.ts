import { sql } from "kysely";
import { userIdOf } from "../access/actor.ts";
import { changeActors } from "../access/change-actors.ts";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

export type NewRegistry = {
	readonly projectId: string;
	readonly organizationId: string;
	readonly core: boolean;
	readonly defaultRole: "viewer" | "member";
	readonly allowAllTypes: boolean;
};

/** Makes a project a registry, in the caller's transaction. */
export async function insertRegistry(ctx: Ctx, registry: NewRegistry): Promise<void> {
	const values = {
		project_id: registry.projectId,
		organization_id: registry.organizationId,
		core: registry.core,
		allow_all_types: registry.allowAllTypes,
		default_role: registry.defaultRole,
		created_at: ctx.clock(),
	};
	await changeActors(ctx, (db) => named("registry.insert", db.insertInto("registry").values(values)).execute());
}

/** Accepts further artifact types; one that is accepted already stays so. */
export async function addAcceptedTypes(ctx: Ctx, projectId: string, typeNames: readonly string[]): Promise<void> {
	if (typeNames.length === 0) return;
	const insert = ctx.db
		.insertInto("registry_accepted_type")
		.values(typeNames.map((typeName) => ({ project_id: projectId, type_name: typeName, created_at: ctx.clock() })))
		.onConflict((conflict) => conflict.columns(["project_id", "type_name"]).doNothing());
	await named("registry.addAcceptedTypes", insert).execute();
}

export async function setDefaultRole(ctx: Ctx, projectId: string, defaultRole: "viewer" | "member"): Promise<void> {
	await changeActors(ctx, async (db) => {
		const update = db.updateTable("registry").set({ default_role: defaultRole }).where("project_id", "=", projectId);
		await named("registry.setDefaultRole", update).execute();
	});
}

/** Makes these the protected aliases of a registry, and no others. */
export async function setProtectedAliases(ctx: Ctx, projectId: string, aliases: readonly string[]): Promise<void> {
	const drop = sql`
		delete from registry_protected_alias where project_id = ${projectId} and alias <> all(${[...aliases]}::text[])`;
	await named("registry.dropProtectedAliases", drop).execute(ctx.db);
	const add = sql`
		insert into registry_protected_alias (project_id, alias, created_by, created_at)
		select ${projectId}::uuid, alias, ${userIdOf(ctx.actor)}::uuid, ${ctx.clock()}::timestamptz
		from unnest(${[...aliases]}::text[]) given (alias) on conflict do nothing`;
	await named("registry.addProtectedAliases", add).execute(ctx.db);
}

/** Locks a registry until the transaction ends: its settings change one at a time. */
export async function lockRegistry(db: Database, projectId: string): Promise<void> {
	const lock = sql`select from registry where project_id = ${projectId} for no key update`;
	await named("registry.lock", lock).execute(db);
}

/** Accepts the artifact types that collections of a registry have. */
export async function acceptTypesThere(ctx: Ctx, projectId: string): Promise<void> {
	const insert = sql`
		insert into registry_accepted_type (project_id, type_name, created_at)
		select ${projectId}::uuid, name, ${ctx.clock()}::timestamptz from artifact_type where project_id = ${projectId}
		on conflict do nothing`;
	await named("registry.acceptTypesThere", insert).execute(ctx.db);
}

export async function setAllowAllTypes(ctx: Ctx, projectId: string, allowAllTypes: boolean): Promise<void> {
	await changeActors(ctx, async (db) => {
		const update = db
			.updateTable("registry")
			.set({ allow_all_types: allowAllTypes })
			.where("project_id", "=", projectId);
		await named("registry.setAllowAllTypes", update).execute();
	});
}
