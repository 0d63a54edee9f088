import { type Bench, type Group, interleave } from "../bench-context.ts";
import type { Client } from "../client-process.ts";
import { at, millisecondsAt, numberAt } from "../json.ts";
import { installMlflow, mlflowClient, startMlflow } from "../peers/mlflow.ts";
import type { Row } from "../row.ts";
import { median } from "../statistics.ts";

const count = 2000;
const size = 4096;
const project = "bench-mlflow";

type Round = { readonly first: number; readonly changed: number; readonly down: number; readonly version: number };

/** The same work by the same hand on MLflow: files logged, logged again, downloaded, and versions in a row. */
export const mlflow: Group = {
	name: "mlflow",
	measure: async (bench) => {
		try {
			await installMlflow();
		} catch (error) {
			const note = `MLflow could not be installed: ${error instanceof Error ? error.message : String(error)}`;
			return [{ work: "beside MLflow", unit: "s", value: null, beside: null, target: null, note: note.slice(0, 200) }];
		}
		const server = await startMlflow();
		try {
			const client = mlflowClient();
			const measured = await interleave<"keifu" | "mlflow", Round>(Math.min(bench.scale.rounds, 3), {
				keifu: (round) => throughKeifu(bench, round),
				mlflow: (round) => throughMlflow({ client, url: server.url, versions: bench.scale.versions }, round),
			});
			return rows(bench.scale.versions, (side, field) => median(measured(side).map((round) => round[field])));
		} finally {
			await server.stop();
		}
	},
};

function rows(versions: number, of: (side: "keifu" | "mlflow", field: keyof Round) => number): Row[] {
	const works = [
		["first", "2,000 × 4 KiB: log", "s", 0.75],
		["changed", "2,000 × 4 KiB: log again, 1 % changed", "s", 0.45],
		["down", "2,000 × 4 KiB: download", "s", 0.3],
		["version", `${versions} versions of 1 KiB in a row, p50`, "ms", 0.3],
	] as const;
	return works.map(([field, work, unit, atMost]) => ({
		work: `beside MLflow: ${work}`,
		unit,
		value: of("keifu", field),
		beside: { what: "MLflow", value: of("mlflow", field) },
		target: { of: "ratio", atMost },
	}));
}

async function throughKeifu({ client, keifu, entity, scale }: Bench, round: number): Promise<Round> {
	const name = `files-${round}`;
	const seed = `mlflow-row-${round}`;
	const up = await client.run(keifu.url, "log-files", { project, name, count, size, seed });
	const down = await client.run(keifu.url, "download", { path: `${entity}/${project}/${name}:latest`, files: count });
	const parameters = { project, name: "versions", count: scale.versions, seed };
	return figures(up, down, await client.run(keifu.url, "log-versions", parameters));
}

type Peer = { readonly client: Client; readonly url: string; readonly versions: number };

async function throughMlflow({ client, url, versions }: Peer, round: number): Promise<Round> {
	const seed = `mlflow-row-${round}`;
	const up = await client.run(url, "log-files", { count, size, seed });
	const down = await client.run(url, "download", { run: at(up, "run"), files: count });
	return figures(up, down, await client.run(url, "log-versions", { name: `versions-${round}`, count: versions, seed }));
}

function figures(up: unknown, down: unknown, versions: unknown): Round {
	const each = millisecondsAt(versions, "each");
	return {
		first: numberAt(up, "first"),
		changed: numberAt(up, "changed"),
		down: numberAt(down, "down"),
		version: median(each),
	};
}
