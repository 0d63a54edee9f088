import { mayOnProject } from "../access/project-role.ts";
import { type ArtifactRow, artifactLoader } from "../artifact/index.ts";
import { countedConnectionOf, type PageArgs, pageWanted } from "../graphql/connection.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import type { Resolvers } from "../graphql/resolver-types.gen.ts";
import { userLoader } from "../identity/index.ts";
import { projectLoader } from "../project/index.ts";
import { type RunRow, runLoader } from "../run/index.ts";
import { artifactLineage, lineageGroupMembers, runLineage } from "./lineage-graph-resolvers.ts";
import type { EdgeDirection } from "./lineage-reader.ts";
import { type EdgeList, edgeCursor, listArtifactsOfRun, listRunsOfArtifact } from "./list-edges.ts";

// wire: old clients ask for the runs of a version without paging, and take what they get for all.
const runsAtOnce = 1000;

async function connectionWith<T>(list: EdgeList, load: (id: string) => Promise<T>) {
	const { edges, ...rest } = countedConnectionOf(list, edgeCursor);
	const loaded = await Promise.all(
		edges.map(async ({ cursor, node }) => ({ cursor, node: await load(node.id), usedAs: node.usedAs })),
	);
	return { ...rest, edges: loaded };
}

async function runConnection(gql: GqlContext, artifact: ArtifactRow, direction: EdgeDirection, args: PageArgs) {
	const list = await listRunsOfArtifact(gql.ctx, artifact.id, { direction, ...pageWanted(args, runsAtOnce) });
	return await connectionWith(list, async (id) => await loadRun(gql, id));
}

async function loadRun(gql: GqlContext, id: string): Promise<RunRow> {
	const run = await runLoader(gql).load(id);
	if (run === null) throw new Error(`run ${id} of an edge is not there`);
	return run;
}

async function artifactConnection(gql: GqlContext, run: RunRow, direction: EdgeDirection, args: PageArgs) {
	const project = await projectLoader(gql).load(run.projectId);
	if (project === null) throw new Error(`project ${run.projectId} of a run is not there`);
	const list = await listArtifactsOfRun(gql.ctx, { id: run.id, project }, { direction, ...pageWanted(args) });
	return await connectionWith(list, async (id) => await artifactLoader(gql).load(id));
}

/** The run that logged a version first; where it may not be seen, or there was none, the person. */
async function creatorOf(gql: GqlContext, artifact: ArtifactRow) {
	const run = artifact.runId === null ? null : await runLoader(gql).load(artifact.runId);
	const project = run === null ? null : await projectLoader(gql).load(run.projectId);
	if (run !== null && project !== null && mayOnProject(gql.ctx.actor, project, "project.see")) return run;
	return artifact.createdBy === null ? null : await userLoader(gql).load(artifact.createdBy);
}

/** The lineage graph as the client walks it: from a version to runs, from a run to versions. */
export const lineageResolvers: Resolvers = {
	// A run has a project, a person has none.
	ArtifactCreator: { __resolveType: (row) => ("projectId" in row ? "Run" : "User") },
	Query: { lineageGroupMembers },
	Artifact: {
		createdBy: async (artifact, _, gql) => await creatorOf(gql, artifact),
		producedBy: async (artifact, args, gql) => await runConnection(gql, artifact, "PRODUCED", args),
		usedBy: async (artifact, args, gql) => await runConnection(gql, artifact, "USED", args),
		...artifactLineage,
	},
	Run: {
		inputArtifacts: async (run, args, gql) => await artifactConnection(gql, run, "USED", args),
		outputArtifacts: async (run, args, gql) => await artifactConnection(gql, run, "PRODUCED", args),
		...runLineage,
	},
};
