import { sql } from "kysely";
import { changeActors } from "../access/change-actors.ts";
import type { ProjectAccess } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";
import { DomainError } from "../errors.ts";

const uniqueViolation = "23505";

/** The next project number. The counter row makes all who create projects wait for each other until they commit. */
export async function nextProjectNumber(db: Database): Promise<number> {
	const query = sql<{ last: number }>`update project_number set last = last + 1 where id = 1 returning last`;
	const row = (await named("project.nextNumber", query).execute(db)).rows[0];
	if (row === undefined) throw new Error("the table project_number has lost its row");
	return row.last;
}

/**
 * False when the entity has a project of that name; then nothing was written. A name that led on to another project is
 * taken anew.
 */
export async function insertProjectRow(
	ctx: Ctx,
	project: {
		readonly id: string;
		readonly number: number;
		readonly entityId: string;
		readonly name: string;
		readonly nameKey: string;
		readonly description: string | null;
		readonly access: ProjectAccess;
		readonly createdBy: string | null;
		readonly createdAt: Date;
	},
): Promise<boolean> {
	const query = sql<{ id: string }>`
		with made as (
			insert into project
				(id, number, entity_id, name, name_key, description, access, created_by, owner_user_id, created_at, updated_at)
			values (${project.id}, ${project.number}, ${project.entityId}, ${project.name}, ${project.nameKey},
				${project.description}, ${project.access}, ${project.createdBy}, ${project.createdBy}, ${project.createdAt},
				${project.createdAt})
			on conflict (entity_id, name_key) do nothing returning id
		), taken as (
			delete from project_former_name f using made where f.entity_id = ${project.entityId} and f.name_key = ${project.nameKey}
		)
		select id from made`;
	return (await changeActors(ctx, (db) => named("project.insertProject", query).execute(db))).rows.length === 1;
}

/** Changes what is given; null leaves things as they are. */
export async function updateProjectRow(
	ctx: Ctx,
	id: string,
	change: { readonly access: ProjectAccess | null; readonly description: string | null; readonly now: Date },
): Promise<void> {
	const query = sql`
		update project set access = coalesce(${change.access}::text, access),
			description = case when ${change.description}::text is null then description
				else nullif(${change.description}::text, '') end, updated_at = ${change.now}
		where id = ${id}`;
	await changeActors(ctx, (db) => named("project.updateProject", query).execute(db));
}

/**
 * Gives a project another name, its present one leading on to it. Answers the name it had; null when another one has the
 * new name: then the transaction is lost, and the caller must end it.
 */
export async function renameProjectRow(
	ctx: Ctx,
	project: { readonly id: string; readonly name: string; readonly nameKey: string; readonly now: Date },
): Promise<string | null> {
	const { id, name, nameKey, now } = project;
	const rename = sql<{ name: string; nameKey: string; entityId: string }>`
		update project p set name = ${name}, name_key = ${nameKey}, updated_at = ${now}
		from (select id, name, name_key from project where id = ${id} and deleted_at is null for update) old
		where p.id = old.id returning old.name, old.name_key as "nameKey", p.entity_id as "entityId"`;
	const { rows } = await changeActors(ctx, (db) => named("project.rename", rename).execute(db)).catch(
		(error: unknown) => {
			if (error instanceof Error && "code" in error && error.code === uniqueViolation) return { rows: null };
			throw error;
		},
	);
	if (rows === null) return null;
	const [old] = rows;
	if (old === undefined) throw new DomainError("GONE", "the project was deleted meanwhile");
	const taken = sql`delete from project_former_name where entity_id = ${old.entityId} and name_key = ${nameKey}`;
	await named("project.takeName", taken).execute(ctx.db);
	if (old.nameKey === nameKey) return old.name;
	const leave = sql`
		insert into project_former_name (entity_id, name_key, project_id, created_at)
		values (${old.entityId}, ${old.nameKey}, ${id}, ${now})`;
	await named("project.leaveName", leave).execute(ctx.db);
	return old.name;
}

/** Locks a project until the transaction ends; false where it is deleted. */
export async function lockProject(db: Database, id: string): Promise<boolean> {
	const query = sql`select from project where id = ${id} and deleted_at is null for update`;
	return (await named("project.lock", query).execute(db)).rows.length === 1;
}

/** Makes a project one that is found under no name. */
export async function markProjectDeleted(
	ctx: Ctx,
	deletion: { readonly projectId: string; readonly at: Date; readonly by: string | null },
): Promise<void> {
	const { projectId, at, by } = deletion;
	const update = sql`
		update project set name_key = null, deleted_at = ${at}, deleted_by = ${by}, updated_at = ${at} where id = ${projectId}`;
	await changeActors(ctx, (db) => named("project.markDeleted", update).execute(db));
	const drop = sql`delete from project_former_name where project_id = ${projectId}`;
	await named("project.dropFormerNames", drop).execute(ctx.db);
}
