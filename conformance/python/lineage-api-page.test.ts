import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { at, listAt, textAt } from "../json.ts";
import { useServer } from "../server.ts";
import { expectSuccess, newClient } from "./run-script.ts";
import { stepSource } from "./run-step.ts";
import { venvPython } from "./setup.mjs";

const server = useServer();
const version = "0.31.0";
const page = readFileSync(resolve(import.meta.dirname, "../../docs/lineage-api.md"), "utf8");
const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block);

/** Runs the blocks one after the other in one shell that ends with the first mistake; what each of them wrote. */
async function runBlocks(folder: string, env: Record<string, string>): Promise<string[]> {
	const end = "--- end of a block ---";
	const script = blocks.map((block) => `${block}\necho\necho '${end}'\n`).join("");
	const child = spawn("bash", ["-euo", "pipefail", "-c", script], {
		cwd: folder,
		env,
		stdio: ["ignore", "pipe", "pipe"],
	});
	let [stdout, stderr] = ["", ""];
	child.stdout.on("data", (chunk: Buffer) => {
		stdout += chunk.toString();
	});
	child.stderr.on("data", (chunk: Buffer) => {
		stderr += chunk.toString();
	});
	const code = await new Promise((done, fail) => {
		child.once("error", fail);
		child.once("close", done);
	});
	expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: "" });
	return stdout.split(`${end}\n`).slice(0, -1);
}

/** The answers of a block, which stand one after the other. */
const answersOf = (output = ""): unknown[] =>
	output
		.trim()
		.replaceAll("}{", "}\n{")
		.split("\n")
		.map((line) => JSON.parse(line));

const namesOf = (list: readonly unknown[]) =>
	list.map((node) => String(at(node, "run") ?? at(node, "name"))).toSorted();

test("the examples of docs/lineage-api.md, run as they stand on what the client logged, answer what the page says", async () => {
	const account = await createAccount(server);
	const client = newClient(version, account);
	expectSuccess(await client.script(stepSource("lineage_api.py")));
	const outputs = await runBlocks(client.folder, {
		...{ PATH: `${dirname(venvPython(version))}:${process.env.PATH}`, HOME: client.home, LANG: "C.UTF-8" },
		...{ WANDB_BASE_URL: account.url, WANDB_API_KEY: account.apiKey, WANDB_ERROR_REPORTING: "false" },
	});
	const [, around, members, impact, inScopes, exported, byGraphql] = outputs;
	expect(outputs).toHaveLength(7);
	expect(exported?.trim()).toBe("");
	const [neighbourhood] = answersOf(around);
	expect(namesOf(listAt(neighbourhood, "nodes"))).toEqual(["animals:v0", "model:v0", "split", "train-0"]);
	const [group] = answersOf(members);
	expect(at(group, "total")).toBe(6);
	expect(listAt(group, "members").map((node) => at(node, "metric"))).toEqual([0.5, 0.4, 0.3, 0.2, 0.1, 0]);
	const [cameOf] = answersOf(impact);
	expect(namesOf(listAt(cameOf, "items"))).toEqual([0, 1, 2, 3, 4, 5].map((number) => `model:v${number}`));
	const [found, ways, compared] = answersOf(inScopes);
	expect(namesOf(listAt(found, "found"))).toEqual(["animals:v0"]);
	expect(at(ways, "hops")).toBe(2);
	expect(namesOf(listAt(compared, "common"))).toEqual(["animals:v0", "split"]);
	const read = (name: string) => readFileSync(join(client.folder, name), "utf8");
	expect(read("lineage.ndjson").trim().split("\n")).toHaveLength(14 + 13);
	expect(read("lineage.dot")).toContain('label="animals:v0"');
	const [graphql] = answersOf(byGraphql);
	expect(textAt(graphql, "data", "artifact", "lineagePath", "nodes", 0, "name")).toBe("animals:v0");
	expect(at(graphql, "data", "artifact", "lineagePath", "hops")).toBe(2);
});
