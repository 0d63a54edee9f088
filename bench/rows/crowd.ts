import { type Bench, type Group, interleave, withCpu } from "../bench-context.ts";
import { at, listAt, numberAt } from "../json.ts";
import { graphql } from "../raw-http.ts";
import { logRawVersion, makeProject, rawFile } from "../raw-version.ts";
import { floor } from "../row.ts";
import { median } from "../statistics.ts";

const sourceProject = "bench-sources";
const countRuns = `query BenchRuns($entity: String, $project: String, $after: String) {
	project(entityName: $entity, name: $project) {
		runs(first: 100, after: $after) { pageInfo { endCursor hasNextPage } edges { node { state } } }
	}
}`;

type Round = { readonly perSecond: number; readonly cpu: number; readonly unfinished: number };

/** Many processes at once, each of several runs with an input and an output. */
export const crowd: Group = {
	name: "crowd",
	measure: async (bench) => {
		const measured = await interleave<"floor" | "keifu", Round>(bench.scale.rounds, {
			floor: (round) => runCrowd(bench, "floor", round),
			keifu: (round) => runCrowd(bench, "keifu", round),
		});
		const [theirs, ours] = [measured("floor"), measured("keifu")];
		const work = `${bench.scale.processes} processes × ${bench.scale.runsEach} runs`;
		const of = (side: readonly Round[], field: keyof Round) => median(side.map((round) => round[field]));
		return [
			{
				work,
				unit: "runs/s",
				value: of(ours, "perSecond"),
				beside: floor(of(theirs, "perSecond")),
				target: { of: "ratio", atLeast: 0.88 },
			},
			{
				work: `${work}: runs not finished`,
				unit: "errors",
				value: ours.reduce((total, { unfinished }) => total + unfinished, 0),
				beside: null,
				target: { of: "value", atMost: 0 },
			},
			{
				work: `${work}: server CPU a run`,
				unit: "CPU ms",
				value: of(ours, "cpu"),
				beside: floor(of(theirs, "cpu")),
				target: { of: "value", atMost: 15 },
			},
		];
	},
};

async function runCrowd(bench: Bench, side: "floor" | "keifu", round: number): Promise<Round> {
	const { processes, runsEach } = bench.scale;
	const server = bench[side];
	const project = `bench-crowd-${round}`;
	if (side === "keifu") {
		const target = { entity: bench.entity, project: sourceProject, collection: "source" };
		await makeProject(server.url, bench.entity, sourceProject);
		await logRawVersion(server.url, target, rawFile("source", 64));
	}
	const members = Array.from({ length: processes }, (_, index) => ({
		project,
		source: `${side === "keifu" ? bench.entity : "floor-team"}/${sourceProject}/source:latest`,
		member: `${round}-${index}`,
		count: runsEach,
	}));
	const { result, cpu } = await withCpu(server, () => bench.client.crowd(server.url, "crowd", members));
	const seconds = secondsOf(result);
	const total = processes * runsEach;
	const finished = side === "keifu" ? await finishedRuns(bench, project) : total;
	return { perSecond: total / seconds, cpu: (cpu * 1000) / total, unfinished: total - finished };
}

/** From when the first of a crowd began to when the last had ended. */
export function secondsOf(members: readonly unknown[]): number {
	const all = (moment: "begin" | "end") => members.map((member) => numberAt(member, moment));
	return Math.max(...all("end")) - Math.min(...all("begin"));
}

async function finishedRuns({ keifu, entity }: Bench, project: string): Promise<number> {
	let finished = 0;
	let after: unknown = null;
	do {
		const data = await graphql(keifu.url, countRuns, { entity, project, after });
		const runs = at(data, "project", "runs");
		finished += listAt(runs, "edges").filter((edge) => at(edge, "node", "state") === "finished").length;
		after = at(runs, "pageInfo", "hasNextPage") === true ? at(runs, "pageInfo", "endCursor") : null;
	} while (after !== null);
	return finished;
}
