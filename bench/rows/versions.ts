import { type Bench, type Group, interleave, withCpu } from "../bench-context.ts";
import { millisecondsAt } from "../json.ts";
import { floor } from "../row.ts";
import { median, percentile } from "../statistics.ts";

type Round = { readonly p50: number; readonly p95: number; readonly cpu: number };

/** Versions of one small file in a row, each awaited. */
export const versions: Group = {
	name: "versions",
	measure: async (bench) => {
		const measured = await interleave<"floor" | "keifu", Round>(bench.scale.rounds, {
			floor: (round) => logInARow(bench, "floor", round),
			keifu: (round) => logInARow(bench, "keifu", round),
		});
		const [theirs, ours] = [measured("floor"), measured("keifu")];
		const of = (side: readonly Round[], field: keyof Round) => median(side.map((round) => round[field]));
		const work = `${bench.scale.versions} versions of 1 KiB in a row`;
		return [
			{
				work: `${work}, p50`,
				unit: "ms",
				value: of(ours, "p50"),
				beside: floor(of(theirs, "p50")),
				target: { of: "ratio", atMost: 1.2 },
			},
			{
				work: `${work}, p95`,
				unit: "ms",
				value: of(ours, "p95"),
				beside: floor(of(theirs, "p95")),
				target: { of: "ratio", atMost: 1.5 },
			},
			{
				work: `${work}, server CPU each`,
				unit: "CPU ms",
				value: of(ours, "cpu"),
				beside: floor(of(theirs, "cpu")),
				target: { of: "value", atMost: 6 },
			},
		];
	},
};

async function logInARow(bench: Bench, side: "floor" | "keifu", round: number): Promise<Round> {
	const server = bench[side];
	const count = bench.scale.versions;
	const parameters = { project: "bench-versions", name: "versions", count, seed: `${side}-${round}` };
	const { result, cpu } = await withCpu(server, () => bench.client.run(server.url, "log-versions", parameters));
	const each = millisecondsAt(result, "each");
	// One more than is timed, and the run's own requests, which a version pays its part of.
	return { p50: median(each), p95: percentile(each, 0.95), cpu: (cpu * 1000) / (count + 1) };
}
