import { type Bench, type Group, interleave, withCpu } from "../bench-context.ts";
import { millisecondsAt, numberAt } from "../json.ts";
import { logRawVersion, makeProject, rawFile } from "../raw-version.ts";
import { floor, type Row } from "../row.ts";
import { type BenchServer, newFolder, startLeast } from "../server-process.ts";
import { median } from "../statistics.ts";
import { secondsOf } from "./crowd.ts";

const project = "bench-least";
/** Three sides take long, and only how far they are apart matters. */
const mostRounds = 2;

type Side = "floor" | "least" | "keifu";
type Servers = Readonly<Record<Side, BenchServer>>;
type Round = { readonly ms: number; readonly cpu: number };
type Work = {
	readonly work: string;
	/** Milliseconds of each, and how many there were. */
	run(server: BenchServer, side: Side, round: number): Promise<{ readonly ms: number; readonly count: number }>;
};

/** What the client floor leaves to a server that keeps what it is told, and how far Keifu is from that. */
export const least: Group = {
	name: "least",
	measure: async (bench) => {
		const server = await startLeast(newFolder("least"), bench.features);
		try {
			const servers = { floor: bench.floor, least: server, keifu: bench.keifu };
			const { keifu, entity } = bench;
			await makeProject(keifu.url, entity, project);
			await logRawVersion(keifu.url, { entity, project, collection: "fetched" }, rawFile("fetched", 64));
			const rows: Row[] = [];
			for (const work of worksOf(bench)) rows.push(...(await measureWork(bench, servers, work)));
			return rows;
		} finally {
			await server.stop();
		}
	},
};

function worksOf(bench: Bench): Work[] {
	const { client, scale, entity } = bench;
	const entityOf = (side: Side) => (side === "keifu" ? entity : "floor-team");
	const inARow = (workload: string, parameters: (side: Side, round: number) => object) => {
		return async (server: BenchServer, side: Side, round: number) => {
			const times = millisecondsAt(await client.run(server.url, workload, parameters(side, round)), "each");
			return { ms: median(times), count: times.length };
		};
	};
	return [
		{
			work: `${scale.versions} versions of 1 KiB in a row, p50`,
			run: inARow("log-versions", (side, round) => ({
				project,
				name: "versions",
				count: scale.versions,
				seed: `${side}-${round}`,
			})),
		},
		{
			work: "create and link, p50",
			run: inARow("create-and-link", (side, round) => ({
				project,
				name: "linked",
				count: scale.links,
				seed: `${side}-${round}`,
			})),
		},
		{
			work: "fetch one by alias, p50",
			run: inARow("fetch-alias", (side) => ({
				path: `${entityOf(side)}/${project}/fetched:latest`,
				count: scale.reads,
				callers: 1,
			})),
		},
		{
			work: "2,000 × 4 KiB, each file: log",
			run: async (server, side, round) => {
				const parameters = {
					project,
					name: `files-2000x4096-${round}`,
					count: 2000,
					size: 4096,
					seed: `${side}-${round}`,
				};
				const result = await client.run(server.url, "log-files", parameters);
				return { ms: numberAt(result, "first") / 2, count: 2000 };
			},
		},
		{
			work: `${scale.processes} processes × ${scale.runsEach} runs, each run`,
			run: async (server, side, round) => {
				const members = Array.from({ length: scale.processes }, (_, index) => ({
					project: `bench-least-${round}`,
					source: `${entityOf(side)}/${project}/fetched:latest`,
					member: `${round}-${index}`,
					count: scale.runsEach,
				}));
				const result = await client.crowd(server.url, "crowd", members);
				const count = scale.processes * scale.runsEach;
				return { ms: (secondsOf(result) * 1000) / count, count };
			},
		},
	];
}

async function measureWork({ scale }: Bench, servers: Servers, { work, run }: Work): Promise<Row[]> {
	const side = (name: Side) => async (round: number) => {
		const { result, cpu } = await withCpu(servers[name], () => run(servers[name], name, round));
		return { ms: result.ms, cpu: (cpu * 1000) / result.count };
	};
	const measured = await interleave<Side, Round>(Math.min(scale.rounds, mostRounds), {
		floor: side("floor"),
		least: side("least"),
		keifu: side("keifu"),
	});
	const of = (name: Side, field: keyof Round) => median(measured(name).map((round) => round[field]));
	return (["ms", "cpu"] as const).flatMap((field): Row[] => {
		const [what, unit] = field === "ms" ? (["", "ms"] as const) : ([", server CPU each", "CPU ms"] as const);
		const kept = of("least", field);
		return [
			{ work: `the least: ${work}${what}`, unit, value: kept, beside: floor(of("floor", field)), target: null },
			{
				work: `${work}${what}`,
				unit,
				value: of("keifu", field),
				beside: { what: "the least", value: kept },
				target: null,
			},
		];
	});
}
