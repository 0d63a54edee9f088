import { connectionOf, pageWanted } from "../graphql/connection.ts";
import type { Resolvers } from "../graphql/resolver-types.gen.ts";
import { compareEntries } from "./compare-entries.ts";
import { findEntry } from "./find-entry.ts";
import { folderCursor, listFolder } from "./list-folder.ts";
import { entryCursor, searchEntries } from "./search-entries.ts";

/** The files of a version as the app walks through them. */
export const entryFields: Resolvers["Artifact"] = {
	folder: async (row, args, { ctx }) =>
		connectionOf(await listFolder(ctx, row, { ...pageWanted(args), path: args.path ?? "" }), folderCursor),
	entry: async (row, { path }, { ctx }) => await findEntry(ctx, row, path),
	searchEntries: async (row, args, { ctx }) =>
		connectionOf(await searchEntries(ctx, row, { ...pageWanted(args), pattern: args.pattern }), entryCursor),
	changesSince: async (row, args, { ctx }) => {
		const wanted = { ...pageWanted(args), before: args.artifactID, kinds: args.kinds ?? null };
		const { totals, ...page } = await compareEntries(ctx, row, wanted);
		return { ...connectionOf(page, entryCursor), totals };
	},
};

export const entryResolvers: Resolvers = {
	ArtifactEntry: { name: ({ path }) => path.slice(path.lastIndexOf("/") + 1) },
};
