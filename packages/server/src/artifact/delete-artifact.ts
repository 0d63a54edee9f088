import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { findProjectsByIds, missingRole } from "../project/index.ts";
import { findArtifactsByIds } from "./artifact-reader.ts";
import { findPlacesGoing, lockGoing } from "./artifact-removal-store.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { collectionsLosing, type Losing, letGo } from "./collections-losing.ts";
import { requireArtifactOrGhost } from "./find-artifact.ts";

export type DeleteArtifactInput = {
	readonly artifactId: string;
	/** False refuses a version that has aliases. */
	readonly deleteAliases: boolean;
};

/**
 * Deletes a version: it is found under no name any more and its links are gone. Its row, edges and number stay, so that
 * lineage goes on through it and the number is never given again. Deleting it twice changes nothing.
 * Client: DeleteArtifact.
 */
export async function deleteArtifact(ctx: Ctx, input: DeleteArtifactInput): Promise<ArtifactRow> {
	const artifact = await requireArtifactOrGhost(ctx, input.artifactId);
	await requireOwn(ctx, artifact);
	return await inTransaction(ctx, async (tx) => {
		const going = { artifactId: artifact.id };
		await lockGoing(tx.db, going);
		const row = (await findArtifactsByIds(tx.db, [artifact.id])).get(artifact.id) ?? artifact;
		if (row.state === "DELETED") return row;
		const losing = await collectionsLosing(tx, await findPlacesGoing(tx.db, going));
		if (!input.deleteAliases) refuseAliases(tx, row, losing);
		await letGo(tx, going, losing);
		return { ...row, state: "DELETED" };
	});
}

/** To let bytes go is the own project's to decide, not that of a registry. */
async function requireOwn(ctx: Ctx, artifact: ArtifactRow): Promise<void> {
	const [project] = await findProjectsByIds(ctx.db, [artifact.projectId]);
	if (project !== undefined && mayOnProject(ctx.actor, project, "version.delete")) return;
	if (project !== undefined && mayOnProject(ctx.actor, project, "project.see")) {
		throw missingRole(ctx.actor, project, "version.delete");
	}
	throw new DomainError(
		"FORBIDDEN",
		"you may see this version but not delete it: that takes the role member in the project it was logged to, which its admins can give. A link to it is taken away with unlink()",
	);
}

/**
 * wire: the client promises an error where the version has aliases and `delete_aliases` is not given; `latest` is one.
 * An alias that somebody gave in a project of their own, unseen by whoever deletes, keeps nobody from it; one in a
 * registry does.
 */
function refuseAliases(ctx: Ctx, artifact: ArtifactRow, losing: readonly Losing[]): void {
	const named = losing.filter(({ places }) => places.some(({ aliases }) => aliases.length > 0));
	const seen = named.filter(({ project }) => mayOnProject(ctx.actor, project, "project.see"));
	const unseen = named.some(({ project }) => project.isRegistry && !mayOnProject(ctx.actor, project, "project.see"));
	if (seen.length === 0 && !unseen) return;
	const isOwn = ({ collection }: Losing) => collection.id === artifact.collectionId;
	const ownFirst = [...seen.filter(isOwn), ...seen.filter((each) => !isOwn(each))];
	const where = ownFirst.map((each) => {
		const { collection, project, places } = each;
		const aliases = places.flatMap((place) => place.aliases).join(", ");
		return isOwn(each) ? aliases : `${aliases} in "${project.entityName}/${project.name}/${collection.name}"`;
	});
	if (unseen) where.push("some in a registry that you may not see");
	throw new DomainError(
		"CONFLICT",
		`v${artifact.versionIndex} has aliases (${where.join("; ")}): move them to another version, or delete them with it, by artifact.delete(delete_aliases=True)`,
	);
}
