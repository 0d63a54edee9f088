import { sql } from "kysely";
import type { ProjectAccess } from "../access/project-role.ts";
import type { Database } from "../db/database.ts";
import { named } from "../db/query-name.ts";

/** The next project number. The counter row makes all who create projects wait for each other until they commit. */
export async function nextProjectNumber(db: Database): Promise<number> {
	const query = sql<{ last: number }>`update project_number set last = last + 1 where id = 1 returning last`;
	const row = (await named("project.nextNumber", query).execute(db)).rows[0];
	if (row === undefined) throw new Error("the table project_number has lost its row");
	return row.last;
}

/** False when the entity has a project of that name; then nothing was written. */
export async function insertProjectRow(
	db: Database,
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
		insert into project
			(id, number, entity_id, name, name_key, description, access, created_by, owner_user_id, created_at, updated_at)
		values (${project.id}, ${project.number}, ${project.entityId}, ${project.name}, ${project.nameKey},
			${project.description}, ${project.access}, ${project.createdBy}, ${project.createdBy}, ${project.createdAt}, ${project.createdAt})
		on conflict (entity_id, name_key) do nothing returning id`;
	return (await named("project.insertProject", query).execute(db)).rows.length === 1;
}

/** Changes what is given; null leaves things as they are. */
export async function updateProjectRow(
	db: Database,
	id: string,
	change: { readonly access: ProjectAccess | null; readonly description: string | null; readonly now: Date },
): Promise<void> {
	const query = sql`
		update project set access = coalesce(${change.access}::text, access),
			description = coalesce(${change.description}::text, description), updated_at = ${change.now}
		where id = ${id}`;
	await named("project.updateProject", query).execute(db);
}
