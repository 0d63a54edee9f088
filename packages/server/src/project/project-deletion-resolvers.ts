import type { GqlContext } from "../graphql/gql-context.ts";
import type { Resolvers } from "../graphql/resolver-types.gen.ts";
import { type DeletionPreview, previewDeletion } from "./preview-deletion.ts";
import { projectLoader } from "./project-loaders.ts";
import type { ProjectRow } from "./project-reader.ts";

async function withProjects<R extends { readonly projectId: string }>(gql: GqlContext, rows: readonly R[]) {
	const projects = await projectLoader(gql).loadMany(rows.map(({ projectId }) => projectId));
	return rows.flatMap((row, at) => {
		const project = projects[at];
		if (project instanceof Error) throw project;
		return project === null || project === undefined ? [] : [{ ...row, project }];
	});
}

async function shown(gql: GqlContext, { bytes, links, users, ...contents }: DeletionPreview) {
	return {
		...contents,
		bytesFreed: bytes.own,
		bytesShared: bytes.shared,
		linksElsewhere: links.total,
		linkedFrom: await withProjects(gql, links.rows),
		usersElsewhere: users.total,
		usedIn: await withProjects(gql, users.rows),
	};
}

/** What the app says before it deletes a project. */
export const projectDeletionResolvers: Resolvers = {
	Project: {
		deletion: async (project: ProjectRow, _args, gql) => {
			const preview = await previewDeletion(gql.ctx, project);
			return preview === null ? null : await shown(gql, preview);
		},
	},
};
