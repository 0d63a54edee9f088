import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestStores, type TestStores } from "../testing/artifact-factories.ts";
import { type Crowd, makeCrowd, scannedBy } from "../testing/query-plans.ts";
import { type HistorySearch, readHistory } from "./history-reader.ts";
import { shownTypes } from "./history-rules.ts";

let stores: TestStores;
let crowd: Crowd;

beforeAll(async () => {
	stores = await openTestStores();
	crowd = await makeCrowd(stores.services);
	await sql`insert into event_outbox (id, type, payload)
		select gen_random_uuid(), 'artifact.committed', jsonb_build_object('projectId', ${crowd.project.id}::text,
			'collectionId', collection_id, 'artifactId', id, 'versionIndex', 0) from artifact`.execute(stores.services.db);
	await sql`analyze event_outbox`.execute(stores.services.db);
});
afterAll(async () => {
	await stores?.close();
});

const search: HistorySearch = { types: shownTypes, actorKey: "ann", since: new Date(0), until: new Date() };
const page = { limit: 51, after: [15_000] } as const;

test.each([
	["a project", () => ({ projectId: crowd.project.id })],
	["a collection", () => ({ collectionId: crowd.collectionId })],
])("the history of %s is read by its index", async (_, subject) => {
	expect(await scannedBy(crowd.ctx, async ({ db }) => await readHistory(db, subject(), search, page))).toEqual([]);
});
