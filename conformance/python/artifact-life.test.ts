import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { at } from "../json.ts";
import { useServer } from "../server.ts";
import { expectSuccess, newClient, reported } from "./run-script.ts";
import { runStep } from "./run-step.ts";

const server = useServer();
const versions = ["0.31.0", "0.18.7"];
const step = (name: string) => readFileSync(join(import.meta.dirname, "steps", name), "utf8");

describe.each(versions)("wandb %s: the life of versions and collections", (version) => {
	test("deletion", async () => {
		const account = await createAccount(server);
		const env = { REGISTRY_ENTITY: account.orgEntity };
		const result = await newClient(version, account).script(step("artifact_removal.py"), { env });
		expectSuccess(result);
		const found = reported(result);
		const notFound = (why: string) => expect.stringContaining(why);
		expect(found).toEqual({
			"with aliases": expect.stringContaining("v2 has aliases (latest): move them to another version, or delete them"),
			"still there": ["v2", "v1", "v0"],
			left: ["v1", "v0"],
			latest: "v1",
			aliases: ["best", "latest"],
			"by name": notFound('v2 was deleted; "data" has versions up to v1 and the aliases best, latest'),
			exists: [false, true],
			"files of it": expect.stringContaining("this version (v2) was deleted: use another version, or log it again"),
			"producer of it": "data-2",
			"users of it": ["user"],
			inputs: [],
			"use of it": notFound("v2 was deleted"),
			"use of what is held": expect.stringContaining("this version (v2) was deleted"),
			again: "v3",
			"without aliases": null,
			"at the end": ["v3", "v1"],
			"source of the link": "v3",
			// wire: old clients give the number that the version has at its source.
			"latest link": version === "0.18.7" ? "v1" : "v0",
			unlinked: notFound('"zebras" has versions up to v0 and the aliases latest'),
			"linked, with aliases": expect.stringMatching(
				/v1 has aliases \(best; latest in ".*wandb-registry-dataset\/zebras"\)/,
			),
			"link of what is deleted": notFound("v0 was deleted"),
			portfolio: notFound("no artifact has been logged there yet"),
			"source of the portfolio": "v3",
			collection: expect.stringContaining("Could not find artifact type"),
			"version of it": notFound("no artifact has been logged there yet"),
			anew: "v0",
		});
	});

	test("changes", async () => {
		const account = await createAccount(server);
		const env = { REGISTRY_ENTITY: account.orgEntity };
		const result = await newClient(version, account).script(step("artifact_changes.py"), { env });
		expectSuccess(result);
		const found = reported(result);
		expect(found).toEqual({
			version: {
				...{ aliases: ["good"], tags: ["b c", "late"], description: "changed" },
				metadata: { deep: { list: [1, 2.5, null, "日本"] }, rows: 2 },
			},
			best: "v1",
			// wire: newer clients leave out what is None, and so cannot take a description away.
			cleared: [[], [], version === "0.18.7" ? null : "changed"],
			"large metadata": expect.stringContaining("1048576 (1 MiB) is the most. Put large data into a file"),
			"metadata kept": 2,
			...{ "ttl at first": null, "ttl set": 172_800, "ttl kept": 172_800, "ttl off": null, "ttl inherited": null },
			"ttl of what is linked": null,
			described: ["all rows", ["x", "y z"]],
			renamed: ["rows", "all rows", ["w", "y z"]],
			// wire: the client keeps the name that it was asked for.
			"by old name": ["data:v0", true],
			"bytes by old name": "1",
			aliased: ["after", "best", "latest"],
			taken: expect.stringMatching(/"other\\?" cannot be renamed to \\?"rows\\?": .* has a collection of that name/),
			moved: ["other", "model", expect.stringContaining("Could not find artifact type")],
			"linked type": expect.stringMatching(
				/cannot change: versions of it are linked to .*wandb-registry-dataset\/limited/,
			),
			portfolio: ["curated", "the best", ["reviewed"]],
			"portfolio by old name": true,
			anew: ["v0", "v0", "v1"],
		});
	});

	test("deletion of a run with what it made", async () => {
		const account = await createAccount(server);
		const found = await runStep(account, version, "run_removal.py", { env: { REGISTRY_ENTITY: account.orgEntity } });
		const gone = (why: string) => expect.stringContaining(why);
		const left = [
			["v2", ["latest"]],
			["v0", []],
		];
		expect(found).toEqual({
			...{
				before: [
					["v2", ["latest"]],
					["v1", ["best"]],
					["v0", []],
				],
				after: left,
				"run alone": left,
				anew: "v3",
			},
			run: expect.stringContaining("Could not find run"),
			best: gone('"data" has versions up to v2 and the aliases latest'),
			linked: gone("no version yet, or none that is left"),
			table: gone("no version yet, or none that is left"),
			held: expect.stringContaining("this version (v1) was deleted"),
			...{ "users of the first": [], "maker of the shared": false, "inputs of later": [] },
		});
	});

	test("lists, and names that are not there", async () => {
		const account = await createAccount(server);
		const result = await newClient(version, account).script(step("artifact_lists.py"));
		expectSuccess(result);
		const found = reported(result);
		const all = ["v6", "v5", "v4", "v3", "v2", "v1", "v0"];
		expect(found).toMatchObject({
			...{ pages: [all, all, all, 7], total: 7, tagged: ["v1"] },
			...{ types: ["dataset", "model"], type: "model" },
			...{ collections: ["example_artifact", "zebra"], collection: "zebra" },
			exists: [true, false, false, false],
			"collection exists": [true, false, false],
		});
		const there = "has versions up to v6 and the aliases best, latest";
		const said = { "unknown alias": there, "unknown version": there, "unknown digest": there };
		const meant = 'Did you mean "example_artifact:latest"?';
		const file = `${meant} It has a file of that name`;
		const names = { misspelt: meant, "a file's name": file, used: file, "like nothing": "; there are: " };
		for (const [what, words] of Object.entries({ ...said, ...names })) {
			expect(at(found, what)).toContain(words);
		}
		if (version === "0.18.7") return;
		expect(found).toMatchObject({
			...{ "oldest first": all.toReversed(), "smallest first": all },
			"unknown order": expect.stringContaining('cannot be ordered by "-loss": use one of version,'),
		});
	});
});
