import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import { columnsAs } from "../db/nested-row.ts";
import { named } from "../db/query-name.ts";
import { type ProjectRow, projectColumns } from "../project/index.ts";
import { legacyRegistry, registryProjectName } from "./registry-name-rules.ts";

const projectList = columnsAs(projectColumns);

export type RegistryRow = {
	readonly projectId: string;
	readonly organizationId: string;
	readonly core: boolean;
	readonly defaultRole: "viewer" | "member";
	readonly allowAllTypes: boolean;
	readonly acceptedTypes: readonly string[];
	readonly protectedAliases: readonly string[];
};

/** What projects are as registries; an ordinary project has no row. Asks no policy. */
export async function findRegistries(db: Database, projectIds: readonly string[]): Promise<RegistryRow[]> {
	const query = sql<RegistryRow>`
		select r.project_id as "projectId", r.organization_id as "organizationId", r.core, r.default_role as "defaultRole",
			r.allow_all_types as "allowAllTypes",
			array(select type_name from registry_accepted_type t where t.project_id = r.project_id order by type_name) as "acceptedTypes",
			array(select alias from registry_protected_alias a where a.project_id = r.project_id order by alias) as "protectedAliases"
		from registry r where r.project_id = any(${[...projectIds]}::uuid[])`;
	return (await named("registry.byProjects", query).execute(db)).rows;
}

/** Which of these aliases are protected in a project: none where it is no registry. */
export async function findProtectedAliases(
	db: Database,
	projectId: string,
	aliases: readonly string[],
): Promise<string[]> {
	const query = sql<{ alias: string }>`
		select alias from registry_protected_alias
		where project_id = ${projectId} and alias = any(${[...aliases]}::text[]) order by alias`;
	return (await named("registry.protectedAliases", query).execute(db)).rows.map(({ alias }) => alias);
}

/** Projects that are registries of an organisation, core ones first, then by name. Asks no policy. */
export async function readRegistriesOf(db: Database, organizationId: string): Promise<ProjectRow[]> {
	const query = sql<ProjectRow>`
		select ${projectList} from registry r join project p on p.id = r.project_id join entity e on e.id = p.entity_id
		where r.organization_id = ${organizationId} and p.deleted_at is null order by r.core desc, p.name_key`;
	return (await named("registry.ofOrganization", query).execute(db)).rows;
}

/** The registry of that name that an organisation deleted last, whatever the case; asks no policy. */
export async function readDeletedRegistry(
	db: Database,
	organizationId: string,
	projectName: string,
): Promise<ProjectRow | undefined> {
	const query = sql<ProjectRow>`
		select ${projectList} from registry r join project p on p.id = r.project_id join entity e on e.id = p.entity_id
		where r.organization_id = ${organizationId} and p.deleted_at is not null and lower(p.name) = ${projectName.toLowerCase()}
		order by p.deleted_at desc limit 1`;
	return (await named("registry.deletedOfName", query).execute(db)).rows[0];
}

/** Links of a collection to what was logged under no team of an organisation: the first few. */
export async function findForeignLinks(
	db: Database,
	collectionId: string,
	organizationId: string,
): Promise<Array<{ readonly versionIndex: number; readonly entityName: string }>> {
	const query = sql<{ versionIndex: number; entityName: string }>`
		select m.version_index as "versionIndex", e.name as "entityName"
		from artifact_member m join artifact a on a.id = m.artifact_id
		join project p on p.id = a.project_id join entity e on e.id = p.entity_id
		where m.collection_id = ${collectionId} and a.state = 'COMMITTED' and e.organization_id is distinct from ${organizationId}
		order by m.version_index limit 3`;
	return (await named("registry.foreignLinks", query).execute(db)).rows;
}

export type LegacyCollection = {
	readonly collectionId: string;
	readonly name: string;
	readonly projectName: string;
	readonly entityName: string;
	/** The registry `model` of the organisation; null for a personal entity. */
	readonly targetId: string | null;
};

/** What `link_model` made in projects that are no registry: of all entities or of one, by name. */
export async function readLegacyCollections(db: Database, entityName: string | null): Promise<LegacyCollection[]> {
	const query = sql<LegacyCollection>`
		select c.id as "collectionId", c.name, p.name as "projectName", e.name as "entityName", target.id as "targetId"
		from project p join entity e on e.id = p.entity_id
		join artifact_collection c on c.project_id = p.id and c.kind = 'PORTFOLIO' and c.name_key is not null
		left join organization o on o.id = e.organization_id
		left join project target on target.entity_id = o.entity_id and target.name_key = ${registryProjectName("model")}
		where p.name_key = ${legacyRegistry} and e.kind <> 'organization'
			and (${entityName}::text is null or e.name_key = ${(entityName ?? "").toLowerCase()})
		order by e.name_key, c.name_key`;
	return (await named("registry.legacyCollections", query).execute(db)).rows;
}

/** Teams of an organisation in which a user may log, by name. */
export async function listTeamsToLogTo(db: Database, organizationId: string, userId: string): Promise<string[]> {
	const query = sql<{ name: string }>`
		select e.name from entity e join team_member t on t.entity_id = e.id
		where e.organization_id = ${organizationId} and e.kind = 'team' and t.user_id = ${userId} and t.role <> 'viewer'
		order by e.name_key`;
	return (await named("registry.teamsToLogTo", query).execute(db)).rows.map(({ name }) => name);
}
