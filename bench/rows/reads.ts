import { type Bench, type Group, interleave } from "../bench-context.ts";
import { millisecondsAt } from "../json.ts";
import { inParallel } from "../raw-http.ts";
import { logRawVersion, makeProject, rawFile } from "../raw-version.ts";
import { floor, type Row } from "../row.ts";
import { between, scrapeMetrics, sum } from "../scrape-metrics.ts";
import { median, percentile } from "../statistics.ts";

const project = "bench-collections";

type Side = "floor" | "keifu";

/** Collections without the client: only how many there are matters. */
async function seed({ keifu, entity, scale }: Bench): Promise<void> {
	await makeProject(keifu.url, entity, project);
	const names = Array.from({ length: scale.collections }, (_, index) => `collection-${String(index).padStart(3, "0")}`);
	await inParallel(names, 4, (collection) =>
		logRawVersion(keifu.url, { entity, project, collection }, rawFile(collection, 64)),
	);
}

/** First page of many collections. */
export const list: Group = {
	name: "list",
	measure: async (bench) => {
		await seed(bench);
		return await readRows(bench, {
			work: `first page of 50 of ${bench.scale.collections} collections`,
			workload: "list-collections",
			parameters: () => ({ project, type: "dataset" }),
			operation: "ArtifactTypeArtifactCollections",
		});
	},
};

/** One version by its alias. */
export const alias: Group = {
	name: "alias",
	measure: async (bench) => {
		const { keifu, entity } = bench;
		await makeProject(keifu.url, entity, project);
		await logRawVersion(keifu.url, { entity, project, collection: "fetched" }, rawFile("fetched", 64));
		return await readRows(bench, {
			work: "fetch one by alias",
			workload: "fetch-alias",
			parameters: (side) => ({ path: `${side === "keifu" ? entity : "floor-team"}/${project}/fetched:latest` }),
			operation: "ArtifactMembershipByName",
		});
	},
};

export type Reading = {
	readonly work: string;
	readonly workload: string;
	parameters(side: Side): object;
	readonly operation: string;
};

/** One reading of the client, by one caller and by eight, beside the floor; and the server's own part of it. */
export async function readRows(bench: Bench, reading: Reading): Promise<Row[]> {
	const { work, operation } = reading;
	const times = (side: Side, callers: number) => () => timeReads(bench, { reading, side, callers });
	const before = await scrapeMetrics(bench.keifu.url);
	const one = await interleave<Side, number[]>(bench.scale.rounds, {
		floor: times("floor", 1),
		keifu: times("keifu", 1),
	});
	const after = await scrapeMetrics(bench.keifu.url);
	const eight = await interleave<Side, number[]>(bench.scale.rounds, {
		floor: times("floor", 8),
		keifu: times("keifu", 8),
	});
	const served = between(before.operations, after.operations).get(operation);
	const statements = sum(between(before.queries, after.queries));
	return [
		{
			work: `${work}, 1 caller, p50`,
			unit: "ms",
			value: median(one("keifu").map(median)),
			beside: floor(median(one("floor").map(median))),
			target: { of: "ratio", atMost: 1.2 },
		},
		{
			work: `${work}, 8 callers, p95`,
			unit: "ms",
			value: median(eight("keifu").map((each) => percentile(each, 0.95))),
			beside: floor(median(eight("floor").map((each) => percentile(each, 0.95)))),
			target: { of: "ratio", atMost: 2 },
		},
		{
			work: `${work}, server's own part, mean`,
			unit: "ms",
			value: served === undefined ? null : (served.seconds / served.count) * 1000,
			beside: { what: "one statement", value: (statements.seconds / statements.count) * 1000 },
			target: { of: "ratio", atMost: 3 },
		},
	];
}

async function timeReads(
	bench: Bench,
	{ reading, side, callers }: { reading: Reading; side: Side; callers: number },
): Promise<number[]> {
	const parameters = { ...reading.parameters(side), count: bench.scale.reads, callers };
	const result = await bench.client.run(bench[side].url, reading.workload, parameters);
	return millisecondsAt(result, "each");
}
