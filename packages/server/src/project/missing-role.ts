import type { Actor } from "../access/actor.ts";
import { type ProjectAction, projectRules } from "../access/roles.ts";
import type { Database } from "../db/database.ts";
import { DomainError } from "../errors.ts";
import { readAdminNames } from "./project-member-reader.ts";
import type { ProjectRow } from "./project-reader.ts";

/** The refusal of something to one who may see the project: which role it takes, and who can give it. */
export function missingRole(actor: Actor, project: ProjectRow, action: ProjectAction): DomainError {
	const { doing, least } = projectRules[action];
	const what = `${doing} "${project.entityName}/${project.name}" needs the role ${least}`;
	const said = `${what}: ${whoCanGive(project)} can give it`;
	if (!knowsAdmins(actor, project)) return new DomainError("FORBIDDEN", said);
	const inFull = async (db: Database) => {
		const names = (await readAdminNames(db, project)).map((name) => `"${name}"`);
		return names.length === 0 ? said : `${what}: ${whoCanGive(project)} can give it, such as ${names.join(", ")}`;
	};
	return new DomainError("FORBIDDEN", said, { inFull });
}

/** Those of a team or an organisation are known to all who are in it. */
function knowsAdmins(actor: Actor, { entityId, entityKind, organizationId }: ProjectRow): boolean {
	if (actor.kind !== "user" || entityKind === "user") return false;
	return actor.teams.has(entityId) || (organizationId !== null && actor.organizations.has(organizationId));
}

function whoCanGive(project: ProjectRow): string {
	switch (project.entityKind) {
		case "user":
			return `nobody but "${project.entityName}" has it; move the work to a team, whose admin`;
		case "team":
			return `an admin of the team "${project.entityName}"`;
		case "organization":
			return `an admin of the registry or of the organisation behind "${project.entityName}"`;
	}
}
