import type { Group } from "../bench-context.ts";
import { type Recorded, startRecordingProxy } from "../recording-proxy.ts";
import type { Row } from "../row.ts";

const versions = 10;

/** Database queries that one logged version causes, in all and by the client's request. */
export const roundTrips: Group = {
	name: "round-trips",
	measure: async ({ client, keifu }) => {
		const proxy = await startRecordingProxy(keifu.url);
		try {
			const parameters = { project: "bench-trips", name: "trips", count: versions, seed: "trips" };
			await client.run(proxy.url, "log-versions", parameters);
			return toRows(proxy.recorded);
		} finally {
			proxy.close();
		}
	},
};

function toRows(recorded: readonly Recorded[]): Row[] {
	// Between the ends of the first version and of the last there is nothing but versions.
	const ends = recorded.flatMap(({ what }, at) => (what === "ArtifactByID" ? [at] : []));
	const window = recorded.slice((ends[0] ?? 0) + 1, (ends.at(-1) ?? 0) + 1);
	const perVersion = [...Map.groupBy(window, ({ what }) => what)].filter(([, calls]) => calls.length >= versions);
	const rows = perVersion.map(([what, calls]): Row => {
		const note = [...queryCounts(calls)].map(([name, count]) => `${name} ${count / versions}`).join(", ");
		return { work: `– ${what}`, unit: "queries", value: total(calls) / versions, beside: null, target: null, note };
	});
	const all = rows.reduce((sum, row) => sum + (row.value ?? 0), 0);
	return [{ work: "round trips per version", unit: "queries", value: all, beside: null, target: null }, ...rows];
}

function total(calls: readonly Recorded[]): number {
	return [...queryCounts(calls).values()].reduce((sum, count) => sum + count, 0);
}

function queryCounts(calls: readonly Recorded[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { queries } of calls) {
		for (const [name, count] of Object.entries(queries)) counts.set(name, (counts.get(name) ?? 0) + count);
	}
	return counts;
}
