import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { createAccount } from "../account.ts";
import { useServer } from "../server.ts";
import { ask } from "./oracle.ts";
import { expectSuccess, newClient, reported } from "./run-script.ts";
import { stepSource } from "./run-step.ts";

const server = useServer();
const files = 800;
const size = 64 * 1024;
/** What a client sends besides: its run's own files, and a manifest of some 250 bytes a file. */
const besides = 64 * 1024 + 250 * files;
/** How many have arrived when the client is killed. */
const most = 0.6 * files;

/** How many bytes of files the server has acknowledged. */
async function arrivedBytes(): Promise<number> {
	const text = await (await fetch(`${server.url}/metrics`)).text();
	return Number(/^keifu_uploaded_bytes_total (\d+)/m.exec(text)?.[1]);
}

/** The same, once it does not change any more. */
async function settledBytes(): Promise<number> {
	for (let before = -1; ; ) {
		const now = await arrivedBytes();
		if (now === before) return now;
		before = now;
		await sleep(500);
	}
}

describe.each(["0.31.0", "0.18.7"])("wandb %s: an upload that was cut off", (version) => {
	test("goes on where it was: no file that has arrived is sent again", async () => {
		const account = await createAccount(server);
		const client = newClient(version, account);
		const env = { FILES: String(files), SIZE: String(size) };
		const start = await settledBytes();
		const first = client.start(stepSource("artifact_many_files.py"), () => undefined, { env: { ...env, RUN: "cut" } });
		onTestFinished(first.kill);
		const patience = Date.now() + 120_000;
		while ((await arrivedBytes()) - start < most * size && Date.now() < patience) await sleep(5);
		first.kill();
		await first.ended;
		const cut = await settledBytes();
		const arrived = Math.floor((cut - start - besides) / size);
		expect(arrived).toBeGreaterThan(0.5 * files);
		expect(arrived).toBeLessThan(files);
		const [before] = await ask(account, ["versions", "dataset", "zoo/many"]);
		expect(before).not.toEqual(["v0"]);

		const second = await client.script(stepSource("artifact_many_files.py"), { env: { ...env, RUN: "again" } });
		expectSuccess(second);
		expect(reported(second)).toBe("v0");
		// Some of what was on its way at the kill has arrived too, though nobody was there to be told so.
		const sentAgain = (await settledBytes()) - cut;
		expect(sentAgain).toBeLessThanOrEqual((files - arrived) * size + besides);
		const [versions, whole] = await ask(account, ["versions", "dataset", "zoo/many"], ["artifact", "zoo/many:v0"]);
		expect(versions).toEqual(["v0"]);
		expect(whole).toMatchObject({ size: files * size, loggedBy: "again", aliases: ["latest"] });
	});
});
