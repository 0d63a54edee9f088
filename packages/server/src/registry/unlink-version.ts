import { mayOnProject } from "../access/project-role.ts";
import {
	deleteMember,
	findAliasesOfMembers,
	findCollectionsByIds,
	findMembersOf,
	lockInPlace,
	moveAliases,
	passLatestOn,
	requireArtifact,
} from "../artifact/index.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { fromNodeId } from "../graphql/node-id.ts";
import { emit } from "../jobs/outbox.ts";
import { findProjectById, requireOn } from "../project/index.ts";

/** Takes a version out of a collection it is linked to; the source stays. Client: UnlinkArtifact. */
export async function unlinkVersion(
	ctx: Ctx,
	input: { readonly artifactId: string; readonly portfolioId: string },
): Promise<void> {
	const artifact = await requireArtifact(ctx, input.artifactId, "version.see");
	const collectionId = fromNodeId("ArtifactCollection", input.portfolioId);
	const member = (await findMembersOf(ctx.db, [artifact.id])).find((each) => each.collectionId === collectionId);
	const [collection] = await findCollectionsByIds(ctx.db, [collectionId]);
	const project = collection === undefined ? null : await findProjectById(ctx.db, collection.projectId);
	const isSeen = project !== null && mayOnProject(ctx.actor, project, "project.see");
	if (member === undefined || collection === undefined || !isSeen) {
		throw new DomainError("NOT_FOUND", "this version is not linked to that collection");
	}
	requireOn(ctx, project, "version.unlink");
	if (collection.kind === "SEQUENCE") {
		throw new DomainError(
			"UNPROCESSABLE",
			`"${collection.name}" is where the version was logged, not a link: only links can be unlinked`,
		);
	}
	await inTransaction(ctx, async (tx) => {
		await lockInPlace(tx.db, collection);
		const remove = (await findAliasesOfMembers(tx.db, [member.id])).map(({ alias }) => alias);
		await moveAliases(tx, { collection, memberId: member.id, artifactId: artifact.id, add: [], remove });
		await deleteMember(tx.db, member.id);
		// As when its holder is deleted: `latest` goes to the highest version left.
		if (remove.includes("latest")) await passLatestOn(tx, collection);
		await emit(tx, {
			type: "collection.unlinked",
			collectionId,
			artifactId: artifact.id,
			projectId: project.id,
			versionIndex: member.versionIndex,
		});
	});
}
