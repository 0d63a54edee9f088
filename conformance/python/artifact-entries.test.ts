import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { at } from "../json.ts";
import { processTree, residentBytes } from "../processes.ts";
import { type OwnServer, startServer } from "../server.ts";
import { runStep } from "./run-step.ts";

const soak = process.env.KEIFU_SOAK === "1";
/** More than one statement takes, in any case. */
const count = soak ? 100_000 : 6_000;
const limit = 400 * 1024 ** 2;

let server: OwnServer;
beforeAll(async () => {
	server = await startServer();
});
afterAll(async () => {
	await server.stop();
	rmSync(server.dataDir, { recursive: true, force: true });
});

test.each(["0.31.0", "0.18.7"])(
	`wandb %s logs ${count} entries, and reads them back`,
	async (version) => {
		const account = await createAccount(server);
		let highest = 0;
		const timer = setInterval(() => {
			highest = Math.max(highest, residentBytes(processTree(server.pid)));
		}, 250);
		try {
			const options = { env: { ENTRIES: String(count) }, timeoutMs: 1_500_000 };
			const result = await runStep(account, version, "artifact_many_entries.py", options);
			const changed = `part-${String(count / 2).padStart(7, "0")}`;
			expect(result).toMatchObject({
				counts: [count, count],
				entries: [count, count],
				differing: [changed],
				last: `ftp://bucket/1/part-${String(count - 1).padStart(7, "0")}`,
			});
			const memory = `${Math.round(highest / 1024 ** 2)} MB resident, server and database`;
			process.stdout.write(
				`${count} entries: logged, logged again and read in ${at(result, "seconds")} s, ${memory}\n`,
			);
			expect(highest, memory).toBeLessThan(limit);
		} finally {
			clearInterval(timer);
		}
	},
	1_800_000,
);
