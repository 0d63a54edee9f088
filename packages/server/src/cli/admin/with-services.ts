import { createSecretKey } from "node:crypto";
import { createActorCache } from "../../access/actor-cache.ts";
import { guards, machineIds, makeSystemCtx } from "../../app.ts";
import { openFsStore } from "../../blob-store/fs-store.ts";
import { type Config, type Flags, loadConfig, readEnvironment } from "../../config.ts";
import type { Ctx } from "../../context.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { migrate } from "../../db/migrate.ts";
import { attachEmbedded, openEmbedded } from "../../db/open-embedded.ts";
import { openExternal } from "../../db/open-external.ts";
import { createLog } from "../../observe/log.ts";
import { loadSecret } from "./installation-secret.ts";

const say = (step: string) => void process.stderr.write(`${step}\n`);

/** Runs a command as the server itself, on the database of the settings: beside the server that has it open, or alone. */
export async function withServices<T>(flags: Flags, work: (ctx: Ctx) => Promise<T>): Promise<T> {
	const config = loadConfig(readEnvironment(), flags);
	const log = createLog(config.logLevel);
	const database = await openDatabase(config);
	try {
		await migrate(database.db, { say });
		const services = {
			config,
			db: database.db,
			blobs: await openFsStore({ root: config.storageDir, minFreeBytes: config.minFreeBytes }),
			log,
			guards,
			secret: createSecretKey(await loadSecret(config.dataDir)),
			clock: () => new Date(),
			ids: machineIds,
			actors: createActorCache(),
		};
		return await work(makeSystemCtx(services, new AbortController().signal));
	} finally {
		await database.close();
	}
}

async function openDatabase(config: Config): Promise<OpenDatabase> {
	if (config.databaseUrl !== undefined) return await openExternal(config.databaseUrl, {});
	const { dataDir, logLevel } = config;
	return (await attachEmbedded(dataDir)) ?? (await openEmbedded({ dataDir, say, log: createLog(logLevel) }));
}
