import { mayOnProject } from "../access/project-role.ts";
import { type CollectionRow, collectionLoader } from "../artifact/index.ts";
import type { Page } from "../db/page.ts";
import { connectionOf, type PageArgs, pageWanted } from "../graphql/connection.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { toNodeId } from "../graphql/node-id.ts";
import type { HistoryFilter, Resolvers } from "../graphql/resolver-types.gen.ts";
import { userLoader } from "../identity/index.ts";
import { entityLoader } from "../org/index.ts";
import { projectLoader } from "../project/index.ts";
import { runLoader } from "../run/index.ts";
import { seenArtifactLoader } from "./history-loaders.ts";
import type { HistoryRow } from "./history-reader.ts";
import { type Change, changesOf, shownTypes, wireKind } from "./history-rules.ts";
import { type HistoryWanted, historyCursor, listCollectionHistory, listProjectHistory } from "./list-history.ts";

type HistoryArgs = PageArgs & { readonly filter?: HistoryFilter | null | undefined };

function wantedOf({ filter, ...page }: HistoryArgs): HistoryWanted {
	const kinds = filter?.kinds;
	return {
		...pageWanted(page),
		types: kinds ? shownTypes.filter((type) => kinds.some((kind) => kind === wireKind(type))) : null,
		actorName: filter?.actor ?? null,
		since: filter?.since ?? null,
		until: filter?.until ?? null,
	};
}

async function connect(page: Promise<Page<HistoryRow>>) {
	return connectionOf(await page, historyCursor);
}

/** The id under that name in an event; null where it has none. */
function idIn({ event }: HistoryRow, key: string): string | null {
	const id: unknown = Reflect.get(event, key);
	return typeof id === "string" ? id : null;
}

async function isSeen(gql: GqlContext, projectId: string): Promise<boolean> {
	const project = await projectLoader(gql).load(projectId);
	return project !== null && mayOnProject(gql.ctx.actor, project, "project.see");
}

/** People are named in events by their ids, which stay when they are renamed. */
async function shownChange(gql: GqlContext, change: Change): Promise<Change> {
	if (change.field !== "owner") return change;
	const nameOf = async (id: string | null) =>
		id === null ? null : ((await userLoader(gql).load(id))?.username ?? null);
	return { ...change, before: await nameOf(change.before), after: await nameOf(change.after) };
}

const collectionHistory = (collection: CollectionRow, args: HistoryArgs, { ctx }: GqlContext) =>
	connect(listCollectionHistory(ctx, collection, wantedOf(args)));

/** The history of projects, registries and collections. */
export const historyResolvers: Resolvers = {
	Project: { history: (project, args, { ctx }) => connect(listProjectHistory(ctx, project, wantedOf(args))) },
	ArtifactSequence: { history: collectionHistory },
	ArtifactPortfolio: { history: collectionHistory },
	HistoryEntry: {
		id: (row) => toNodeId("HistoryEntry", row.id),
		kind: (row) => wireKind(row.event.type),
		actor: (row, _args, gql) => (row.actorUserId === null ? null : userLoader(gql).load(row.actorUserId)),
		changes: async (row, _args, gql) =>
			await Promise.all(changesOf(row.event, row).map(async (change) => await shownChange(gql, change))),
		collection: async (row, _args, gql) => {
			const id = idIn(row, "collectionId");
			const collection = id === null ? null : await collectionLoader(gql).load(id);
			return collection !== null && (await isSeen(gql, collection.projectId)) ? collection : null;
		},
		artifact: async (row, _args, gql) => {
			const id = idIn(row, "artifactId") ?? idIn(row, "fromArtifactId");
			return id === null ? null : await seenArtifactLoader(gql).load(id);
		},
		run: async (row, _args, gql) => {
			const id = idIn(row, "runId");
			const run = id === null ? null : await runLoader(gql).load(id);
			return run !== null && (await isSeen(gql, run.projectId)) ? run : null;
		},
		user: async (row, _args, gql) => {
			const id = idIn(row, "userId");
			return id === null ? null : await userLoader(gql).load(id);
		},
		team: async (row, _args, gql) => {
			const id = idIn(row, "teamId");
			return id === null ? null : await entityLoader(gql).load(id);
		},
	},
};
