import { describe, expect, test } from "vitest";
import { createAccount, createProject } from "../account.ts";
import { logVersion, rawFile } from "../http/raw-artifact.ts";
import { useServer } from "../server.ts";
import { runStep } from "./run-step.ts";

const server = useServer();
const versions = ["0.31.0", "0.18.7"];
const big = "0123456789".repeat(100_000);
const files = { "a.txt": rawFile("zebra"), "folder/b c.txt": rawFile("emu"), "big.txt": rawFile(big) };

describe.each(versions)("wandb %s: a version's bytes", (version) => {
	// Today's clients write V2. What names no layout was logged long ago: the client then asks at the oldest address.
	test.each<[string, { readonly storageLayout?: string }]>([
		["of storage layout V2", { storageLayout: "V2" }],
		["of storage layout V1", { storageLayout: "V1" }],
		["of no storage layout", {}],
	])("%s come back whole, one by one and in parts, also from a version made of it", async (_what, config) => {
		const account = await createAccount(server);
		await createProject(account, account.team, "zoo");
		const target = { entity: account.team, project: "zoo", collection: "laid", storagePolicyConfig: config };
		await logVersion(account, target, files);
		const answers = await runStep(account, version, "artifact_layout.py");
		const all = { "folder/b c.txt": "emu", "big.txt": big };
		expect(answers).toMatchObject({
			v0: { entry: "emu", all, layout: "storageLayout" in config ? config.storageLayout : null },
			v1: { entry: "emu", all },
			"in parts": all,
		});
	});
});
