import type { Ctx } from "../context.ts";
import { runGuards } from "../guards.ts";
import { emit } from "../jobs/outbox.ts";
import { checkAlias } from "./artifact-name-rules.ts";
import { findMembersOf } from "./artifact-reader.ts";
import type { CollectionRow, MembershipRow } from "./artifact-rows.ts";
import { insertMember, lockInPlace } from "./artifact-store.ts";
import { endTtl } from "./artifact-ttl-store.ts";
import { linkAtOnce } from "./link-store.ts";
import { askToMove, moveAliases } from "./move-aliases.ts";

export type Membership = {
	readonly collection: CollectionRow;
	readonly artifactId: string;
	readonly aliases: readonly string[];
	readonly createdBy: string | null;
};

/**
 * Gives a committed version a place in a collection, in the caller's transaction: a pointer, no bytes move.
 * A version that is there already keeps its number and gains the aliases. A new member gets `latest`.
 */
export async function addMember(ctx: Ctx, membership: Membership): Promise<MembershipRow> {
	const { collection, artifactId, aliases } = membership;
	await lockInPlace(ctx.db, collection);
	const present = (await findMembersOf(ctx.db, [artifactId])).find((member) => member.collectionId === collection.id);
	if (present === undefined) return await addNewMember(ctx, membership);
	await putOn(ctx, collection, present, aliases);
	return present;
}

/**
 * As `addMember`, in one statement and without a transaction, for a link of a version that is not there yet; null where
 * more must be looked at, and nothing was done.
 */
export async function addLink(ctx: Ctx, { collection, ...link }: Membership): Promise<MembershipRow | null> {
	const { id: collectionId, projectId, typeName: collectionTypeName } = collection;
	if (collection.kind !== "PORTFOLIO" || ctx.db.isTransaction) return null;
	const aliases = [...new Set(["latest", ...link.aliases])];
	for (const alias of aliases) checkAlias(alias);
	await runGuards(ctx, "version.link", { projectId, collectionId, collectionTypeName, artifactId: link.artifactId });
	await askToMove(ctx, collection, { add: aliases, remove: [] });
	return await linkAtOnce(ctx, { ...link, collectionId, projectId, aliases });
}

/** As `addMember`, for a version that cannot be there yet, in a collection that the caller has locked. */
export async function addNewMember(
	ctx: Ctx,
	{ collection, artifactId, aliases, createdBy }: Membership,
): Promise<MembershipRow> {
	const member = await insertMember(ctx, { collectionId: collection.id, artifactId, createdBy });
	if (collection.kind === "PORTFOLIO") await afterLink(ctx, collection, member);
	await putOn(ctx, collection, member, ["latest", ...aliases]);
	return member;
}

async function putOn(ctx: Ctx, collection: CollectionRow, member: MembershipRow, aliases: readonly string[]) {
	await moveAliases(ctx, {
		collection,
		memberId: member.id,
		artifactId: member.artifactId,
		add: aliases,
		remove: [],
	});
}

async function afterLink(ctx: Ctx, collection: CollectionRow, { artifactId, versionIndex }: MembershipRow) {
	const { id: collectionId, projectId } = collection;
	await runGuards(ctx, "version.link", {
		projectId,
		collectionId,
		collectionTypeName: collection.typeName,
		artifactId,
	});
	await endTtl(ctx.db, { artifactId, collectionId });
	await emit(ctx, { type: "collection.linked", collectionId, artifactId, projectId, versionIndex });
}
