import { DomainError } from "../errors.ts";
import { fromNodeId, toNodeId } from "../graphql/node-id.ts";
import type { Resolvers } from "../graphql/resolver-types.gen.ts";
import { projectLoader } from "../project/index.ts";
import { sweepRunCap } from "../sweep/index.ts";
import { createRunFiles } from "./create-run-files.ts";
import { deleteRun } from "./delete-run.ts";
import { deleteRunFiles } from "./delete-run-files.ts";
import { findRun } from "./find-run.ts";
import { listRunKeys } from "./list-run-keys.ts";
import { countProjectRuns, listRuns, listSweepRuns } from "./list-runs.ts";
import { markRunFilesUploaded } from "./mark-run-files-uploaded.ts";
import { notifyRunAlert } from "./notify-run-alert.ts";
import { readBestLoss } from "./read-best-loss.ts";
import { rewindRun } from "./rewind-run.ts";
import { runFieldResolvers } from "./run-field-resolvers.ts";
import { lastLinesLoader, runDocumentsLoader, runLoader, sweepRunCountLoader } from "./run-loaders.ts";
import { stopRun } from "./stop-run.ts";
import { updateRunState } from "./update-run-state.ts";
import { upsertRun } from "./upsert-run.ts";

const mutations: NonNullable<Resolvers["Mutation"]> = {
	upsertBucket: async (_parent, { input }, gql) => {
		const { modelName, jobProgram, jobRepo, sweep, ...same } = input;
		const { run, project, documents, inserted } = await upsertRun(gql.ctx, {
			...same,
			id: input.id ? fromNodeId("Run", input.id) : null,
			projectName: modelName,
			program: jobProgram,
			repo: jobRepo,
			sweepName: sweep,
		});
		// Another mutation of the same document may have read the run before.
		runDocumentsLoader(gql).clear(run.id).prime(run.id, documents);
		runLoader(gql).clear(run.id).prime(run.id, run);
		projectLoader(gql).prime(project.id, project);
		// wire: the number of the line at which the client goes on with the history. One that names a run by its name alone
		// has not resumed it: it begins anew, and so writes what it sends a second time over what it sent before.
		const bucket = input.id ? run : { ...run, historyLineCount: 0 };
		const serverSettings = { serverMessages: [] };
		return { bucket, inserted, serverSettings, clientMutationId: input.clientMutationId ?? null };
	},
	createRunFiles: async (_parent, { input }, { ctx }) => {
		const { runId, files } = await createRunFiles(ctx, { ...input, names: input.files });
		return {
			runID: toNodeId("Run", runId),
			uploadHeaders: [],
			files: [...files],
			clientMutationId: input.clientMutationId ?? null,
		};
	},
	markRunFilesUploaded: async (_parent, { input }, { ctx }) => ({
		success: await markRunFilesUploaded(ctx, { ...input, names: input.files }),
		clientMutationId: input.clientMutationId ?? null,
	}),
	deleteRun: async (_parent, { input }, gql) => {
		const runId = fromNodeId("Run", input.id);
		await deleteRun(gql.ctx, { runId, deleteArtifacts: input.deleteArtifacts });
		runLoader(gql).clear(runId);
		return { clientMutationId: input.clientMutationId ?? null };
	},
	deleteFiles: async (_parent, { input }, { ctx }) => ({
		success: await deleteRunFiles(ctx, {
			fileIds: input.files.map((id) => fromNodeId("RunFile", id)),
			projectNumber: input.projectId,
		}),
		clientMutationId: input.clientMutationId ?? null,
	}),
	updateRunState: async (_parent, { input }, gql) => {
		const runId = fromNodeId("Run", input.id);
		const success = await updateRunState(gql.ctx, { runId, state: input.state });
		runLoader(gql).clear(runId);
		return { success, clientMutationId: input.clientMutationId ?? null };
	},
	rewindRun: async (_parent, { input }, gql) => {
		const { entityName = null, projectName = null } = input;
		const { run } = await rewindRun(gql.ctx, { ...input, entityName, projectName });
		runDocumentsLoader(gql).clear(run.id);
		lastLinesLoader(gql).clear(run.id);
		runLoader(gql).clear(run.id);
		return { rewoundRun: run, clientMutationId: input.clientMutationId ?? null };
	},
	notifyScriptableRunAlert: async (_parent, { input }, { ctx }) => {
		const { severity, waitDuration, ...same } = input;
		const stored = await notifyRunAlert(ctx, { ...same, level: severity, waitMilliseconds: waitDuration });
		return { success: stored, clientMutationId: input.clientMutationId ?? null };
	},
	stopRun: async (_parent, { input }, { ctx }) => ({
		success: await stopRun(ctx, { runId: fromNodeId("Run", input.id) }),
		clientMutationId: input.clientMutationId ?? null,
	}),
};

export const runResolvers: Resolvers = {
	Mutation: mutations,
	Project: {
		run: (project, { name }, { ctx }) => findRun(ctx, project, name),
		bucket: async (project, { name, missingOk }, { ctx }) => {
			const run = name ? await findRun(ctx, project, name) : null;
			if (run !== null || missingOk === true) return run;
			throw new DomainError(
				"NOT_FOUND",
				`There is no run ${JSON.stringify(name ?? "")} in ${project.entityName}/${project.name}.`,
			);
		},
		runs: (project, args, { ctx }) => listRuns(ctx, project, args),
		runCount: (project, { filters }, { ctx }) => countProjectRuns(ctx, project, filters),
		runKeys: (project, _args, { ctx }) => listRunKeys(ctx, project),
	},
	Sweep: {
		runs: (sweep, args, { ctx }) => listSweepRuns(ctx, sweep, args),
		runCount: (sweep, _args, gql) => sweepRunCountLoader(gql).load(sweep.id),
		runCountExpected: (sweep) => sweepRunCap(sweep.config),
		bestLoss: (sweep, _args, { ctx }) => readBestLoss(ctx, sweep),
	},
	RunConnection: {
		edges: ({ edges }) => [...edges],
		totalCount: ({ totalCount }) => (typeof totalCount === "function" ? totalCount() : totalCount),
	},
	...runFieldResolvers,
};
