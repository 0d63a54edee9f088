import { access, constants, mkdir, realpath } from "node:fs/promises";
import { SetupError } from "../errors.ts";
import { dataFolderOwner, lockDataFolder } from "./data-folder-lock.ts";
import type { Database, DatabaseHooks, DatabaseLog, OpenDatabase } from "./database.ts";
import { copyBinaries, findBinaryPackage, prepareBinaries } from "./embedded-binaries.ts";
import {
	type Cluster,
	clusterFolder,
	databaseUser,
	ensureCluster,
	readPassword,
	refuseOtherMajor,
} from "./embedded-cluster.ts";
import { stopOrphan } from "./embedded-orphan.ts";
import { startServer } from "./embedded-process.ts";
import { chooseRunAs, ownerOf } from "./embedded-user.ts";
import { openPool } from "./pool.ts";
import { makeSocketFolder, rememberedSocketFolder, removeSocketFolder } from "./socket-folder.ts";

export type EmbeddedOptions = {
	readonly dataDir: string;
	/** Told about each step that takes a while. */
	readonly say: (step: string) => void;
	readonly log: DatabaseLog;
	readonly hooks?: DatabaseHooks;
	/** The database server ended by itself: nothing works any more. */
	readonly onCrash?: (error: Error) => void;
	/** `false` trades safety against a power failure for speed; only for databases that are thrown away. */
	readonly durable?: boolean;
};

/** How to reach the embedded server while it runs; for tools and tests on the same machine. */
export type EmbeddedConnection = { host: string; port: number; user: string; password: string; database: string };

export type EmbeddedDatabase = OpenDatabase & {
	readonly kind: "embedded";
	readonly connection: EmbeddedConnection;
	/** Process id of the database server. */
	readonly pid: number;
};

/** Starts the PostgreSQL that comes with Keifu on the data folder, creating, recovering or cleaning up as needed. */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
	const { say, log } = options;
	const cleanUps: (() => Promise<void>)[] = [];
	const cleanUp = async () => {
		for (const step of cleanUps.splice(0).reverse()) {
			await step().catch((err: unknown) => log.warn({ err }, "cleaning up after the embedded database"));
		}
	};
	try {
		const dataDir = await makeDataFolder(options.dataDir);
		const lock = await lockDataFolder(dataDir, say);
		cleanUps.push(() => lock.release());
		await refuseOtherMajor(dataDir);
		await stopOrphan(clusterFolder(dataDir), log, say);
		await removeSocketFolder(dataDir);

		const cluster = await prepareCluster(dataDir, options);
		const socketFolder = await makeSocketFolder(dataDir, ownerOf(cluster.runAs.server));
		cleanUps.push(() => removeSocketFolder(dataDir));
		const password = await ensureCluster(cluster, socketFolder);

		const server = await startServer(cluster, {
			socketFolder,
			log,
			onCrash: (error) => {
				log.error({ err: error }, "embedded database");
				options.onCrash?.(error);
			},
		});
		cleanUps.push(() => server.stop());
		const connection = connectionThrough(socketFolder, password);
		const db = openPool(connection, options.hooks ?? {});
		cleanUps.push(() => endPool(db));

		let closing: Promise<void> | undefined;
		return {
			db,
			kind: "embedded",
			connection,
			pid: server.pid,
			announce: (address) => lock.announce(address),
			close: () => {
				closing ??= cleanUp();
				return closing;
			},
		};
	} catch (error) {
		await cleanUp();
		throw error;
	}
}

/**
 * Joins the embedded database of a server that already runs on the data folder, for commands given beside it;
 * null when none runs. Closing ends only the connections.
 */
export async function attachEmbedded(folder: string, hooks: DatabaseHooks = {}): Promise<OpenDatabase | null> {
	const dataDir = await realpath(folder).catch(() => null);
	if (dataDir === null || (await dataFolderOwner(dataDir)) === null) return null;
	const socketFolder = await rememberedSocketFolder(dataDir);
	const password = await readPassword(dataDir);
	if (socketFolder === null || password === null) return null;
	const db = openPool({ ...connectionThrough(socketFolder, password), max: 2 }, hooks);
	let closing: Promise<void> | undefined;
	return {
		db,
		kind: "embedded",
		announce: async () => {},
		close: () => {
			closing ??= db.destroy();
			return closing;
		},
	};
}

async function makeDataFolder(path: string): Promise<string> {
	try {
		await mkdir(path, { recursive: true, mode: 0o700 });
		const found = await realpath(path);
		await access(found, constants.R_OK | constants.W_OK | constants.X_OK);
		return found;
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new SetupError(
			`KEIFU_DATA_DIR: the folder ${path} cannot be used (${reason}). Name one that can be made and written.`,
			{
				cause: error,
			},
		);
	}
}

async function prepareCluster(dataDir: string, options: EmbeddedOptions): Promise<Cluster> {
	const packageFolder = findBinaryPackage();
	const folder = clusterFolder(dataDir);
	const installed = await prepareBinaries(packageFolder, dataDir, options.say);
	const copy = () => copyBinaries(packageFolder, dataDir, options.say);
	const { runAs, binaries } = await chooseRunAs(dataDir, folder, installed, copy);
	return { dataDir, folder, binaries, runAs, durable: options.durable ?? true, say: options.say };
}

function connectionThrough(socketFolder: string, password: string): EmbeddedConnection {
	return { host: socketFolder, port: 5432, user: databaseUser, password, database: "postgres" };
}

/** A connection somebody forgot to give back must not hold up the shutdown: stopping the server ends it anyway. */
async function endPool(db: Database): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const patience = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, 2_000);
	});
	await Promise.race([db.destroy(), patience]);
	clearTimeout(timer);
}
