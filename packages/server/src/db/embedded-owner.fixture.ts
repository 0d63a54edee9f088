/**
 * A process that owns an embedded database, to be killed by a test: prints `ready <postmaster>`, then the number of each
 * row once it is committed. SIGTERM ends it properly.
 */
import { sql } from "kysely";
import { openEmbedded } from "./open-embedded.ts";

if (import.meta.main) {
	const dataDir = process.argv[2] ?? "";
	const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
	const database = await openEmbedded({ dataDir, say: () => {}, log });
	const { db } = database;
	await database.announce("http://127.0.0.1:4711");
	await sql`create table if not exists kept (n int primary key)`.execute(db);
	const { rows } = await sql<{ n: number }>`select coalesce(max(n), 0) as n from kept`.execute(db);
	console.log(`ready ${database.pid}`);
	let stopping = false;
	process.once("SIGTERM", () => {
		stopping = true;
	});
	for (let n = (rows[0]?.n ?? 0) + 1; !stopping; n++) {
		await sql`insert into kept values (${n})`.execute(db);
		console.log(n);
	}
	await database.close();
}
