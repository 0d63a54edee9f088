import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { at } from "../json.ts";
import { useServer } from "../server.ts";
import { ask, sha256 } from "./oracle.ts";
import { expectPrintedPages } from "./pages.ts";
import { expectSuccess, newClient } from "./run-script.ts";
import { printed } from "./samples.ts";
import { clientVersions, oldestForHelloCollection } from "./setup.mjs";

const server = useServer();

const versions = [...clientVersions.map(({ version }) => version), oldestForHelloCollection];

describe.each(versions)("wandb %s: registry overview", (version) => {
	test("S4-C1 hello_collection.py links v0, and v1 when it runs again", async () => {
		const account = await createAccount(server);
		const client = newClient(version, account);
		const models: string[] = [];
		for (const number of ["v0", "v1"]) {
			const result = await client.script(printed("S4-C1"));
			expectSuccess(result);
			expect(result.output).not.toContain("ERROR");
			await expectPrintedPages(result, account.url);
			models.push(sha256(readFileSync(join(client.folder, "my_model.txt"))));
			const linkName = `wandb-registry-model/first-collection:${number}`;
			const sourceName = `${account.team}/registry_quickstart/gemma-finetuned:${number}`;
			const [link, source, linkFiles, sourceFiles] = await ask(
				account,
				["artifact", linkName],
				["artifact", sourceName],
				["files", linkName],
				["files", sourceName],
			);
			const id = at(source, "id");
			expect(link).toMatchObject({ id, version: number, type: "model", isLink: true, aliases: ["latest"] });
			expect(link).toMatchObject({ source: sourceName });
			expect(source).toMatchObject({ version: number, type: "model", isLink: false, aliases: ["latest"] });
			expect(sourceFiles).toEqual({ "my_model.txt": models.at(-1) });
			expect(linkFiles).toEqual(sourceFiles);
		}
		const [numbers, first, older] = await ask(
			account,
			["versions", "model", `${account.orgEntity}/wandb-registry-model/first-collection`],
			["artifact", `${account.org}/wandb-registry-model/first-collection:v0`],
			["files", "wandb-registry-model/first-collection:v0"],
		);
		expect(numbers).toEqual(["v1", "v0"]);
		expect(first).toMatchObject({ version: "v0", aliases: [] });
		expect(older).toEqual({ "my_model.txt": models[0] });
	});
});
