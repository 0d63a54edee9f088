import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { at } from "../json.ts";
import { startServer } from "../server.ts";
import { ask } from "./oracle.ts";
import { expectPrintedPages } from "./pages.ts";
import { expectSuccess, newClient } from "./run-script.ts";
import { printed } from "./samples.ts";

test("hello_collection.py runs as printed with the first user's key of a server that has just been made", async () => {
	const server = await startServer();
	const client = newClient("0.31.0", server);
	for (const number of ["v0", "v1"]) {
		const result = await client.script(printed("S4-C1"));
		expectSuccess(result);
		await expectPrintedPages(result, server.url);
		const [link, source] = await ask(
			server,
			["artifact", `wandb-registry-model/first-collection:${number}`],
			["artifact", `my-team/registry_quickstart/gemma-finetuned:${number}`],
		);
		expect(link).toMatchObject({ id: at(source, "id"), version: number, aliases: ["latest"], isLink: true });
	}
	await server.stop();
	rmSync(server.dataDir, { recursive: true, force: true });
});
