import { attachEmbedded } from "../../packages/server/src/db/open-embedded.ts";
import { fillVersions } from "../../packages/server/src/testing/fill-versions.ts";
import { type Bench, type Group, withCpu } from "../bench-context.ts";
import { logRawVersion, makeProject, rawFile, rawFileUrl } from "../raw-version.ts";
import type { Row } from "../row.ts";
import { median } from "../statistics.ts";

const project = "bench-growth";
const few = 1_000;
/** Versions logged for one figure: CPU is counted in hundredths of a second. */
const together = 100;

type Cost = { readonly log: number; readonly read: number };

/** What a version costs among a thousand others, and among very many: CPU of the server and its database. */
export const growth: Group = {
	name: "growth",
	measure: async (bench) => {
		await makeProject(bench.keifu.url, bench.entity, project);
		const like = await logOne(bench, "first");
		const database = await attachEmbedded(bench.keifuData);
		if (database === null) throw new Error("the server's database was not found");
		try {
			await fillVersions(database.db, uuidOf(like), few);
			await costOf(bench, "warm-up");
			const before = await costOf(bench, "few");
			await fillVersions(database.db, uuidOf(like), bench.scale.grownVersions - few);
			await costOf(bench, "warm-up again");
			return rows(bench.scale.grownVersions, before, await costOf(bench, "many"));
		} finally {
			await database.close();
		}
	},
};

function rows(count: number, before: Cost, after: Cost): Row[] {
	const works = [
		["log", "a version logged"],
		["read", "its file looked up"],
	] as const;
	return works.map(([field, what]) => ({
		work: `among ${count.toLocaleString("en")} versions: ${what}, server CPU`,
		unit: "CPU ms",
		value: after[field],
		beside: { what: "among 1,000", value: before[field] },
		target: { of: "ratio", atMost: 1.2 },
	}));
}

async function costOf(bench: Bench, phase: string): Promise<Cost> {
	const costs: Cost[] = [];
	for (let round = 0; round < bench.scale.rounds + 2; round++) {
		const ids: string[] = [];
		const log = await cpuEach(bench, async (index) => {
			ids.push(await logOne(bench, `${phase}-${round}-${index}`));
		});
		const read = await cpuEach(bench, (index) => rawFileUrl(bench.keifu.url, ids[index] ?? ""));
		costs.push({ log, read });
	}
	return { log: median(costs.map(({ log }) => log)), read: median(costs.map(({ read }) => read)) };
}

async function cpuEach({ keifu }: Bench, work: (index: number) => Promise<unknown>): Promise<number> {
	const { cpu } = await withCpu(keifu, async () => {
		for (let index = 0; index < together; index++) await work(index);
	});
	return (cpu * 1000) / together;
}

/** The id in the database, which stands behind the type's name in the one on the wire. */
function uuidOf(nodeId: string): string {
	return Buffer.from(nodeId, "base64").toString().split(":").at(-1) ?? "";
}

async function logOne({ keifu, entity }: Bench, seed: string): Promise<string> {
	const file = rawFile(`growth-${seed}`, 1024);
	return (await logRawVersion(keifu.url, { entity, project, collection: "grown" }, file)).artifactId;
}
