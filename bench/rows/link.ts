import { type Bench, type Group, interleave } from "../bench-context.ts";
import { millisecondsAt } from "../json.ts";
import { floor } from "../row.ts";
import { median, percentile } from "../statistics.ts";

/** A version logged, awaited, and linked into a registry. */
export const link: Group = {
	name: "link",
	measure: async (bench) => {
		const measured = await interleave<"floor" | "keifu", number[]>(bench.scale.rounds, {
			floor: (round) => createAndLink(bench, "floor", round),
			keifu: (round) => createAndLink(bench, "keifu", round),
		});
		const [theirs, ours] = [measured("floor"), measured("keifu")];
		const p95 = (rounds: readonly (readonly number[])[]) => median(rounds.map((each) => percentile(each, 0.95)));
		return [
			{
				work: "create and link, p50",
				unit: "ms",
				value: median(ours.map(median)),
				beside: floor(median(theirs.map(median))),
				target: { of: "ratio", atMost: 1.2 },
			},
			{ work: "create and link, p95", unit: "ms", value: p95(ours), beside: floor(p95(theirs)), target: null },
		];
	},
};

async function createAndLink(bench: Bench, side: "floor" | "keifu", round: number): Promise<number[]> {
	const parameters = { project: "bench-link", name: "linked", count: bench.scale.links, seed: `${side}-${round}` };
	const result = await bench.client.run(bench[side].url, "create-and-link", parameters);
	return millisecondsAt(result, "each");
}
