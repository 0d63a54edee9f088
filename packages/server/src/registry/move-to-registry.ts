import { type CollectionRow, changeCollection, relocateCollection } from "../artifact/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { type ProjectRow, requireOn } from "../project/index.ts";
import { registryNameOf } from "./registry-name-rules.ts";
import { findForeignLinks } from "./registry-reader.ts";
import { requireAccepted, requireTarget } from "./require-target.ts";

export type MoveToRegistryInput = {
	readonly collectionId: string;
	readonly entityName: string;
	readonly projectName: string;
};

/** Moves a collection of links, with all that is in it, to a registry of the same organisation; its old path leads on. */
export async function moveToRegistry(ctx: Ctx, input: MoveToRegistryInput): Promise<CollectionRow> {
	const target = await requireTarget(ctx, input);
	requireOn(ctx, target, "collection.create");
	const wanted = { nodeId: input.collectionId, kind: "PORTFOLIO" as const, action: "collection.delete" as const };
	return await changeCollection(ctx, wanted, async (tx, { collection, project }) => {
		if (project.id === target.id) return;
		await checkMove(tx, { collection, from: project, to: target });
		await relocateCollection(tx, collection, { project: target, name: collection.name });
	});
}

type Move = { readonly collection: CollectionRow; readonly from: ProjectRow; readonly to: ProjectRow };

/** Refuses a move that would bring into a registry what could not be linked there. */
export async function checkMove(tx: Ctx, { collection, from, to }: Move): Promise<void> {
	if (!to.isRegistry || to.organizationId === null || from.organizationId !== to.organizationId) {
		throw new DomainError(
			"UNPROCESSABLE",
			`"${collection.name}" can move to a registry of its own organisation only: name one, as wandb-registry-NAME`,
		);
	}
	await requireAccepted(tx, to, collection.typeName);
	const foreign = await findForeignLinks(tx.db, collection.id, to.organizationId);
	if (foreign.length === 0) return;
	const versions = foreign.map(({ versionIndex, entityName }) => `v${versionIndex} of "${entityName}"`).join(", ");
	throw new DomainError(
		"UNPROCESSABLE",
		`"${collection.name}" cannot move to the registry "${registryNameOf(to.name)}": it holds versions that no team of the organisation logged (${versions}). Unlink them first`,
	);
}
