import { afterAll, beforeAll, expect, test } from "vitest";
import type { Services } from "../context.ts";
import { countQueries } from "../db/count-queries.ts";
import { inTransaction } from "../db/transaction.ts";
import { updateEntity } from "../org/index.ts";
import { actorOfKey, type MadeUser, makeUser } from "../testing/factories.ts";
import { testCtx, testServices } from "../testing/test-ctx.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-db.ts";
import { deleteProject } from "./delete-project.ts";
import { ensureProject } from "./ensure-project.ts";
import { findProject } from "./find-project.ts";
import { renameProject } from "./rename-project.ts";
import { upsertProject } from "./upsert-project.ts";

// A project is remembered for a moment for each who may see it; what changes it must be seen by the very next request.
// The clock stands still here, so nothing is looked up again because of its age.

let database: TestDatabase;
let services: Services;
let ann: MadeUser;

beforeAll(async () => {
	database = await createTestDatabase();
	const now = new Date();
	services = testServices(database.db, { clock: () => now });
	ann = await makeUser(services);
});
afterAll(async () => {
	await database?.drop();
});

/** A context as each request has its own, with the actor that requests share, and the queries that it made so far. */
async function request(user: MadeUser) {
	const asked = { queries: 0 };
	const ctx = testCtx(services, await actorOfKey(services, user.apiKey));
	return { ctx: { ...ctx, db: countQueries(ctx.db, () => asked.queries++) }, asked };
}

async function queriesToFind(user: MadeUser, projectName: string, entityName = ann.user.username): Promise<number> {
	const { ctx, asked } = await request(user);
	await findProject(ctx, { entityName, projectName });
	return asked.queries;
}

async function makeOwn(projectName: string) {
	return await ensureProject((await request(ann)).ctx, { entityName: ann.user.username, projectName });
}

test("who may see a project has it read once; what is hidden is read each time, like what is not there", async () => {
	await makeOwn("seen");
	const bob = await makeUser(services);
	const read = async (user: MadeUser, name: string) => [
		await queriesToFind(user, name),
		await queriesToFind(user, name),
	];
	expect(await read(ann, "seen")).toEqual([1, 0]);
	expect(await read(bob, "seen")).toEqual([1, 1]);
	expect(await read(bob, "never made")).toEqual([1, 1]);
});

test("a change of access, another name, a name taken anew and deletion are known to the next request", async () => {
	const { ctx } = await request(ann);
	const bob = await makeUser(services);
	const { id, entityName } = await makeOwn("first");
	const find = async (user: MadeUser, projectName: string) =>
		await findProject((await request(user)).ctx, { entityName, projectName });
	const change = { id, entityName: null, name: null, description: null };

	await upsertProject(ctx, { ...change, access: "USER_READ" });
	expect(await find(bob, "first")).toMatchObject({ id, access: "USER_READ" });
	await upsertProject(ctx, { ...change, access: "PRIVATE" });
	expect(await find(bob, "first")).toBeNull();
	expect(await find(ann, "first")).toMatchObject({ access: "PRIVATE" });

	await renameProject(ctx, { entityName, from: "first", to: "second" });
	expect(await find(ann, "first")).toMatchObject({ id, name: "second" });
	const taken = await upsertProject(ctx, { ...change, id: null, entityName, name: "first", access: null });
	expect(taken.inserted).toBe(true);
	expect(await find(ann, "first")).toMatchObject({ id: taken.project.id });

	expect(await find(ann, "second")).toMatchObject({ id });
	await deleteProject(ctx, id);
	expect(await find(ann, "second")).toBeNull();
});

test("settings of the entity are known to the next request", async () => {
	const { ctx } = await request(ann);
	const own = await makeOwn("settings");
	await findProject(ctx, { entityName: own.entityName, projectName: own.name });
	await updateEntity(ctx, { entityName: own.entityName, ttlSeconds: 86_400, xxhashDigests: true });
	const found = await findProject((await request(ann)).ctx, { entityName: own.entityName, projectName: own.name });
	expect(found).toMatchObject({ defaultTtlSeconds: 86_400, takesXxh128: true });
});

test("inside a transaction nothing is remembered", async () => {
	const { id, entityName, name: projectName } = await makeOwn("in-transaction");
	const address = { entityName, projectName };
	await findProject((await request(ann)).ctx, address);
	await inTransaction((await request(ann)).ctx, async (tx) => {
		await upsertProject(tx, { id, entityName: null, name: null, description: "changed", access: null });
		expect(await findProject(tx, address)).toMatchObject({ description: "changed" });
	});
	expect(await findProject((await request(ann)).ctx, address)).toMatchObject({ description: "changed" });
});
