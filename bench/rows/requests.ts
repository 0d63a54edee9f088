import { type Bench, type Group, interleave } from "../bench-context.ts";
import { graphql, heartbeat, send } from "../raw-http.ts";
import { logRawVersion, rawFile, rawFileUrl } from "../raw-version.ts";
import { floor } from "../row.ts";
import { median } from "../statistics.ts";

const count = 1000;
const project = "bench-requests";
const upsertRun = `mutation UpsertBucket($name: String, $project: String) {
	upsertBucket(input: { name: $name, modelName: $project }) { bucket { id } }
}`;

/** A thousand small requests of four kinds over one connection, and those that waited for a delayed ACK. */
export const requests: Group = {
	name: "requests",
	measure: async (bench) => {
		const kinds = { floor: await kindsOf(bench, "floor"), keifu: await kindsOf(bench, "keifu") };
		const results = await interleave<"floor" | "keifu", number[]>(bench.scale.rounds, {
			floor: () => timeAll(kinds.floor),
			keifu: () => timeAll(kinds.keifu),
		});
		// A busy machine puts some there too: what it puts there of the floor's requests is told beside.
		const inBand = (side: "floor" | "keifu") =>
			median(results(side).map((times) => times.filter((ms) => ms >= 35 && ms <= 50).length));
		return [
			{
				work: "any small request, p50",
				unit: "ms",
				value: median(results("keifu").map(median)),
				beside: floor(median(results("floor").map(median))),
				target: { of: "value", atMost: 2 },
			},
			{
				work: "small requests of 1,000 in the 35–50 ms band",
				unit: "requests",
				value: inBand("keifu"),
				beside: floor(inBand("floor")),
				target: { of: "value", atMost: 0 },
			},
		];
	},
};

type Kind = () => Promise<unknown>;

async function kindsOf(bench: Bench, side: "floor" | "keifu"): Promise<Kind[]> {
	const { url } = bench[side];
	const run = { entity: side === "keifu" ? bench.entity : "floor-team", project, name: "bench-run" };
	await graphql(url, upsertRun, run);
	return [
		() => graphql(url, "query Viewer { viewer { id entity username } }"),
		() => graphql(url, "query ServerFeaturesQuery { serverInfo { features { name isEnabled } } }"),
		() => heartbeat(url, run),
		await smallGet(bench, side),
	];
}

async function smallGet({ keifu, floor, entity }: Bench, side: "floor" | "keifu"): Promise<Kind> {
	if (side === "floor") return () => send(`${floor.url}/get/1024/f00000.bin`);
	const target = { entity, project, collection: "small" };
	const { artifactId } = await logRawVersion(keifu.url, target, rawFile("small", 1024));
	const address = await rawFileUrl(keifu.url, artifactId);
	return () => send(address);
}

async function timeAll(kinds: readonly Kind[]): Promise<number[]> {
	for (const kind of kinds) for (let warm = 0; warm < 10; warm++) await kind();
	const times: number[] = [];
	for (let index = 0; times.length < count; index++) {
		const kind = kinds[index % kinds.length];
		if (kind === undefined) break;
		const begin = performance.now();
		await kind();
		times.push(performance.now() - begin);
	}
	return times;
}
