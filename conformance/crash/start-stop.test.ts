import { readdirSync, rmSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { createAccount, createProject } from "../account.ts";
import { fileUrls, logVersion, rawFile } from "../http/raw-artifact.ts";
import { processesUsing, signalAll } from "../processes.ts";
import { newApiKey, newFolder, startServer } from "../server.ts";

const rounds = process.env.KEIFU_SOAK === "1" ? 20 : 5;

/** A data folder and key for several starts in a row; whatever still runs on it ends with the test. */
function house() {
	const dataDir = newFolder("server");
	onTestFinished(() => {
		signalAll(processesUsing(dataDir), "SIGKILL");
		rmSync(dataDir, { recursive: true, force: true });
	});
	return { dataDir, apiKey: newApiKey() };
}

function locksIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.(lock|pid)$/.test(name));
}

test(`${rounds} starts and stops leave no process and no lock behind`, { timeout: 600_000 }, async () => {
	const { dataDir, apiKey } = house();
	for (let round = 0; round < rounds; round++) {
		const server = await startServer({ dataDir, apiKey });
		expect((await fetch(`${server.url}/ready`)).status).toBe(200);
		await server.stop();
		expect(processesUsing(dataDir)).toEqual([]);
		expect(locksIn(dataDir)).toEqual([]);
	}
});

test("after a kill of only the parent, a start works at once and finds everything", async () => {
	const home = house();
	const first = await startServer(home);
	const account = await createAccount(first);
	const target = { entity: account.team, project: "zoo", collection: "animals" };
	await createProject(account, target.entity, target.project);
	const id = await logVersion(account, target, { "rows.txt": rawFile("zebra") });
	await first.killParent();
	const second = await startServer(home);
	const url = (await fileUrls({ ...account, url: second.url }, id)).get("rows.txt");
	expect(await (await fetch(String(url))).text()).toBe("zebra");
	await second.stop();
	expect(processesUsing(home.dataDir)).toEqual([]);
});

test("a second server on the same folder refuses and names the first", async () => {
	const home = house();
	const first = await startServer(home);
	await expect(startServer(home)).rejects.toThrow(new RegExp(`\\b${first.pid}\\b`));
	expect((await fetch(`${first.url}/ready`)).status).toBe(200);
	await first.stop();
});
