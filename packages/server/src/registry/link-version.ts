import { userIdOf } from "../access/actor.ts";
import {
	type ArtifactRow,
	addMember,
	askToMove,
	checkAliases,
	ensureCollection,
	findByClientId,
	insertPendingLink,
	lockArtifact,
	type MembershipRow,
	nearestNames,
	requireArtifact,
} from "../artifact/index.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { findOrganization } from "../org/index.ts";
import { ensureProject, findProject, type ProjectRow, requireOn, requireProject } from "../project/index.ts";
import { listRegistries } from "./list-registries.ts";
import { registryNameOf } from "./registry-name-rules.ts";
import { findRegistries, listTeamsToLogTo } from "./registry-reader.ts";

export type LinkVersionInput = {
	/** Node id; null where the client only knows the name it gave itself. */
	readonly artifactId: string | null;
	readonly clientId: string | null;
	readonly entityName: string | null;
	readonly projectName: string;
	readonly collectionName: string;
	readonly aliases: readonly string[];
};

/** wire: where `link_model` puts registered models. */
const legacyRegistry = "model-registry";

/**
 * Puts a version into a collection by reference, and makes the collection if it is new; null while the version is not
 * committed, in which case the link is made with the commit. Client: LinkArtifact.
 */
export async function linkVersion(ctx: Ctx, input: LinkVersionInput): Promise<MembershipRow | null> {
	// Now: a link that waits for the commit must not be what refuses it.
	checkAliases(input.aliases);
	const artifact = await requireArtifact(ctx, await nodeIdOf(ctx, input), "project.read");
	const target = await targetProject(ctx, input);
	requireOn(ctx, target, "project.write");
	const own = artifact.sequence;
	if (own?.project === undefined) throw new Error(`version ${artifact.id} was read without its collection`);
	if (target.isRegistry) await checkRegistry(ctx, { source: own.project, target, typeName: own.typeName });
	return await inTransaction(ctx, async (tx) => {
		const collection = await ensureCollection(tx, {
			project: target,
			typeName: own.typeName,
			kind: "PORTFOLIO",
			name: input.collectionName,
		});
		const createdBy = userIdOf(tx.actor);
		const committedId = await committedIdOf(tx, artifact);
		if (committedId !== null) {
			return await addMember(tx, { collection, artifactId: committedId, aliases: input.aliases, createdBy });
		}
		const [collectionId, aliases] = [collection.id, input.aliases];
		await askToMove(tx, collection, { add: aliases, remove: [] });
		await insertPendingLink(tx, { artifactId: artifact.id, collectionId, aliases, createdBy });
		return null;
	});
}

/** The version to link; null while it is pending, which it then stays until the transaction ends. */
async function committedIdOf(tx: Ctx, artifact: ArtifactRow): Promise<string | null> {
	if (artifact.state === "COMMITTED") return artifact.id;
	const now = await lockArtifact(tx.db, artifact.id);
	return now?.state === "PENDING" ? null : (now?.mergedIntoId ?? artifact.id);
}

async function nodeIdOf(ctx: Ctx, input: LinkVersionInput): Promise<string> {
	if (input.artifactId !== null) return input.artifactId;
	const found = input.clientId === null ? undefined : await findByClientId(ctx.db, input.clientId);
	return toNodeId("Artifact", found?.artifactId ?? "");
}

async function targetProject(ctx: Ctx, input: LinkVersionInput): Promise<ProjectRow> {
	const registryName = registryNameOf(input.projectName);
	if (registryName !== null) {
		return (await findProject(ctx, input)) ?? (await registryNotFound(ctx, input.entityName, registryName));
	}
	return input.projectName === legacyRegistry
		? await ensureProject(ctx, input)
		: await requireProject(ctx, input, "project.see");
}

async function registryNotFound(ctx: Ctx, entityName: string | null, registryName: string): Promise<never> {
	const organization = entityName === null ? null : await findOrganization(ctx, entityName);
	const known =
		organization === null
			? []
			: (await listRegistries(ctx, organization.id)).map(({ name }) => registryNameOf(name) ?? name);
	const near = nearestNames(registryName, known)[0];
	const there = known.length === 0 ? "" : `; there are: ${known.join(", ")}`;
	throw new DomainError(
		"NOT_FOUND",
		`registry "${registryName}" was not found in the organisation "${organization?.name ?? entityName ?? ""}"${there}${near === undefined ? "" : `. Did you mean "${near}"?`}`,
	);
}

async function checkRegistry(
	ctx: Ctx,
	link: { source: ProjectRow; target: ProjectRow; typeName: string },
): Promise<void> {
	const { source, target, typeName } = link;
	if (source.organizationId !== target.organizationId) await refuseSource(ctx, source, target);
	const [registry] = await findRegistries(ctx.db, [target.id]);
	if (registry === undefined || registry.allowAllTypes || registry.acceptedTypes.includes(typeName)) return;
	throw new DomainError(
		"UNPROCESSABLE",
		`the registry "${registryNameOf(target.name)}" does not take versions of type "${typeName}": it accepts ${registry.acceptedTypes.map((type) => `"${type}"`).join(", ")}`,
	);
}

/** Only what a team of the organisation logged can be linked to its registries. */
async function refuseSource(ctx: Ctx, source: ProjectRow, target: ProjectRow): Promise<never> {
	const teams =
		ctx.actor.kind === "user" && target.organizationId !== null
			? await listTeamsToLogTo(ctx.db, target.organizationId, ctx.actor.userId)
			: [];
	const wayOut =
		teams.length === 0
			? `Join a team of the organisation "${target.entityName}" and log the artifact there again`
			: `Log the artifact again under a team of the organisation, for example wandb.init(entity="${teams[0]}"). You can use: ${teams.join(", ")}`;
	const what =
		source.entityKind === "user"
			? `it was logged under the personal entity "${source.entityName}"`
			: `it was logged under "${source.entityName}", which belongs to another organisation`;
	throw new DomainError(
		"UNPROCESSABLE",
		`this version cannot be linked to the registry "${registryNameOf(target.name)}": ${what}. ${wayOut}.`,
	);
}
