import { type Bench, type Group, interleave, withCpu, withMemory } from "../bench-context.ts";
import { numberAt } from "../json.ts";
import { floor } from "../row.ts";
import { median } from "../statistics.ts";

const project = "bench-entries";
/** What one round takes is long, and enough to see growth. */
const mostRounds = 2;

type Side = "keifu" | "floor";
type Round = { readonly seconds: number; readonly cpu: number; readonly growth: number };

/** A version of very many references: what a manifest costs, without the bytes of files. */
export const entries: Group = {
	name: "entries",
	measure: async (bench) => {
		const results = await interleave<Side, Round>(Math.min(bench.scale.rounds, mostRounds), {
			floor: (round) => throughClient(bench, "floor", round),
			keifu: (round) => throughClient(bench, "keifu", round),
		});
		const of = (side: Side, field: keyof Round) => median(results(side).map((round) => round[field]));
		const work = `${bench.scale.entries.toLocaleString("en")} entries in one manifest`;
		return [
			{
				work: `${work}: log`,
				unit: "s",
				value: of("keifu", "seconds"),
				beside: floor(of("floor", "seconds")),
				target: { of: "value", atMost: 60 },
			},
			{ work: `${work}: server CPU`, unit: "CPU s", value: of("keifu", "cpu"), beside: null, target: null },
			{
				work: `${work}: memory growth`,
				unit: "MB",
				value: of("keifu", "growth") / 1e6,
				beside: null,
				target: { of: "value", atMost: 64 },
			},
		];
	},
};

async function throughClient(bench: Bench, side: Side, round: number): Promise<Round> {
	const server = bench[side];
	const parameters = { project, name: "entries", count: bench.scale.entries, seed: `${side}-${round}` };
	const { result, growth } = await withMemory(server, () =>
		withCpu(server, () => bench.client.run(server.url, "log-entries", parameters)),
	);
	return { seconds: numberAt(result.result, "seconds"), cpu: result.cpu, growth };
}
