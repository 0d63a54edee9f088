import { mayInPlace } from "../access/place-rules.ts";
import { checkTypeName, ensureType } from "../artifact/index.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { requireUser } from "../identity/index.ts";
import { emit } from "../jobs/outbox.ts";
import { findOrganization, type OrganizationRow } from "../org/index.ts";
import {
	checkProjectName,
	findProjectById,
	findProjectOfName,
	insertProject,
	type ProjectRow,
	parseAccess,
	projectNameKey,
	requireOn,
	setProjectMemberRow,
	upsertProject,
} from "../project/index.ts";
import { registryNameOf } from "./registry-name-rules.ts";
import { findRegistries, type RegistryRow } from "./registry-reader.ts";
import {
	acceptTypesThere,
	addAcceptedTypes,
	insertRegistry,
	lockRegistry,
	setAllowAllTypes,
} from "./registry-store.ts";

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
	if (registryNameOf(input.projectName)?.trim() === "") {
		throw new DomainError("INVALID_INPUT", "the registry has no name: give one after the prefix wandb-registry-");
	}
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
	const found = await findProjectOfName(ctx, input);
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
	const { allowAllTypes, acceptedTypes } = await readRegistry(ctx, project.id);
	// wire: the client sends the flag with every save, changed or not.
	const isSame = (input.allowAllTypes ?? allowAllTypes) === allowAllTypes;
	if (isSame && input.acceptedTypes.every((type) => acceptedTypes.includes(type))) return project;
	requireOn(ctx, project, "registry.types");
	await inTransaction(ctx, async (tx) => {
		await lockRegistry(tx.db, project.id);
		const before = await readRegistry(tx, project.id);
		await acceptTypes(tx, project.id, input.acceptedTypes);
		if (input.allowAllTypes !== null && input.allowAllTypes !== before.allowAllTypes) {
			// wire: the client shows what is in a registry that takes all types as the types that it accepts.
			if (!input.allowAllTypes) await acceptTypesThere(tx, project.id);
			await setAllowAllTypes(tx, project.id, input.allowAllTypes);
		}
		await sayWhatChanged(tx, before, await readRegistry(tx, project.id));
	});
	return project;
}

async function readRegistry(tx: Ctx, projectId: string): Promise<RegistryRow> {
	const [registry] = await findRegistries(tx.db, [projectId]);
	if (registry === undefined) throw new Error(`registry ${projectId} is not there`);
	return registry;
}

async function sayWhatChanged(tx: Ctx, before: RegistryRow, now: RegistryRow): Promise<void> {
	const about = { type: "registry.updated" as const, projectId: now.projectId };
	if (now.acceptedTypes.length > before.acceptedTypes.length) {
		await emit(tx, { ...about, setting: "acceptedTypes", from: before.acceptedTypes, to: now.acceptedTypes });
	}
	if (now.allowAllTypes !== before.allowAllTypes) {
		await emit(tx, { ...about, setting: "allowAllTypes", from: before.allowAllTypes, to: now.allowAllTypes });
	}
}

/** Accepts artifact types in a registry, in the caller's transaction. Each is a type of the project, so that it is listed. */
export async function acceptTypes(tx: Ctx, projectId: string, typeNames: readonly string[]): Promise<void> {
	for (const typeName of typeNames) await ensureType(tx, projectId, typeName);
	await addAcceptedTypes(tx, projectId, typeNames);
}
