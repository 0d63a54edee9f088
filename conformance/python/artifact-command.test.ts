import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Account, createAccount } from "../account.ts";
import { useServer } from "../server.ts";
import { ask, sha256 } from "./oracle.ts";
import { expectPrintedPages } from "./pages.ts";
import { type Client, expectSuccess, newClient } from "./run-script.ts";
import { clientVersions } from "./setup.mjs";

const server = useServer();

/** A machine with a folder `data` of two files. */
function clientWithData(version: string, account: Account): Client {
	const client = newClient(version, account);
	client.write("data/a.txt", "one\n");
	client.write("data/sub/b.txt", "two\n");
	return client;
}

async function put(client: Client, ...args: string[]): Promise<string> {
	const result = await client.command(["artifact", "put", ...args]);
	expectSuccess(result);
	return result.output;
}

/** The lines of `wandb artifact ls`: type, size and name, in the order of their names. */
async function listed(client: Client, ...args: string[]): Promise<string[][]> {
	const result = await client.command(["artifact", "ls", ...args]);
	expectSuccess(result);
	const line = /(\S+) +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ +(\S+) (\S+:v\d+)/g;
	return [...result.output.matchAll(line)].map((found) => found.slice(1, 4)).sort();
}

/** The commands are the same in the versions between. */
const newestAndOldest = clientVersions.filter((_, index) => index === 0 || index === clientVersions.length - 1);

describe.each(newestAndOldest)("wandb $version: artifact", ({ version }) => {
	test("put makes versions from folders and files, in runs of their own or in the run named", async () => {
		const account = await createAccount(server);
		const client = clientWithData(version, account);
		const aliases = ["--alias", "best", "--alias", "latest"];
		const named = ["--name", "zoo/animals", "--type", "dataset", "--description", "all of them"];
		const result = await client.command(["artifact", "put", ...named, ...aliases, "data"]);
		expectSuccess(result);
		await expectPrintedPages(result, account.url);
		const full = `${account.team}/zoo/animals`;
		expect(result.output).toContain(`Uploading directory data to: "${full}:best" (dataset)`);
		expect(result.output).toContain(`artifact = run.use_artifact("${full}:v0")`);

		client.write("data/c.txt", "three\n");
		const second = await put(client, "--name", full, "--type", "dataset", "--id", "put-run", "data/c.txt");
		expect(second).toContain(`Uploading file data/c.txt to: "${full}:latest" (dataset)`);
		expect(second).toContain(`artifact = run.use_artifact("${full}:v1")`);

		const [first, older, newest, newer, runs] = await ask(
			account,
			["artifact", `${full}:v0`],
			["files", `${full}:v0`],
			["artifact", `${full}:latest`],
			["files", `${full}:latest`],
			["runs", "zoo"],
		);
		expect(first).toMatchObject({ type: "dataset", description: "all of them", aliases: ["best"] });
		expect(older).toEqual({ "a.txt": sha256("one\n"), "sub/b.txt": sha256("two\n") });
		expect(newest).toMatchObject({ version: "v1", description: null, aliases: ["latest"], loggedBy: "put-run" });
		expect(newer).toEqual({ "c.txt": sha256("three\n") });
		expect(runs).toHaveLength(2);
		expect(runs).toContainEqual({ id: "put-run", jobType: "cli_put" });
	});

	test("put says when the name is taken by another type, and stores nothing", async () => {
		const account = await createAccount(server);
		const client = clientWithData(version, account);
		await put(client, "--name", "zoo/animals", "--type", "dataset", "data");
		const refused = await client.command(["artifact", "put", "--name", "zoo/animals", "--type", "model", "data"]);
		expect(refused.code, refused.output).not.toBe(0);
		expect(refused.output).toContain("Artifact animals already exists with type 'dataset'");
		const [versions] = await ask(account, ["versions", "dataset", `${account.team}/zoo/animals`]);
		expect(versions).toEqual(["v0"]);
	});

	test("ls lists the newest version of each artifact, of all types or of one", async () => {
		const account = await createAccount(server);
		const client = clientWithData(version, account);
		await put(client, "--name", "zoo/animals", "--type", "dataset", "data/a.txt");
		await put(client, "--name", "zoo/animals", "--type", "dataset", "data");
		await put(client, "--name", "zoo/weights", "--type", "model", "data/a.txt");
		const weights = ["model", "4.0B", "weights:v0"];
		expect(await listed(client, `${account.team}/zoo`)).toEqual([["dataset", "8.0B", "animals:v1"], weights]);
		expect(await listed(client, "--type", "model", `${account.team}/zoo`)).toEqual([weights]);
	});

	test("get downloads the same bytes, to the folder named or by name and version", async () => {
		const account = await createAccount(server);
		const client = clientWithData(version, account);
		await put(client, "--name", "zoo/animals", "--type", "dataset", "data");
		const full = `${account.team}/zoo/animals`;
		const read = (...path: string[]) => readFileSync(join(client.folder, ...path), "utf8");

		const result = await client.command(["artifact", "get", `${full}:v0`, "--root", "out"]);
		expectSuccess(result);
		expect(result.output).toContain(`Downloading dataset artifact ${full}:v0`);
		expect(result.output).toContain("2 of 2 files downloaded");
		expect(result.output).toContain("Artifact downloaded to out");
		expect([read("out/a.txt"), read("out/sub/b.txt")]).toEqual(["one\n", "two\n"]);

		const newest = await client.command(["artifact", "get", "zoo/animals"]);
		expectSuccess(newest);
		expect(newest.output).toContain(`Downloading dataset artifact ${full}:latest`);
		const folder = join("artifacts", "animals:v0");
		expect(newest.output).toContain(`Artifact downloaded to ${join(client.folder, folder)}`);
		expect([read(folder, "a.txt"), read(folder, "sub/b.txt")]).toEqual(["one\n", "two\n"]);
	});

	test("get names what is not there, and the type that does not fit", async () => {
		const account = await createAccount(server);
		const client = clientWithData(version, account);
		await put(client, "--name", "zoo/animals", "--type", "dataset", "data");
		const missing = await client.command(["artifact", "get", `${account.team}/zoo/no-such:v0`]);
		expect(missing.code).toBe(1);
		expect(missing.output).toMatch(/Error: .*no-such:v0.*; there are: "animals:v0"/);
		const misspelt = await client.command(["artifact", "get", `${account.team}/zoo/anmials`]);
		expect(misspelt.output).toContain('Did you mean "animals:latest"?');
		const alias = await client.command(["artifact", "get", "zoo/animals:production"]);
		expect([misspelt.code, alias.code]).toEqual([1, 1]);
		expect(alias.output).toContain('"animals" has versions up to v0 and the aliases latest');
		const model = await client.command(["artifact", "get", "--type", "model", `${account.team}/zoo/animals:v0`]);
		expect(model.code).toBe(1);
		expect(model.output).toMatch(/type '?model'? specified but this artifact is of type '?dataset'?/);
	});
});
