import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { type OwnServer, startServer } from "../server.ts";
import { expectSuccess, newClient, reported } from "./run-script.ts";
import { stepSource } from "./run-step.ts";

let server: OwnServer;

beforeAll(async () => {
	server = await startServer({ env: { KEIFU_CHOSEN_API_KEYS: "true" } });
});
afterAll(async () => {
	await server?.stop();
});

/** `keifu registry migrate-legacy` for one team, beside the server that runs. */
async function migrate(team: string): Promise<string> {
	const root = resolve(import.meta.dirname, "../..");
	const keifu = join(root, "packages/server/bin/keifu.mjs");
	const args = [keifu, "registry", "migrate-legacy", "--team", team, "--data-dir", server.dataDir];
	return (await promisify(execFile)(process.execPath, args, { cwd: root })).stdout;
}

describe.each(["0.31.0", "0.18.7"])("wandb %s: the legacy model registry", (version) => {
	test("S4-48…51 holds registered models, and leads on when they are moved", async () => {
		const account = await createAccount(server);
		const { team, orgEntity } = account;
		const client = newClient(version, account);
		const run = async (after: boolean) => {
			const result = await client.script(stepSource("legacy_registry.py"), {
				env: { TEAM: team, AFTER: String(after) },
			});
			expectSuccess(result);
			return { result, answers: reported(result) };
		};
		const legacy = `${team}/model-registry`;
		expect((await run(false)).answers).toEqual({ registered: [`${legacy}/tiger:latest`, "v0", ["latest", "prod"]] });

		expect(await migrate(team)).toBe(
			`moved ${legacy}/tiger to ${orgEntity}/wandb-registry-model/tiger\n1 moved, 0 left\n`,
		);
		const { result, answers } = await run(true);
		const registry = `${orgEntity}/wandb-registry-model`;
		const isOld = version === "0.18.7";
		expect(answers).toEqual({
			// wire: old clients keep the path that they asked for, and show the aliases that are given under it.
			"by the old path": ["v0", "prod", "latest"].map((at) =>
				isOld ? [`${legacy}/tiger:${at}`, "v0", []] : [`${registry}/tiger:${at}`, "v0", ["latest", "prod"]],
			),
			bytes: "first",
			"registered once more": [`${registry}/tiger:latest`, "v1", ["latest", "prod"]],
			"registered anew": [`${legacy}/lion:v0`, "v0", ["latest", "prod"]],
		});
		if (!isOld) expect(result.output).toContain("This model registry has been migrated");
		expect(await migrate(team)).toContain("1 moved, 0 left");
	});
});
