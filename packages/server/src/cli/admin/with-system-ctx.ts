import { createSecretKey } from "node:crypto";
import { createActorCache } from "../../access/actor-cache.ts";
import { createGraphShelf } from "../../adjacency/graph-shelf.ts";
import { guards, machineIds, makeSystemCtx } from "../../app.ts";
import type { BlobStore } from "../../blob-store/blob-store.ts";
import { type Config, type Flags, loadConfig, readEnvironment } from "../../config.ts";
import type { Ctx } from "../../context.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { migrate } from "../../db/migrate.ts";
import { attachEmbedded, openEmbedded } from "../../db/open-embedded.ts";
import { openExternal } from "../../db/open-external.ts";
import { DomainError, SetupError } from "../../errors.ts";
import { hasUsers } from "../../identity/index.ts";
import { createLog } from "../../observe/log.ts";
import { loadSecret } from "./installation-secret.ts";

const note = (step: string) => void process.stderr.write(`${step}\n`);

/**
 * Does something as the server itself: beside a server that runs on the same data folder or database, or with the embedded
 * database started for the moment. A running server sees what changed within a second. A refusal becomes one line.
 */
export async function withSystemCtx<T>(work: (ctx: Ctx) => Promise<T>, flags: Flags = {}): Promise<T> {
	const config = loadConfig(readEnvironment(), flags);
	const { database, isAttached } = await openDatabase(config);
	try {
		// A server that runs has brought its database to its own release.
		if (!isAttached) await migrate(database.db, { say: note });
		if (!(await hasUsers(database.db))) {
			throw new SetupError(
				"there are no users yet: start the server once, with keifu serve, which makes the first one",
			);
		}
		const services = {
			config,
			db: database.db,
			blobs: noBlobs,
			log: createLog(config.logLevel),
			guards,
			secret: createSecretKey(await loadSecret(config.dataDir)),
			clock: () => new Date(),
			ids: machineIds,
			actors: createActorCache(),
			graphs: createGraphShelf(0),
		};
		return await work(makeSystemCtx(services, new AbortController().signal));
	} catch (error) {
		if (error instanceof DomainError) throw new SetupError(error.message, { cause: error });
		throw error;
	} finally {
		await database.close();
	}
}

async function openDatabase(config: Config): Promise<{ database: OpenDatabase; isAttached: boolean }> {
	if (config.databaseUrl !== undefined) return { database: await openExternal(config.databaseUrl), isAttached: false };
	const attached = await attachEmbedded(config.dataDir);
	if (attached !== null) return { database: attached, isAttached: true };
	const log = createLog(config.logLevel);
	return { database: await openEmbedded({ dataDir: config.dataDir, say: note, log }), isAttached: false };
}

function refuse(): never {
	throw new Error("this command opens no blob store");
}

const noBlobs: BlobStore = {
	put: refuse,
	putPart: refuse,
	joinParts: refuse,
	dropParts: refuse,
	get: refuse,
	read: refuse,
	head: refuse,
	remove: refuse,
	freeBytes: refuse,
	sweepUnfinished: refuse,
	close: async () => {},
};
