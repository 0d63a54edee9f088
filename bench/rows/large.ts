import { type Bench, type Group, interleave, withCpu, withMemory } from "../bench-context.ts";
import { numberAt } from "../json.ts";
import { send } from "../raw-http.ts";
import { logRawVersion, makeProject, rawFile, rawFileUrl } from "../raw-version.ts";
import { floor, limit, type Row } from "../row.ts";
import { median } from "../statistics.ts";

const project = "bench-large";
/** What each round brings stays on the disk until the end. */
const mostRounds = 3;

type Side = "keifu" | "limit" | "client" | "floor";
type Round = { readonly up: number; readonly down: number; readonly growth: number; readonly cpu: number };

/** One large file up and down: sent by us beside the limit, and by the client beside the floor. */
export const large: Group = {
	name: "large",
	measure: async (bench) => {
		await makeProject(bench.keifu.url, bench.entity, project);
		const results = await interleave<Side, Round>(Math.min(bench.scale.rounds, mostRounds), {
			limit: (round) => rawAgainstLimit(bench, round),
			keifu: (round) => rawAgainstKeifu(bench, round),
			floor: (round) => throughClient(bench, "floor", round),
			client: (round) => throughClient(bench, "keifu", round),
		});
		const of = (side: Side, field: keyof Round) => median(results(side).map((round) => round[field]));
		const size = `${bench.scale.largeBytes / (1 << 20)} MiB`;
		const fields = [
			["up", "up"],
			["down", "down"],
		] as const;
		return [
			...fields.map(
				([field, what]): Row => ({
					work: `${size} ${what}, bare HTTP`,
					unit: "s",
					value: of("keifu", field),
					beside: limit(of("limit", field)),
					target: { of: "ratio", atMost: 1.15 },
				}),
			),
			...fields.map(
				([field, what]): Row => ({
					work: `${size} ${what}, client`,
					unit: "s",
					value: of("client", field),
					beside: floor(of("floor", field)),
					target: null,
				}),
			),
			{
				work: `${size} up and down, bare HTTP: server CPU`,
				unit: "CPU s",
				value: of("keifu", "cpu"),
				beside: limit(of("limit", "cpu")),
				target: null,
			},
			{
				work: `${size} up and down, client: memory growth`,
				unit: "MB",
				value: of("client", "growth") / 1e6,
				beside: null,
				target: { of: "value", atMost: 64 },
			},
		];
	},
};

async function rawAgainstKeifu(bench: Bench, round: number): Promise<Round> {
	const { keifu, entity, scale } = bench;
	const file = rawFile(`raw-${round}`, scale.largeBytes);
	const { result, cpu } = await withCpu(keifu, async () => {
		const { artifactId, seconds } = await logRawVersion(keifu.url, { entity, project, collection: "raw" }, file);
		return { up: seconds, down: await timedGet(await rawFileUrl(keifu.url, artifactId)) };
	});
	return { ...result, growth: 0, cpu };
}

async function rawAgainstLimit(bench: Bench, round: number): Promise<Round> {
	const { limit, scale } = bench;
	const file = rawFile(`raw-${round}`, scale.largeBytes);
	const { result, cpu } = await withCpu(limit, async () => {
		const headers = { "content-md5": file.md5, "content-length": String(file.size) };
		const begin = performance.now();
		const reply = await send(`${limit.url}/put`, { method: "PUT", headers, body: file.chunks() });
		const up = (performance.now() - begin) / 1000;
		return { up, down: await timedGet(`${limit.url}${reply.headers.location}`) };
	});
	return { ...result, growth: 0, cpu };
}

async function timedGet(url: string): Promise<number> {
	const begin = performance.now();
	await send(url, { discard: true });
	return (performance.now() - begin) / 1000;
}

async function throughClient(bench: Bench, side: "floor" | "keifu", round: number): Promise<Round> {
	const server = bench[side];
	const size = bench.scale.largeBytes;
	const name = `large-1x${size}`;
	const path = `${side === "keifu" ? bench.entity : "floor-team"}/${project}/${name}:latest`;
	const { result, growth } = await withMemory(server, async () => ({
		up: await bench.client.run(server.url, "log-large", { project, name, size, seed: `${side}-${round}` }),
		down: await bench.client.run(server.url, "download", { path, files: 1 }),
	}));
	return { up: numberAt(result.up, "up"), down: numberAt(result.down, "down"), growth, cpu: 0 };
}
