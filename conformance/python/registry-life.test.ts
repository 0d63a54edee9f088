import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { useServer } from "../server.ts";
import { runStep } from "./run-step.ts";

const server = useServer();

// 0.19.11 is the oldest that has registries in its API.
describe.each(["0.31.0", "0.19.11"])("wandb %s: registries", (version) => {
	test("made, changed, renamed, deleted; the core ones stay", async () => {
		const account = await createAccount(server);
		const { org, orgEntity } = account;
		const facts = (name: string, more: Record<string, unknown>) => ({
			...{ name, "full name": `wandb-registry-${name}`, entity: orgEntity, organization: org },
			...{ description: null, visibility: "organization", "all types": false, types: [] },
			...more,
		});
		// wire: 0.19 throws the server's words away where it raises its own, and keeps the names that it asked for.
		const isOld = version === "0.19.11";
		const why = (text: string) => (isOld ? expect.any(String) : expect.stringContaining(text));
		const env = { ORG: org, REGISTRY_ENTITY: orgEntity };
		expect(await runStep(account, version, "registry_life.py", { env })).toEqual({
			core: [facts("model", { types: ["model"] }), facts(isOld ? "Dataset" : "dataset", { types: ["dataset"] })],
			made: facts("Golden Datasets", { description: "gold", "all types": true }),
			again: expect.stringContaining("already exists in organization"),
			typed: facts("typed", { visibility: "restricted", types: ["dataset"] }),
			unknown: why('; there are: dataset, model, Golden Datasets, typed. Did you mean "model"?'),
			changed: facts("typed", { description: "what it holds", types: ["dataset", "report"] }),
			"types stay": expect.stringContaining("Error"),
			closed: facts("typed", { description: "what it holds", types: ["code-book", "dataset", "report", "table"] }),
			renamed: "Gold",
			"by both names": ["Gold", isOld ? "Golden Datasets" : "Gold"].map(
				(name) => `${orgEntity}/wandb-registry-${name}/raw images:v0`,
			),
			"core renamed": expect.stringContaining("is there from the start and keeps its name"),
			deleted: why(`registry "Gold" of the organisation "${org}" was deleted`),
			"link of it": expect.stringContaining("wandb-registry-Gold"),
			"source of it": "v0",
			"core deleted": why("is there from the start and cannot be deleted"),
			anew: null,
		});
	});
});
