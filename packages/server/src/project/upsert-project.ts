import type { ProjectAccess } from "../access/project-role.ts";
import type { ProjectAction } from "../access/roles.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { refuseAnonymous } from "../identity/index.ts";
import { emit } from "../jobs/outbox.ts";
import { findProjectOfName } from "./find-project.ts";
import { insertProject } from "./insert-project.ts";
import { findProjectById, type ProjectRow } from "./project-reader.ts";
import { checkDescription, checkProjectName, parseAccess, projectNameKey } from "./project-rules.ts";
import { updateProjectRow } from "./project-store.ts";
import { requireOn, requireProjectById } from "./require-project.ts";
import { requireWritableEntity } from "./require-writable-entity.ts";

type Input = {
	/** Of an existing project; without it the names say which. */
	readonly id: string | null;
	readonly entityName: string | null;
	readonly name: string | null;
	readonly description: string | null;
	readonly access: string | null;
};

type Change = { readonly access: ProjectAccess | null; readonly description: string | null };

/** Makes a project, or changes the access and description of one that is there. */
export async function upsertProject(
	ctx: Ctx,
	input: Input,
): Promise<{ readonly project: ProjectRow; readonly inserted: boolean }> {
	refuseAnonymous(ctx);
	const change = { access: input.access ? parseAccess(input.access) : null, description: input.description };
	if (change.description !== null) checkDescription(change.description);
	const found = input.id === null ? await findNamed(ctx, input) : await requireProjectById(ctx, input.id);
	if (found !== null && (found.entityKind !== "organization" || input.id !== null)) {
		return { project: await updateProject(ctx, found, change), inserted: false };
	}
	const { name } = input;
	if (!name) throw new DomainError("INVALID_INPUT", "the project has no name: give one");
	const entity = await requireWritableEntity(ctx, found?.entityName ?? input.entityName);
	checkProjectName(name);
	const project = await inTransaction(ctx, async (ctx) =>
		insertProject(ctx, {
			entityId: entity.id,
			name,
			nameKey: projectNameKey(entity.kind, name),
			access: change.access ?? "PRIVATE",
			description: change.description || null,
		}),
	);
	if (project !== null) return { project, inserted: true };
	const other = await findNamed(ctx, { entityName: entity.name, name });
	if (other !== null) return { project: await updateProject(ctx, other, change), inserted: false };
	throw new DomainError("CONFLICT", `project "${name}" of "${entity.name}" is not open to you: use another name`);
}

async function findNamed(ctx: Ctx, input: Pick<Input, "entityName" | "name">): Promise<ProjectRow | null> {
	return input.name ? await findProjectOfName(ctx, { entityName: input.entityName, projectName: input.name }) : null;
}

async function updateProject(ctx: Ctx, project: ProjectRow, change: Change): Promise<ProjectRow> {
	const isSame =
		(change.access ?? project.access) === project.access &&
		(change.description ?? project.description ?? "") === (project.description ?? "");
	// Whoever may see the project may be told that it is there: `api.create_project` asks no more than that.
	if (isSame) return project;
	for (const action of actionsOf(project, change)) requireOn(ctx, project, action);
	checkAccessOf(project, change);
	return await inTransaction(ctx, async (ctx) => {
		await updateProjectRow(ctx, project.id, { ...change, now: ctx.clock() });
		await emit(ctx, { type: "project.updated", projectId: project.id, ...differences(project, change) });
		return (await findProjectById(ctx.db, project.id)) ?? project;
	});
}

/** Of a registry, edits and visibility have rows of their own. */
function actionsOf(project: ProjectRow, change: Change): ProjectAction[] {
	if (!project.isRegistry) return ["project.administer"];
	const { access, description } = differences(project, change);
	return [...(access ? ["registry.visibility" as const] : []), ...(description ? ["registry.edit" as const] : [])];
}

/** What an organisation shares is never open to strangers. */
function checkAccessOf(project: ProjectRow, { access }: Change): void {
	if (project.entityKind !== "organization" || access === null || access === "PRIVATE" || access === "RESTRICTED")
		return;
	throw new DomainError(
		"INVALID_INPUT",
		`a registry is not opened beyond its organisation, as ${access} would: use PRIVATE (the organisation) or RESTRICTED`,
	);
}

/** What of a change is one. */
function differences(project: ProjectRow, change: Change) {
	const access = change.access ?? project.access;
	const description = change.description ?? project.description ?? "";
	return {
		access: access === project.access ? null : { from: project.access, to: access },
		description:
			description === (project.description ?? "") ? null : { from: project.description ?? "", to: description },
	};
}
