import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "../context.ts";
import { openTestStores, type TestStores } from "../testing/artifact-factories.ts";
import { type Crowd, makeCrowd, scannedBy } from "../testing/query-plans.ts";
import { pageArtifactsOfRun, pageRunsOfArtifact } from "./lineage-reader.ts";

let stores: TestStores;
let crowd: Crowd;

beforeAll(async () => {
	stores = await openTestStores();
	crowd = await makeCrowd(stores.services);
});
afterAll(async () => {
	await stores?.close();
});

const first = { limit: 51, after: null };
const reads: ReadonlyArray<[string, (ctx: Ctx) => Promise<unknown>]> = [
	[
		"the runs of a version",
		(ctx) => pageRunsOfArtifact(ctx, { artifactId: crowd.artifactId, direction: "USED" }, first),
	],
	["the versions of a run", (ctx) => pageArtifactsOfRun(ctx, { runId: crowd.runId, direction: "USED" }, first)],
];

test.each(reads)("%s: no table is read from end to end", async (_what, read) => {
	const large = ["artifact", "artifact_member", "artifact_alias", "manifest_entry", "run_artifact"];
	expect((await scannedBy(crowd.ctx, read)).filter((table) => large.includes(table))).toEqual([]);
});
