import { changeCollection, findCollection, relocateCollection } from "../artifact/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { findProjectById, type ProjectRow } from "../project/index.ts";
import { checkMove } from "./move-to-registry.ts";
import { type LegacyCollection, readLegacyCollections } from "./registry-reader.ts";

export type MigrationOutcome = {
	/** Full name that it had. */
	readonly from: string;
	/** Full name that it has; null where it was left. */
	readonly to: string | null;
	/** Why it was left. */
	readonly reason: string | null;
};

/**
 * Moves the collections of teams' legacy model registries, ENTITY/model-registry, to the registry `model` of their
 * organisation: old paths and links lead on. Each in a transaction of its own; what cannot move is left, with the reason.
 */
export async function migrateLegacy(ctx: Ctx, input: { readonly team: string | null }): Promise<MigrationOutcome[]> {
	const outcomes: MigrationOutcome[] = [];
	for (const legacy of await readLegacyCollections(ctx.db, input.team)) {
		const from = `${legacy.entityName}/${legacy.projectName}/${legacy.name}`;
		try {
			outcomes.push({ from, to: await move(ctx, legacy), reason: null });
		} catch (error) {
			if (!(error instanceof DomainError)) throw error;
			outcomes.push({ from, to: null, reason: error.message });
		}
	}
	return outcomes;
}

async function move(ctx: Ctx, legacy: LegacyCollection): Promise<string> {
	const target = legacy.targetId === null ? null : await findProjectById(ctx.db, legacy.targetId);
	if (target === null) {
		throw new DomainError(
			"UNPROCESSABLE",
			`"${legacy.entityName}" belongs to no organisation, and so to no registry: log the models again under a team`,
		);
	}
	const nodeId = toNodeId("ArtifactCollection", legacy.collectionId);
	const wanted = { nodeId, kind: "PORTFOLIO" as const, action: "collection.delete" as const };
	const { name } = await changeCollection(ctx, wanted, async (tx, { collection, project }) => {
		await checkMove(tx, { collection, from: project, to: target });
		await relocateCollection(tx, collection, { project: target, name: await freeName(tx, target, legacy) });
	});
	return `${target.entityName}/${target.name}/${name}`;
}

/** Several teams may have registered a model under one name. */
async function freeName(tx: Ctx, target: ProjectRow, { name, entityName }: LegacyCollection): Promise<string> {
	const isTaken = (await findCollection(tx.db, target.id, name)) !== undefined;
	return isTaken ? `${entityName}-${name}` : name;
}
