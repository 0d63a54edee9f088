import { createSecretKey, randomInt } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { type Actor, system } from "../access/actor.ts";
import { createActorCache } from "../access/actor-cache.ts";
import { createGraphShelf } from "../adjacency/graph-shelf.ts";
import type { BlobStore } from "../blob-store/blob-store.ts";
import { loadConfig } from "../config.ts";
import type { Ctx, Services } from "../context.ts";
import type { Database } from "../db/database.ts";
import { noGuards } from "../guards.ts";
import { createLog } from "../observe/log.ts";

const tokenAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

/** The address that test contexts hand out URLs under. */
export const testBaseUrl = "http://keifu.test";

function refuse(): never {
	throw new Error(
		"this test needs bytes: give testServices a blob store, for example openFsStore in a temporary folder",
	);
}

const noBlobs: BlobStore = {
	put: async () => refuse(),
	putPart: async () => refuse(),
	joinParts: async () => refuse(),
	dropParts: async () => refuse(),
	get: async () => refuse(),
	read: async () => refuse(),
	head: async () => refuse(),
	remove: async () => refuse(),
	freeBytes: async () => refuse(),
	sweepUnfinished: async () => refuse(),
	close: async () => {},
};

/** Services over a test database: no guards, no blob store, chosen API keys allowed. Anything can be overridden. */
export function testServices(db: Database, overrides: Partial<Services> = {}): Services {
	return {
		config: loadConfig({ KEIFU_CHOSEN_API_KEYS: "true", KEIFU_LOG_LEVEL: "silent" }),
		db,
		blobs: noBlobs,
		log: createLog("silent"),
		guards: noGuards,
		secret: createSecretKey(new Uint8Array(32).fill(7)),
		clock: () => new Date(),
		ids: {
			uuid: () => uuidv7(),
			token: (length) => Array.from({ length }, () => tokenAlphabet[randomInt(tokenAlphabet.length)]).join(""),
		},
		actors: createActorCache(),
		graphs: createGraphShelf(512 * 1024 * 1024),
		...overrides,
	};
}

/** The context of one request by `actor`; default: the server itself, who may do everything. */
export function testCtx(services: Services, actor: Actor = system): Ctx {
	return {
		...services,
		actor,
		baseUrl: testBaseUrl,
		signal: new AbortController().signal,
		requestId: "test",
	};
}
