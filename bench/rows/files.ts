import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Bench, type Group, interleave, withCpu } from "../bench-context.ts";
import { numberAt } from "../json.ts";
import { inParallel, send } from "../raw-http.ts";
import { rawFile } from "../raw-version.ts";
import { floor, limit, type Row } from "../row.ts";
import { median } from "../statistics.ts";

const count = 2000;
const size = 4096;
const project = "bench-files";
/** As many as the client sends at once. */
const callers = 16;

type Round = {
	readonly first: number;
	readonly changed: number;
	readonly down: number;
	readonly upCpu: number;
	readonly downCpu: number;
};

/** 2,000 small files: logged, logged again with one in a hundred changed, downloaded into an empty folder. */
export const files: Group = {
	name: "files",
	measure: async (bench) => {
		const stored: number[] = [];
		const results = await interleave<Side, Round>(bench.scale.rounds, {
			floor: (round) => throughClient(bench, "floor", round),
			keifu: async (round) => {
				const before = folderBytes(bench);
				const result = await throughClient(bench, "keifu", round);
				// Both versions bring a manifest of the same size.
				const manifests = folderBytes(bench) - before - (count + count / 100) * size;
				stored.push((count / 100) * size + manifests / 2);
				return result;
			},
			limit: (round) => againstLimit(bench, round),
		});
		const of: Of = (side, field) => median(results(side).map((round) => round[field]));
		return [...timeRows(of), ...cpuRows(of), storedRow(stored)];
	},
};

type Side = "floor" | "keifu" | "limit";
type Of = (side: Side, field: keyof Round) => number;

function timeRows(of: Of): Row[] {
	const fields = [
		["first", "log"],
		["changed", "log again, 1 % changed"],
		["down", "download"],
	] as const;
	return fields.map(([field, what]) => ({
		work: `2,000 × 4 KiB: ${what}`,
		unit: "s",
		value: of("keifu", field),
		beside: floor(of("floor", field)),
		target: { of: "ratio", atMost: 1.1 },
	}));
}

function cpuRows(of: Of): Row[] {
	const fields = [
		["upCpu", "both logs"],
		["downCpu", "download"],
	] as const;
	return fields.map(([field, what]) => ({
		work: `2,000 × 4 KiB: server CPU, ${what}`,
		unit: "CPU s",
		value: of("keifu", field),
		beside: limit(of("limit", field)),
		target: { of: "ratio", atMost: 1.6 },
	}));
}

function storedRow(stored: readonly number[]): Row {
	return {
		work: "2,000 × 4 KiB: stored for the changed version",
		unit: "MB",
		value: median(stored) / 1e6,
		beside: null,
		target: { of: "value", atMost: 0.35 },
	};
}

async function throughClient(bench: Bench, side: "floor" | "keifu", round: number): Promise<Round> {
	const server = bench[side];
	const name = `files-${count}x${size}`;
	const up = await withCpu(server, () =>
		bench.client.run(server.url, "log-files", { project, name, count, size, seed: `${side}-${round}` }),
	);
	const path = `${side === "keifu" ? bench.entity : "floor-team"}/${project}/${name}:latest`;
	const down = await withCpu(server, () => bench.client.run(server.url, "download", { path, files: count }));
	return {
		first: numberAt(up.result, "first"),
		changed: numberAt(up.result, "changed"),
		down: numberAt(down.result, "down"),
		upCpu: up.cpu,
		downCpu: down.cpu,
	};
}

/** The same bytes, put and got by us: what storing them takes of a server that does nothing else. */
async function againstLimit({ limit }: Bench, round: number): Promise<Round> {
	const bodies = Array.from({ length: count + count / 100 }, (_, index) => rawFile(`limit-${round}-${index}`, size));
	const places: string[] = [];
	const timed = async (work: () => Promise<void>) => {
		const begin = performance.now();
		const { cpu } = await withCpu(limit, work);
		return { cpu, seconds: (performance.now() - begin) / 1000 };
	};
	const up = await timed(() =>
		inParallel(bodies, callers, async ({ md5, chunks }) => {
			const body = Buffer.concat([...chunks()]);
			const headers = { "content-md5": md5, "content-length": String(size) };
			const reply = await send(`${limit.url}/put`, { method: "PUT", headers, body });
			places.push(String(reply.headers.location));
		}),
	);
	const wanted = places.slice(0, count);
	const down = await timed(() => inParallel(wanted, callers, (place) => send(`${limit.url}${place}`)));
	return { first: up.seconds, changed: 0, down: down.seconds, upCpu: up.cpu, downCpu: down.cpu };
}

/** What the blobs take, as the sum of their lengths. */
function folderBytes({ keifuData }: Bench): number {
	const folder = join(keifuData, "blobs");
	let bytes = 0;
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size;
	}
	return bytes;
}
