import type { Ctx } from "../context.ts";
import { emit } from "../jobs/outbox.ts";
import { findProjectsByIds, type ProjectRow } from "../project/index.ts";
import { findCollectionsByIds, findNewestMembers } from "./artifact-reader.ts";
import { freeAliasesOf, markDeleted, type PlaceGoing, type VersionsGoing } from "./artifact-removal-store.ts";
import type { CollectionRow } from "./artifact-rows.ts";
import { askToMove, moveAliases } from "./move-aliases.ts";

/** As many as one statement can carry. */
const eventsAtOnce = 1000;

/** A collection that loses versions or links. */
type CollectionLosing = Pick<CollectionRow, "id" | "projectId" | "kind"> & {
	readonly places: readonly PlaceGoing[];
};

/** A collection that loses versions, and the project it is in. */
export type Losing = CollectionLosing & { readonly collection: CollectionRow; readonly project: ProjectRow };

/** Places that go, by the collection that loses them. */
export async function collectionsLosing(ctx: Ctx, places: readonly PlaceGoing[]): Promise<Losing[]> {
	const byCollection = Map.groupBy(places, ({ collectionId }) => collectionId);
	if (byCollection.size === 0) return [];
	const collections = await findCollectionsByIds(ctx.db, [...byCollection.keys()]);
	const projects = await findProjectsByIds(ctx.db, [...new Set(collections.map(({ projectId }) => projectId))]);
	const projectOf = new Map(projects.map((project) => [project.id, project]));
	return collections.flatMap((collection) => {
		const { id, projectId, kind } = collection;
		const project = projectOf.get(projectId);
		return project === undefined
			? []
			: [{ id, projectId, kind, collection, project, places: byCollection.get(id) ?? [] }];
	});
}

/**
 * Takes all aliases off places that go from one locked collection, in the caller's transaction, and asks the
 * `alias.move` guards first, as `moveAliases` does for single ones.
 */
export async function freeAliases(ctx: Ctx, losing: CollectionLosing): Promise<void> {
	const freed = losing.places.flatMap(({ artifactId, aliases }) => aliases.map((alias) => ({ alias, artifactId })));
	if (freed.length === 0) return;
	const remove = freed.map(({ alias }) => alias);
	await askToMove(ctx, losing, { add: [], remove });
	await freeAliasesOf(
		ctx.db,
		losing.places.filter(({ aliases }) => aliases.length > 0).map(({ memberId }) => memberId),
	);
	for (let from = 0; from < freed.length; from += eventsAtOnce) {
		const events = freed.slice(from, from + eventsAtOnce).map(({ alias, artifactId }) => ({
			type: "alias.moved" as const,
			collectionId: losing.id,
			projectId: losing.projectId,
			alias,
			artifactId: null,
			fromArtifactId: artifactId,
		}));
		await emit(ctx, ...events);
	}
}

/** Gives `latest`, whose holder has gone from a locked collection, to the highest version left. */
export async function passLatestOn(
	ctx: Ctx,
	collection: Pick<CollectionRow, "id" | "projectId" | "kind">,
): Promise<void> {
	const [newest] = await findNewestMembers(ctx.db, [collection.id]);
	if (newest === undefined) return;
	await moveAliases(ctx, {
		collection,
		memberId: newest.id,
		artifactId: newest.artifactId,
		add: ["latest"],
		remove: [],
	});
}

/** Says of links that they are gone. */
export async function emitUnlinked(ctx: Ctx, losing: CollectionLosing): Promise<void> {
	for (let from = 0; from < losing.places.length; from += eventsAtOnce) {
		const events = losing.places.slice(from, from + eventsAtOnce).map(({ artifactId, versionIndex }) => ({
			type: "collection.unlinked" as const,
			collectionId: losing.id,
			artifactId,
			projectId: losing.projectId,
			versionIndex,
		}));
		await emit(ctx, ...events);
	}
}

/** Deletes locked versions out of all collections that lose them: `latest` passes on, links and aliases go. */
export async function letGo(tx: Ctx, going: VersionsGoing, losing: readonly Losing[]): Promise<void> {
	for (const each of losing) await freeAliases(tx, each);
	await markDeleted(tx, going);
	for (const each of losing) {
		if (each.collection.kind === "PORTFOLIO") await emitUnlinked(tx, each);
		else await emitDeleted(tx, each);
		if (each.places.some(({ aliases }) => aliases.includes("latest"))) await passLatestOn(tx, each);
	}
}

async function emitDeleted(tx: Ctx, { id: collectionId, projectId, places }: CollectionLosing): Promise<void> {
	for (let from = 0; from < places.length; from += eventsAtOnce) {
		const gone = places.slice(from, from + eventsAtOnce);
		const type = "artifact.deleted" as const;
		await emit(tx, ...gone.map(({ artifactId }) => ({ type, artifactId, collectionId, projectId })));
	}
}
