import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { z } from "zod";
import { createApp, guards } from "../app.ts";
import { openFsStore } from "../blob-store/fs-store.ts";
import { createPackIndex } from "../blob-store/pack-index-store.ts";
import { loadConfig } from "../config.ts";
import type { Services } from "../context.ts";
import { openPool } from "../db/pool.ts";
import { createMetrics } from "../observe/metrics.ts";
import { makeWorkplace } from "./artifact-factories.ts";
import type { MadeUser } from "./factories.ts";
import { testServices } from "./test-ctx.ts";
import { createTestDatabase } from "./test-db.ts";

const answerShape = z.object({
	// What is asked for is in the question: tests compare it as a whole, or reach into it.
	data: z.any().default(null),
	errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).optional() })).default([]),
});

export type GraphqlAnswer = z.infer<typeof answerShape> & { readonly status: number };

/** The whole app, listening on a free port, over a database and a blob store of its own. */
export type TestApp = {
	readonly services: Services;
	readonly baseUrl: string;
	/** A request with the user's API key; nobody's when null. Takes a path, or an address the server handed out. */
	send(user: MadeUser | null, address: string, init?: RequestInit): Promise<Response>;
	gql(user: MadeUser | null, query: string, variables?: Record<string, unknown>): Promise<GraphqlAnswer>;
	/**
	 * The names of the queries that some work runs with nothing remembered, sorted, but those of authentication. Nothing
	 * else may run meanwhile.
	 */
	queriesOf(work: () => Promise<unknown>): Promise<string[]>;
	close(): Promise<void>;
};

const authentication: ReadonlySet<string> = new Set([
	"identity.readCredentialOwner",
	"identity.readKeyOwners",
	"identity.readSessionOwner",
	"identity.touchApiKey",
]);

export async function startTestApp(settings: Record<string, string> = {}): Promise<TestApp> {
	const database = await createTestDatabase();
	const root = await mkdtemp(join(tmpdir(), "keifu-app-"));
	let queries: string[] = [];
	const db = openPool({ connectionString: database.url, max: 8 }, { onQuery: (name) => queries.push(name) });
	const services = testServices(db, {
		config: loadConfig({
			KEIFU_HOST: "127.0.0.1",
			KEIFU_PORT: "0",
			KEIFU_CHOSEN_API_KEYS: "true",
			KEIFU_LOG_LEVEL: "silent",
			...settings,
		}),
		blobs: await openFsStore({ root, minFreeBytes: 0, packIndex: createPackIndex(db) }),
		guards,
	});
	const server = await createApp({ services, metrics: createMetrics(), ready: () => true });
	const baseUrl = await server.listen();
	const send: TestApp["send"] = async (user, address, init = {}) => {
		const headers = new Headers(init.headers);
		if (user !== null) headers.set("authorization", `Basic ${Buffer.from(`api:${user.apiKey}`).toString("base64")}`);
		return await fetch(new URL(address, baseUrl), { redirect: "manual", ...init, headers });
	};
	return {
		services,
		baseUrl,
		send,
		gql: async (user, query, variables = {}) => {
			const headers = { "content-type": "application/json" };
			const body = JSON.stringify({ query, variables });
			const response = await send(user, "/graphql", { method: "POST", headers, body });
			return { ...answerShape.parse(await response.json()), status: response.status };
		},
		queriesOf: async (work) => {
			services.actors.forgetAll();
			queries = [];
			await work();
			// Who asks is looked up now and then, whatever the work. Queries sent side by side end in any order.
			return queries.filter((name) => !authentication.has(name)).toSorted();
		},
		close: async () => {
			await server.drain();
			await services.blobs.close();
			await db.destroy();
			await services.blobs.close();
			await database.drop();
			await rm(root, { recursive: true, force: true });
		},
	};
}

/** The app with a workplace in it, for all tests of the file that asks while it is read; closed after the last. */
export async function startWorkplace(settings?: Record<string, string>) {
	const app = await startTestApp(settings);
	afterAll(async () => await app.close());
	return { app, at: await makeWorkplace(app.services) };
}
