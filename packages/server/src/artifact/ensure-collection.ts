import { userIdOf } from "../access/actor.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { emit } from "../jobs/outbox.ts";
import type { ProjectRow } from "../project/index.ts";
import { checkCollectionName, checkTypeName } from "./artifact-name-rules.ts";
import { findCollection } from "./artifact-reader.ts";
import type { CollectionKind, CollectionRow } from "./artifact-rows.ts";
import { ensureType, insertCollection } from "./artifact-store.ts";

export type CollectionWanted = {
	readonly project: ProjectRow;
	readonly typeName: string;
	readonly kind: CollectionKind;
	readonly name: string;
};

/**
 * The collection of that name, made by whoever needs it first. Its type is fixed by that first use:
 * another type, or logging where versions are linked, is refused. The caller has asked for the right to write.
 */
export async function ensureCollection(ctx: Ctx, wanted: CollectionWanted): Promise<CollectionRow> {
	checkCollectionName(wanted.name);
	checkTypeName(wanted.typeName);
	const found = (await findCollection(ctx.db, wanted.project.id, wanted.name)) ?? (await make(ctx, wanted));
	return checkFits(found, wanted);
}

/** The collection found under the name wanted, unless it takes something else. */
export function checkFits(found: CollectionRow, wanted: CollectionWanted): CollectionRow {
	const where = `"${wanted.name}" in "${wanted.project.entityName}/${wanted.project.name}"`;
	if (found.kind !== wanted.kind) {
		throw new DomainError(
			"CONFLICT",
			wanted.kind === "SEQUENCE"
				? `${where} is a collection of linked versions: log under another name, then link to it`
				: `${where} is an artifact that runs log to: link to a collection of another name`,
		);
	}
	if (found.typeName !== wanted.typeName) {
		throw new DomainError(
			"CONFLICT",
			`${where} takes versions of type "${found.typeName}", not "${wanted.typeName}": use that type, or a collection of another name`,
		);
	}
	return found;
}

async function make(ctx: Ctx, wanted: CollectionWanted): Promise<CollectionRow> {
	const typeId = await ensureType(ctx, wanted.project.id, wanted.typeName);
	const { project, name, kind } = wanted;
	const madeId = await insertCollection(ctx, {
		projectId: project.id,
		typeId,
		kind,
		name,
		createdBy: userIdOf(ctx.actor),
	});
	// Of what runs log to, the first version says it.
	if (madeId !== undefined && kind === "PORTFOLIO") {
		await emit(ctx, { type: "collection.created", collectionId: madeId, projectId: project.id, name });
	}
	const made = await findCollection(ctx.db, wanted.project.id, wanted.name);
	if (made === undefined) throw new Error(`collection ${wanted.name} was made and is not there`);
	return made;
}
