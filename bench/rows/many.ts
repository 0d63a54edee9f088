import { type Bench, type Group, interleave, withMemory } from "../bench-context.ts";
import { numberAt } from "../json.ts";
import { floor, type Row } from "../row.ts";
import { median } from "../statistics.ts";

const count = 10_000;
const size = 4096;
const project = "bench-many";
/** What one round takes is long, and enough to see growth. */
const mostRounds = 2;

type Side = "keifu" | "floor";
type Round = { readonly first: number; readonly growth: number };

/** 10,000 small files logged at once: time beside the client floor, and how far the server's memory grows. */
export const many: Group = {
	name: "many",
	measure: async (bench) => {
		const results = await interleave<Side, Round>(Math.min(bench.scale.rounds, mostRounds), {
			floor: (round) => throughClient(bench, "floor", round),
			keifu: (round) => throughClient(bench, "keifu", round),
		});
		const of = (side: Side, field: keyof Round) => median(results(side).map((round) => round[field]));
		const rows: Row[] = [
			{
				work: "10,000 × 4 KiB: log",
				unit: "s",
				value: of("keifu", "first"),
				beside: floor(of("floor", "first")),
				target: { of: "ratio", atMost: 1.15 },
			},
			{
				work: "10,000 × 4 KiB: memory growth",
				unit: "MB",
				value: of("keifu", "growth") / 1e6,
				beside: null,
				target: { of: "value", atMost: 64 },
			},
		];
		return rows;
	},
};

async function throughClient(bench: Bench, side: Side, round: number): Promise<Round> {
	const server = bench[side];
	const parameters = { project, name: `files-${count}x${size}`, count, size, seed: `many-${side}-${round}` };
	const { result, growth } = await withMemory(server, () => bench.client.run(server.url, "log-files", parameters));
	return { first: numberAt(result, "first"), growth };
}
