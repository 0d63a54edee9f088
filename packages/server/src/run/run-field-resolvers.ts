import { capabilitiesOf } from "../access/capabilities.ts";
import { mayOnProject } from "../access/project-role.ts";
import { connectionOf, countedConnectionOf } from "../graphql/connection.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { toNodeId } from "../graphql/node-id.ts";
import type { Resolvers } from "../graphql/resolver-types.gen.ts";
import { userLoader } from "../identity/index.ts";
import { type ProjectRow, projectLoader } from "../project/index.ts";
import { sweepLoader } from "../sweep/index.ts";
import { listRunAlerts, runAlertCursor } from "./list-run-alerts.ts";
import { listRunFiles, runFileCursor } from "./list-run-files.ts";
import { readHistoryKeys } from "./read-history-keys.ts";
import { readLiveSteps, readRunEvents, readRunHistory } from "./read-run-history.ts";
import { consoleLineCursor, readRunLog } from "./read-run-log.ts";
import { readSampledHistory } from "./read-sampled-history.ts";
import { wandbConfigText } from "./run-json-rules.ts";
import { lastLinesLoader, runDocumentsLoader } from "./run-loaders.ts";
import type { RunRow } from "./run-reader.ts";

async function loadProject(gql: GqlContext, run: RunRow): Promise<ProjectRow> {
	const project = await projectLoader(gql).load(run.projectId);
	if (project === null) throw new Error(`run ${run.id} has no project`);
	return project;
}

/** wire: a JSON text of a list of JSON texts; null there makes a resume fail. */
async function tailOf(gql: GqlContext, run: RunRow, stream: "history" | "events"): Promise<string> {
	const lines = await lastLinesLoader(gql).load(run.id);
	return JSON.stringify(lines.filter((line) => line.stream === stream).map((line) => line.text));
}

const run: NonNullable<Resolvers["Run"]> = {
	id: (run) => toNodeId("Run", run.id),
	projectId: async (run, _args, gql) => (await loadProject(gql, run)).number,
	project: (run, _args, gql) => loadProject(gql, run),
	group: (run) => run.groupName,
	tags: (run) => [...run.tags],
	sweep: (run, _args, gql) => (run.sweepId === null ? null : sweepLoader(gql).load(run.sweepId)),
	sweepName: async (run, _args, gql) =>
		run.sweepId === null ? null : ((await sweepLoader(gql).load(run.sweepId))?.name ?? null),
	user: (run, _args, gql) => (run.createdBy === null ? null : userLoader(gql).load(run.createdBy)),
	readOnly: async (run, _args, gql) => !mayOnProject(gql.ctx.actor, await loadProject(gql, run), "project.write"),
	capabilities: async (run, _args, gql) => {
		const project = await loadProject(gql, run);
		return capabilitiesOf(["project.see", "project.read", "project.write"], (action) =>
			mayOnProject(gql.ctx.actor, project, action),
		);
	},
	config: async (run, _args, gql) => (await runDocumentsLoader(gql).load(run.id)).config,
	summaryMetrics: async (run, _args, gql) => (await runDocumentsLoader(gql).load(run.id)).summaryMetrics,
	systemMetrics: async (run, _args, gql) => (await runDocumentsLoader(gql).load(run.id)).systemMetrics,
	wandbConfig: async (run, { keys }, gql) =>
		wandbConfigText((await runDocumentsLoader(gql).load(run.id)).config, keys ?? null),
	stopped: (run) => run.stopRequested,
	shouldStop: (run) => run.stopRequested,
	failed: (run) => run.state === "failed" || run.state === "crashed",
	running: (run) => run.state === "running",
	exitcode: (run) => run.exitCode,
	historyTail: (run, _args, gql) => tailOf(gql, run, "history"),
	eventsTail: (run, _args, gql) => tailOf(gql, run, "events"),
	historyKeys: (run, _args, { ctx }) => readHistoryKeys(ctx, run.id),
	history: (run, args, { ctx }) => readRunHistory(ctx, run, args),
	events: (run, args, { ctx }) => readRunEvents(ctx, run, args),
	sampledHistory: (run, { specs }, { ctx }) => readSampledHistory(ctx, run, specs),
	parquetHistory: async (run, _args, { ctx }) => ({ parquetUrls: [], liveData: await readLiveSteps(ctx, run) }),
	logLines: async (run, args, gql) => {
		const page = await readRunLog(gql.ctx, { run, project: await loadProject(gql, run) }, args);
		const { edges, pageInfo } = connectionOf(page, consoleLineCursor);
		return { pageInfo, edges: edges.map(({ cursor, node }) => ({ cursor, node: { ...node, line: node.content } })) };
	},
	alerts: async (run, args, { ctx }) => {
		const { edges, ...rest } = countedConnectionOf(await listRunAlerts(ctx, run.id, args), runAlertCursor);
		const withIds = edges.map(({ cursor, node }) => ({
			cursor,
			node: { ...node, id: toNodeId("RunAlert", node.id), severity: node.level },
		}));
		return { ...rest, edges: withIds };
	},
	fileCount: async (run, _args, gql) => {
		const page = await listRunFiles(gql.ctx, { run, project: await loadProject(gql, run), first: 0 });
		return page?.total ?? 0;
	},
	files: async (run, args, gql) => {
		const names = args.names?.filter((name) => name != null);
		const page = await listRunFiles(gql.ctx, { run, project: await loadProject(gql, run), ...args, names });
		return page === null ? null : countedConnectionOf(page, runFileCursor);
	},
};

const file: NonNullable<Resolvers["File"]> = {
	sizeBytes: (file) => file.size,
	// wire: the client's own form of an MD5 digest is base64.
	md5: (file) => (file.md5Hex === null ? null : Buffer.from(file.md5Hex, "hex").toString("base64")),
	url: (file, { upload }) => (upload === true ? file.uploadUrl : file.url),
};

/** Resolvers of the fields of a run and of a file. */
export const runFieldResolvers: Pick<Resolvers, "Run" | "File"> = { Run: run, File: file };
