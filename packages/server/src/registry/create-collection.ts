import type { CollectionRow } from "../artifact/index.ts";
import {
	checkCollectionName,
	checkTypeName,
	describeCollection,
	ensureCollection,
	findCollection,
} from "../artifact/index.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { checkDescription, requireOn } from "../project/index.ts";
import { requireAccepted, requireTarget } from "./require-target.ts";

export type CreateCollectionInput = {
	readonly entityName: string;
	readonly projectName: string;
	readonly typeName: string;
	readonly name: string;
	readonly description: string | null;
};

/** Makes an empty collection of links by hand. A name that led to another collection is taken anew by it. */
export async function createCollection(ctx: Ctx, input: CreateCollectionInput): Promise<CollectionRow> {
	const { typeName, name, description } = input;
	checkTypeName(typeName);
	checkCollectionName(name);
	if (description !== null) checkDescription(description);
	const project = await requireTarget(ctx, input);
	requireOn(ctx, project, "collection.create");
	await requireAccepted(ctx, project, typeName);
	return await inTransaction(ctx, async (tx) => {
		if ((await findCollection(tx.db, project.id, name)) !== undefined) {
			throw new DomainError(
				"CONFLICT",
				`"${project.entityName}/${project.name}" has a collection "${name}" already: use it, or choose another name`,
			);
		}
		const made = await ensureCollection(tx, { project, typeName, kind: "PORTFOLIO", name });
		if (description === null) return { ...made, project };
		await describeCollection(tx, made.id, description);
		return { ...made, project, description };
	});
}
