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
	const insert = ctx.db.insertInto("registry").values({
		project_id: registry.projectId,
		organization_id: registry.organizationId,
		core: registry.core,
		allow_all_types: registry.allowAllTypes,
		default_role: registry.defaultRole,
		created_at: ctx.clock(),
	});
	await named("registry.insert", insert).execute();
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

export async function setAllowAllTypes(db: Database, projectId: string, allowAllTypes: boolean): Promise<void> {
	const update = db.updateTable("registry").set({ allow_all_types: allowAllTypes }).where("project_id", "=", projectId);
	await named("registry.setAllowAllTypes", update).execute();
}
