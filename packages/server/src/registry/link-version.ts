import { userIdOf } from "../access/actor.ts";
import {
	type ArtifactRow,
	addLink,
	addMember,
	askToMove,
	type CollectionRow,
	type CollectionWanted,
	checkAliases,
	checkCollectionName,
	checkFits,
	ensureCollection,
	findByClientId,
	findSeenCollection,
	insertPendingLink,
	lockArtifact,
	type MembershipRow,
	requireArtifact,
} from "../artifact/index.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { ensureProject, type ProjectRow, requireOn } from "../project/index.ts";
import { legacyRegistry, registryNameOf } from "./registry-name-rules.ts";
import { listTeamsToLogTo } from "./registry-reader.ts";
import { requireAccepted, requireTarget } from "./require-target.ts";

export type LinkVersionInput = {
	/** Node id; null where the client only knows the name it gave itself. */
	readonly artifactId: string | null;
	readonly clientId: string | null;
	readonly entityName: string | null;
	readonly projectName: string;
	readonly collectionName: string;
	readonly aliases: readonly string[];
};

/**
 * Puts a version into a collection by reference, and makes the collection if it is new; null while the version is not
 * committed, in which case the link is made with the commit. Client: LinkArtifact.
 */
export async function linkVersion(ctx: Ctx, input: LinkVersionInput): Promise<MembershipRow | null> {
	// Now: a link that waits for the commit must not be what refuses it.
	checkAliases(input.aliases);
	const artifact = await requireArtifact(ctx, await nodeIdOf(ctx, input), "version.download");
	const target = await targetProject(ctx, input);
	requireOn(ctx, target, "version.link");
	const own = artifact.sequence;
	if (own?.project === undefined) throw new Error(`version ${artifact.id} was read without its collection`);
	const { project: source, typeName } = own;
	await checkRegistry(ctx, source, target, typeName);
	const wanted = { project: target, typeName, kind: "PORTFOLIO" as const, name: input.collectionName };
	const { aliases } = input;
	const createdBy = userIdOf(ctx.actor);
	const known = await knownTarget(ctx, source, wanted);
	if (known !== null && artifact.state === "COMMITTED") {
		const link = { collection: known, artifactId: artifact.id, aliases, createdBy };
		const made = await addLink(ctx, link);
		if (made !== null) return made;
	}
	return await inTransaction(ctx, async (tx) => {
		const collection = (await knownTarget(tx, source, wanted)) ?? (await ensureCollection(tx, wanted));
		const committedId = await committedIdOf(tx, artifact);
		if (committedId !== null) {
			return await addMember(tx, { collection, artifactId: committedId, aliases, createdBy });
		}
		await askToMove(tx, collection, { add: aliases, remove: [] });
		await insertPendingLink(tx, { artifactId: artifact.id, collectionId: collection.id, aliases, createdBy });
		return null;
	});
}

/** The collection to link into, where it is there and the actor may link to it and it takes the version. */
async function knownTarget(ctx: Ctx, source: ProjectRow, wanted: CollectionWanted): Promise<CollectionRow | null> {
	const there = await findLinkTarget(ctx, wanted);
	if (there === null) return null;
	if (there.project.id !== wanted.project.id) {
		requireOn(ctx, there.project, "version.link");
		await checkRegistry(ctx, source, there.project, wanted.typeName);
	}
	return checkFits(there, wanted);
}

/** The collection of links of that name, or that had it before and now has another name, or is in another registry. */
async function findLinkTarget(tx: Ctx, { project, name }: CollectionWanted) {
	checkCollectionName(name);
	const found = await findSeenCollection(tx, project, name);
	// What runs log to keeps links from under its present name only.
	return found?.kind === "PORTFOLIO" ? found : null;
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

/** wire: `link_model` needs no project made before. */
async function targetProject(ctx: Ctx, input: LinkVersionInput): Promise<ProjectRow> {
	return await (input.projectName === legacyRegistry ? ensureProject(ctx, input) : requireTarget(ctx, input));
}

/** Refuses to link to a registry what was logged elsewhere than by its organisation, or is of a type it does not take. */
async function checkRegistry(ctx: Ctx, source: ProjectRow, target: ProjectRow, typeName: string): Promise<void> {
	if (!target.isRegistry) return;
	if (source.organizationId !== target.organizationId) await refuseSource(ctx, source, target);
	await requireAccepted(ctx, target, typeName);
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
