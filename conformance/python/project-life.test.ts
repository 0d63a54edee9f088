import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { useServer } from "../server.ts";
import { runStep } from "./run-step.ts";

const server = useServer();
const versions = ["0.31.0", "0.18.7"];

describe.each(versions)("wandb %s: the life of a project", (version) => {
	test("another name, the old one taken anew, and deletion under a run", async () => {
		const account = await createAccount(server);
		const env = { TEAM: account.team };
		expect(await runStep(account, version, "project_life.py", { env })).toEqual({
			names: ["park"],
			...{ "run by the old name": "first", "version by the old name": "v0", "bytes by the old name": "1" },
			...{ "logged under the old name": "v1", "by the new name": ["v1", 2] },
			...{ "used by the old name": "v0", "used by": ["user"] },
			...{ "names, the old one taken anew": ["park", "zoo"], "in the new one of that name": 0 },
			deleted: { success: true },
			// The run that was on did not bring it back.
			"names, one deleted": ["zoo"],
			"runs of it": "refused: ValueError: Could not find project park",
			"version of it": `refused: CommError: project 'park' not found under entity '${account.team}'`,
			"bytes of what is held": expect.stringContaining("this version (v1) was deleted: use another version"),
			"users of what is held": [],
			...{ "logged anew": "v0", "runs anew": ["third"] },
		});
	});
});
