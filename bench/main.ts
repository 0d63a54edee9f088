// `npm run bench`: every figure beside its limit or floor, measured in the same run.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { type Bench, chooseScale, type Group } from "./bench-context.ts";
import { createClient, wandbProgram } from "./client-process.ts";
import { at, listAt, textAt } from "./json.ts";
import { graphql } from "./raw-http.ts";
import { type JudgedRow, judge } from "./row.ts";
import { app } from "./rows/app.ts";
import { crowd } from "./rows/crowd.ts";
import { entries } from "./rows/entries.ts";
import { files } from "./rows/files.ts";
import { growth } from "./rows/growth.ts";
import { large } from "./rows/large.ts";
import { least } from "./rows/least.ts";
import { lineage } from "./rows/lineage.ts";
import { link } from "./rows/link.ts";
import { many } from "./rows/many.ts";
import { mlflow } from "./rows/mlflow.ts";
import { picture } from "./rows/picture.ts";
import { alias, list } from "./rows/reads.ts";
import { requests } from "./rows/requests.ts";
import { roundTrips } from "./rows/round-trips.ts";
import { search } from "./rows/search.ts";
import { start } from "./rows/start.ts";
import { versions } from "./rows/versions.ts";
import { newFolder, startFloor, startKeifu, startLimit } from "./server-process.ts";
import { renderTable } from "./table.ts";

const groups: readonly Group[] = [
	start,
	requests,
	roundTrips,
	versions,
	files,
	many,
	entries,
	large,
	link,
	lineage,
	list,
	alias,
	search,
	crowd,
	least,
	mlflow,
	growth,
	app,
	picture,
];
const quick = (process.env.BENCH_QUICK ?? "") !== "";
const options = { python: { type: "string" }, only: { type: "string" } } as const;

async function main(): Promise<void> {
	const { values } = parseArgs({ options });
	const chosen = chooseGroups(values.only);
	const loadBefore = loadavg()[0];
	const folder = newFolder("data");
	try {
		const bench = await prepare(folder, values.python ?? "python3");
		const rows: JudgedRow[] = [];
		try {
			for (const group of chosen) rows.push(...(await measure(group, bench)));
		} finally {
			await Promise.all([bench.keifu.stop(), bench.floor.stop(), bench.limit.stop()]);
		}
		process.stdout.write(`${renderTable(rows)}\n`);
		if (values.only === undefined) save(rows, loadBefore);
	} finally {
		rmSync(dirname(folder), { recursive: true, force: true });
	}
}

function chooseGroups(only: string | undefined): readonly Group[] {
	if (only === undefined) return groups;
	const names = only.split(",");
	const unknown = names.filter((name) => !groups.some((group) => group.name === name));
	if (unknown.length === 0) return groups.filter(({ name }) => names.includes(name));
	throw new Error(`--only takes some of ${groups.map(({ name }) => name).join(",")}, not ${unknown.join(",")}`);
}

async function prepare(folder: string, python: string): Promise<Bench> {
	const keifu = await startKeifu(folder);
	const reply = await graphql(keifu.url, "query { viewer { entity } serverInfo { features { name isEnabled } } }");
	const enabled = listAt(reply, "serverInfo", "features").filter((feature) => at(feature, "isEnabled") === true);
	const features = enabled.map((feature) => textAt(feature, "name"));
	return {
		scale: chooseScale(quick),
		client: createClient(wandbProgram(python)),
		keifu,
		keifuData: folder,
		floor: await startFloor(features),
		limit: await startLimit(newFolder("limit")),
		entity: textAt(reply, "viewer", "entity"),
		features,
	};
}

/** A group that fails is a row that says why; the others go on. */
async function measure(group: Group, bench: Bench): Promise<JudgedRow[]> {
	process.stderr.write(`${group.name}…\n`);
	try {
		return (await group.measure(bench)).map(judge);
	} catch (error) {
		const whole = error instanceof Error ? error.message : String(error);
		process.stderr.write(`${whole}\n`);
		const note = whole.trim().split("\n").at(-1)?.slice(0, 200) ?? "";
		return [judge({ work: group.name, unit: "errors", value: null, beside: null, target: null, note })];
	}
}

/** What the figures were measured on, without saying whose machine it is. */
function save(rows: readonly JudgedRow[], loadBefore: number | undefined): void {
	const [cpu] = cpus();
	const machine = {
		cpu: cpu?.model ?? "unknown",
		cores: cpus().length,
		memoryGiB: Math.round(totalmem() / 2 ** 30),
		kernel: release(),
		node: process.versions.node,
		client: "wandb 0.31.0",
		loadBefore,
		loadAfter: loadavg()[0],
	};
	const date = new Date().toISOString();
	const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: import.meta.dirname, encoding: "utf8" });
	const results = join(import.meta.dirname, "results");
	mkdirSync(results, { recursive: true });
	const path = join(results, `${date.slice(0, 10)}${quick ? "-quick" : ""}.json`);
	writeFileSync(path, `${JSON.stringify({ date, commit: commit.trim(), quick, machine, rows }, null, "\t")}\n`);
	process.stderr.write(`kept in bench/results/${path.slice(results.length + 1)}\n`);
}

await main();
