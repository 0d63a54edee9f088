import { createSecretKey } from "node:crypto";
import { createActorCache } from "../../access/actor-cache.ts";
import { createGraphShelf } from "../../adjacency/graph-shelf.ts";
import { createApp, guards, machineIds, makeSystemCtx } from "../../app.ts";
import { openFsStore } from "../../blob-store/fs-store.ts";
import { createPackIndex } from "../../blob-store/pack-index-store.ts";
import { type Config, type Flags, loadConfig, readEnvironment } from "../../config.ts";
import type { Services } from "../../context.ts";
import { lockDataFolder } from "../../db/data-folder-lock.ts";
import type { DatabaseHooks, OpenDatabase } from "../../db/database.ts";
import { migrate } from "../../db/migrate.ts";
import { openEmbedded } from "../../db/open-embedded.ts";
import { openExternal } from "../../db/open-external.ts";
import { SetupError } from "../../errors.ts";
import type { HttpServer } from "../../http/server.ts";
import { createLog, type Log } from "../../observe/log.ts";
import { createMetrics, type Metrics } from "../../observe/metrics.ts";
import { ensureFirstUser } from "../../org/index.ts";
import { loadSecret, makeDataFolder } from "./installation-secret.ts";
import { ignoredFirstSettings, welcome } from "./welcome.ts";

const say = (step: string) => void process.stdout.write(`${step}\n`);

/** `keifu serve`: opens everything, says where it listens, and on SIGTERM or SIGINT closes everything and ends. */
export async function serve(flags: Flags): Promise<void> {
	const config = loadConfig(readEnvironment(), flags);
	for (const warning of config.warnings) say(`note: ${warning}`);
	const log = createLog(config.logLevel);
	const metrics = createMetrics();
	const stop = awaitStopSignal();
	const database = await openDatabase(config, log, metrics);
	try {
		const server = await startServing({ config, log, metrics, database, stopped: stop.signal });
		await stop.asked;
		say("stopping: finishing what is under way…");
		await server.drain();
	} finally {
		await database.close();
	}
	process.exit(0);
}

type Parts = {
	readonly config: Config;
	readonly log: Log;
	readonly metrics: Metrics;
	readonly database: OpenDatabase;
	readonly stopped: AbortSignal;
};

async function startServing({ config, log, metrics, database, stopped }: Parts): Promise<HttpServer> {
	await migrate(database.db, { say });
	const services: Services = {
		config,
		db: database.db,
		blobs: await openFsStore({
			root: config.storageDir,
			minFreeBytes: config.minFreeBytes,
			packIndex: createPackIndex(database.db),
		}),
		log,
		guards,
		secret: createSecretKey(await loadSecret(config.dataDir)),
		clock: () => new Date(),
		ids: machineIds,
		actors: createActorCache(),
		graphs: createGraphShelf(config.lineageMemory),
	};
	await services.blobs.sweepUnfinished();
	const systemCtx = makeSystemCtx(services, stopped);
	const first = await ensureFirstUser(systemCtx, config);
	if (first === null) for (const line of await ignoredFirstSettings(systemCtx)) say(`note: ${line}`);
	let ready = false;
	const server = await createApp({ services, metrics, ready: () => ready });
	const address = await listen(server, config);
	const url = config.publicUrl ?? address;
	await database.announce(url);
	ready = true;
	if (first !== null) for (const line of welcome(first, url)) say(line);
	say(`keifu ready at ${url}`);
	return server;
}

async function openDatabase(config: Config, log: Log, metrics: Metrics): Promise<OpenDatabase> {
	const hooks: DatabaseHooks = {
		onQuery: metrics.onQuery,
		onSlowQuery: (name, ms, text) => log.warn({ query: name, ms: Math.round(ms), text }, "slow query"),
		// The driver's error carries the whole connection, with every statement prepared on it.
		onConnectionError: ({ message }) => log.warn({ reason: message }, "a database connection broke"),
	};
	if (config.databaseUrl !== undefined) return await openLocked(config.dataDir, config.databaseUrl, hooks);
	const onCrash = (err: Error) => {
		log.fatal({ err }, "the embedded database ended by itself");
		process.exit(1);
	};
	return await openEmbedded({ dataDir: config.dataDir, say, log, hooks, onCrash });
}

/** The data folder holds blobs and secrets also beside an external database: one server to a folder. */
async function openLocked(dataDir: string, url: string, hooks: DatabaseHooks): Promise<OpenDatabase> {
	await makeDataFolder(dataDir);
	const lock = await lockDataFolder(dataDir, say);
	try {
		const database = await openExternal(url, hooks);
		return {
			...database,
			announce: lock.announce,
			close: async () => {
				await database.close();
				await lock.release();
			},
		};
	} catch (error) {
		await lock.release();
		throw error;
	}
}

async function listen(server: HttpServer, config: Config): Promise<string> {
	try {
		return await server.listen();
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : undefined;
		const reason = {
			EADDRINUSE: "is taken",
			EACCES: "is not open to this user",
			EADDRNOTAVAIL: "is not of this machine",
		}[String(code)];
		if (reason === undefined) throw error;
		throw new SetupError(
			`KEIFU_PORT: ${config.host}:${config.port} ${reason}; expected a free port, or 0 to have one picked`,
			{ cause: error },
		);
	}
}

/** One Ctrl-C can arrive several times, through npm and directly: the first asks, the others are swallowed. */
function awaitStopSignal(): { readonly asked: Promise<void>; readonly signal: AbortSignal } {
	const stopping = new AbortController();
	const asked = new Promise<void>((resolve) => {
		for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
			process.on(name, () => {
				stopping.abort();
				resolve();
			});
		}
	});
	return { asked, signal: stopping.signal };
}
