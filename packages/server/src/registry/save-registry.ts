import { mayInPlace } from "../access/place-rules.ts";
import { checkTypeName, ensureType } from "../artifact/index.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { requireUser } from "../identity/index.ts";
import { findOrganization, type OrganizationRow } from "../org/index.ts";
import {
	checkProjectName,
	findProject,
	findProjectById,
	insertProject,
	type ProjectRow,
	parseAccess,
	projectNameKey,
	requireOn,
	setProjectMemberRow,
	upsertProject,
} from "../project/index.ts";
import { addAcceptedTypes, insertRegistry, setAllowAllTypes } from "./registry-store.ts";

export type SaveRegistryInput = {
	/** Of the organisation: its entity. */
	readonly entityName: string;
	/** With the prefix `wandb-registry-`. */
	readonly projectName: string;
	readonly description: string | null;
	/** PRIVATE: the whole organisation; RESTRICTED: its admins and maker. Null: PRIVATE, or as it is. */
	readonly access: string | null;
	/** Types that are accepted from now on; there is no taking back. */
	readonly acceptedTypes: readonly string[];
	/** Null: all if no type is named, or as it is. */
	readonly allowAllTypes: boolean | null;
};

const mostTypes = 1000;

export type SavedRegistry = { readonly project: ProjectRow; readonly inserted: boolean };

/** Makes a custom registry, or changes one. Client: UpsertRegistry (api.create_registry, registry.save). */
export async function saveRegistry(ctx: Ctx, input: SaveRegistryInput): Promise<SavedRegistry> {
	checkProjectName(input.projectName);
	if (input.acceptedTypes.length > mostTypes) {
		throw new DomainError(
			"INVALID_INPUT",
			`${input.acceptedTypes.length} artifact types at once; ${mostTypes} is the most`,
		);
	}
	input.acceptedTypes.forEach(checkTypeName);
	if (input.access !== null) checkVisibility(input.access);
	const organization = await findOrganization(ctx, input.entityName);
	if (organization === null) {
		throw new DomainError("NOT_FOUND", `organisation "${input.entityName}" was not found, or you are not in it`);
	}
	const found = await findProject(ctx, input);
	if (found !== null) return { project: await change(ctx, found, input), inserted: false };
	requireMember(ctx, organization);
	const made = await inTransaction(ctx, async (tx) => await make(tx, organization, input));
	if (made !== null) return { project: made, inserted: true };
	throw new DomainError(
		"CONFLICT",
		`a registry of the name "${input.projectName}" exists already: choose another name`,
	);
}

/** wire: the client's visibility "organization" travels as PRIVATE, "restricted" as RESTRICTED. */
function checkVisibility(access: string): void {
	if (access === "PRIVATE" || access === "RESTRICTED") return;
	throw new DomainError(
		"INVALID_INPUT",
		`${JSON.stringify(access)} is no visibility of a registry: use PRIVATE (the organisation) or RESTRICTED`,
	);
}

function requireMember(ctx: Ctx, organization: OrganizationRow): void {
	requireUser(ctx);
	if (mayInPlace(ctx.actor, { organizationId: organization.id }, "registry.create")) return;
	throw new DomainError(
		"FORBIDDEN",
		`making a registry needs the role member in the organisation "${organization.name}": one of its admins can give it`,
	);
}

async function make(tx: Ctx, organization: OrganizationRow, input: SaveRegistryInput): Promise<ProjectRow | null> {
	const project = await insertProject(tx, {
		entityId: organization.entityId,
		name: input.projectName,
		nameKey: projectNameKey("organization", input.projectName),
		access: parseAccess(input.access ?? "PRIVATE"),
		description: input.description || null,
	});
	if (project === null) return null;
	const allowAllTypes = input.allowAllTypes ?? input.acceptedTypes.length === 0;
	await insertRegistry(tx, {
		projectId: project.id,
		organizationId: organization.id,
		core: false,
		defaultRole: "viewer",
		allowAllTypes,
	});
	await acceptTypes(tx, project.id, input.acceptedTypes);
	const maker = { userId: requireUser(tx).userId };
	await setProjectMemberRow(tx, { projectId: project.id, member: maker, role: "admin" });
	return await findProjectById(tx.db, project.id);
}

async function change(ctx: Ctx, registry: ProjectRow, input: SaveRegistryInput): Promise<ProjectRow> {
	const { project } = await upsertProject(ctx, {
		id: registry.id,
		entityName: null,
		name: null,
		description: input.description,
		access: input.access,
	});
	if (input.acceptedTypes.length === 0 && input.allowAllTypes === null) return project;
	requireOn(ctx, project, "project.administer");
	await inTransaction(ctx, async (tx) => {
		await acceptTypes(tx, project.id, input.acceptedTypes);
		if (input.allowAllTypes !== null) await setAllowAllTypes(tx.db, project.id, input.allowAllTypes);
	});
	return project;
}

/** Accepts artifact types in a registry, in the caller's transaction. Each is a type of the project, so that it is listed. */
export async function acceptTypes(tx: Ctx, projectId: string, typeNames: readonly string[]): Promise<void> {
	for (const typeName of typeNames) await ensureType(tx, projectId, typeName);
	await addAcceptedTypes(tx, projectId, typeNames);
}
