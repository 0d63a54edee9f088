import { expect, test } from "vitest";
import { type Account, createAccount } from "../account.ts";
import { graphql } from "../graphql.ts";
import { at, textAt } from "../json.ts";
import { useServer } from "../server.ts";
import { sha256 } from "./oracle.ts";
import { runStep } from "./run-step.ts";

const server = useServer();
const readers = ["0.31.0", "0.25.1", "0.22.3", "0.19.11", "0.18.7"];
const fast = "MANIFEST_XXH128";
const big = Buffer.from(Array.from({ length: 256_000 }, (_, index) => index % 256));
const files = { "a.bin": sha256(big), "again.bin": sha256(big), "deep/b.txt": sha256("deep") };

async function allowXxh128(account: Account): Promise<void> {
	const change = `mutation ($entity: String!) {
		updateEntity(input: { entityName: $entity, xxhashDigestsEnabled: true }) { entity { xxhashDigestsEnabled } } }`;
	expect(await graphql(account, change, { entity: account.team })).toMatchObject({
		updateEntity: { entity: { xxhashDigestsEnabled: true } },
	});
}

/** What the client should say of a version with these files. */
const version = (number: number, names: readonly string[], algorithm = fast) => ({
	...{ version: `v${number}`, algorithm, digest: true, size: expect.any(Number) },
	entries: Object.fromEntries(names.map((name) => [name, algorithm === fast ? "XXH128" : null])),
});

test("wandb 0.31.0 logs and reads versions with XXH128 digests, and clients of every age read them", async () => {
	const account = await createAccount(server);
	await allowXxh128(account);
	const answers = await runStep(account, "0.31.0", "artifact_xxh128.py");
	const digest = textAt(answers, "found", "of content");
	const first = [...Object.keys(files), "numbers.table.json"];
	const drafted = ["a.bin", "deep/b.txt", "more.txt", "numbers.table.json"];
	expect(answers).toEqual({
		...{
			first: version(0, first),
			found: { ...version(0, first), "of content": digest },
			equal: "v0",
			"entry digest": true,
		},
		changed: version(1, ["a.bin", "deep/b.txt", "note.txt"]),
		downloaded: { ...files, "numbers.table.json": expect.any(String) },
		...{ tampered: "Digest mismatch for file: deep/b.txt", "checked out": true, "one entry": "deep" },
		...{ table: [[1], [2]], listed: { md5: true, digest: true, size: 4 }, used: ["v0", fast] },
		...{ drafted: version(2, drafted), "draft downloaded": drafted, "referred to": "deep" },
		grown: version(3, [...drafted, "grown.txt"].sort()),
		"in a collection of MD5": version(1, ["q.txt"], "MANIFEST_MD5"),
		parts: version(0, ["part0.txt", "part1.txt", "part2.txt"]),
	});
	const downloaded = at(answers, "downloaded");
	for (const reader of readers) {
		const read = await runStep(account, reader, "artifact_xxh128_read.py", { env: { DIGEST: digest } });
		expect(read, reader).toEqual({
			...{ downloaded, again: true, "one entry": "deep", table: [[1], [2]], "by digest": "v0", "referred to": "deep" },
			// Clients before 0.29 hash with MD5, whatever the manifest says.
			verified: reader === "0.31.0" ? null : expect.stringContaining("Digest mismatch"),
			drafted: [...first, "later.txt"].sort(),
		});
	}
});

test("where they are not allowed, the client keeps to MD5 by itself", async () => {
	const account = await createAccount(server);
	const answers = await runStep(account, "0.31.0", "artifact_xxh128.py");
	for (const name of ["first", "changed", "drafted", "grown"]) {
		expect(at(answers, name, "algorithm"), name).toBe("MANIFEST_MD5");
	}
});
