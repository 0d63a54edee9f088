import { countedConnectionOf } from "../graphql/connection.ts";
import { fromNodeId, toNodeId } from "../graphql/node-id.ts";
import type { Resolvers } from "../graphql/resolver-types.gen.ts";
import { userLoader } from "../identity/index.ts";
import { projectLoader } from "../project/index.ts";
import { findSweepByName } from "./find-sweep.ts";
import { countSweeps, listSweeps, sweepCursor } from "./list-sweeps.ts";
import { sweepMetric, sweepParameters } from "./sweep-rules.ts";
import { upsertSweep } from "./upsert-sweep.ts";

export const sweepResolvers: Resolvers = {
	Mutation: {
		upsertSweep: async (_parent, { input }, { ctx }) => {
			const { sweep } = await upsertSweep(ctx, {
				...input,
				id: input.id ? fromNodeId("Sweep", input.id) : null,
			});
			return { sweep, configValidationWarnings: [], clientMutationId: input.clientMutationId ?? null };
		},
	},
	Project: {
		sweep: async (project, { sweepName }, { ctx }) =>
			sweepName ? await findSweepByName(ctx, project, sweepName) : null,
		sweeps: async (project, args, { ctx }) => {
			const page = await listSweeps(ctx, project, args);
			return page === null ? null : countedConnectionOf(page, sweepCursor);
		},
		totalSweeps: (project, _args, { ctx }) => countSweeps(ctx, project),
	},
	Sweep: {
		id: (sweep) => toNodeId("Sweep", sweep.id),
		metric: (sweep) => sweepMetric(sweep.config),
		parameterNames: (sweep) => sweepParameters(sweep.config),
		// wire: agents look at when the sweep was last touched.
		heartbeatAt: (sweep) => sweep.updatedAt,
		project: (sweep, _args, gql) => projectLoader(gql).load(sweep.projectId),
		user: (sweep, _args, gql) => (sweep.createdBy === null ? null : userLoader(gql).load(sweep.createdBy)),
	},
};
