import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { useServer } from "../server.ts";
import { expectSuccess, newClient, reported } from "./run-script.ts";
import { clientVersions } from "./setup.mjs";

const server = useServer();
const tour = readFileSync(join(import.meta.dirname, "steps", "public_api.py"), "utf8");

test.each(clientVersions)("wandb $version: the public API reads and changes what was logged", async ({ version }) => {
	const account = await createAccount(server);
	const result = await newClient(version, account).script(tour);
	expectSuccess(result);
	expect(reported(result)).toEqual({
		aliases: ["kept", "latest", "second"],
		description: "after",
		metadata: { legs: 4 },
		files: ["rows.txt"],
		manifest: ["rows.txt"],
		type: "dataset",
		types: expect.arrayContaining(["dataset"]),
		collections: ["rows"],
		collection: "rows",
		collectionAliases: ["kept", "latest", "second"],
		versions: ["v0"],
		there: true,
		notThere: false,
		collectionThere: true,
		projects: ["zoo"],
		project: "zoo",
		runs: ["tour"],
		config: { lr: 0.5 },
		sampled: [0, 1, 2],
		history: [0, 1, 2],
		scanned: [0, 1, 2],
		scannedKeys: [0, 1, 2],
		logged: ["rows:v0"],
		viewer: account.username,
		entity: account.team,
		notesBefore: true,
		notesAfter: false,
	});
});
