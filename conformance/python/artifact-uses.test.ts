import { describe, expect, test } from "vitest";
import { type Account, createAccount } from "../account.ts";
import { graphql } from "../graphql.ts";
import { at, listAt, textAt } from "../json.ts";
import { useServer } from "../server.ts";
import { runStep } from "./run-step.ts";
import { clientVersions } from "./setup.mjs";

const server = useServer();

/** What the server shows of the run's inputs, in the order of their use. */
async function usesOf(account: Account, run: string): Promise<unknown[]> {
	const query = `query ($entity: String!, $run: String!) {
		project(name: "zoo", entityName: $entity) { run(name: $run) { inputArtifacts { edges { usedAs node { id } } } } }
	}`;
	const data = await graphql(account, query, { entity: account.team, run });
	const edges = listAt(data, "project", "run", "inputArtifacts", "edges");
	return edges.map((edge) => ({ id: at(edge, "node", "id"), usedAs: at(edge, "usedAs") }));
}

const versions = clientVersions.filter(({ version }) => ["0.31.0", "0.18.7"].includes(version));

/** Every run that logged the version's content, first one first. */
async function producersOf(account: Account, id: string): Promise<unknown[]> {
	const query = "query ($id: ID!) { artifact(id: $id) { producedBy { edges { node { name } } } } }";
	const edges = listAt(await graphql(account, query, { id }), "artifact", "producedBy", "edges");
	return edges.map((edge) => at(edge, "node", "name"));
}

describe.each(versions)("wandb $version: using versions", ({ version }) => {
	test("every name leads to the version, and each use, producer and refusal is recorded as it was", async () => {
		const account = await createAccount(server);
		// Later clients take `use_as` and say nothing of it.
		const saysPurpose = version === "0.18.7";
		const env = { TEAM: account.team, ORG: account.org, ORG_ENTITY: account.orgEntity };
		const answers = await runStep(account, version, "artifact_uses.py", { env });
		const [old, newer, model] = ["old", "new", "model"].map((name) => textAt(answers, "ids", name));
		const byName = { version: old, alias: old, digest: old, "commit hash": old, project: old, "full path": old };
		expect(at(answers, "used")).toEqual({
			...byName,
			...{ "bare name": newer, "from another project": old },
			"registry without organisation": model,
			"registry of the organisation": model,
			"registry of the org entity": model,
		});
		expect(at(answers, "draft")).toEqual({ version: "v0", aliases: ["latest", "mine"], state: "COMMITTED" });
		expect(at(answers, "config")).toEqual({ data: old, text: newer, id: model });

		const there = 'animals" has versions up to v1 and the aliases best, latest';
		expect(answers).toMatchObject({
			errors: {
				"missing version": expect.stringContaining(there),
				"missing artifact": expect.stringContaining("no-such:latest"),
				"missing project": `project 'no-such-project' not found under entity '${account.team}'`,
				"other type": expect.stringMatching(/type '?model'? specified but this artifact is of type '?dataset'?/),
			},
			"wrong used": 0,
		});

		// The alias moved after its use: the use stays with the version that it then named.
		const users = ["afar", "by-alias", "by-config", "by-name", "by-object", "purpose"];
		const registered = { loggedBy: "producer", usedBy: ["afar", "by-config"], id: model };
		expect(answers).toMatchObject({
			"zoo/animals:v0": {
				aliases: [],
				usedBy: users,
				loggedBy: "producer",
			},
			"zoo/animals:v1": { aliases: ["best", "latest"], usedBy: ["bare", "by-config", "purpose"], loggedBy: "producer" },
			"zoo/weights:v0": { ...registered, aliases: ["latest"] },
			"wandb-registry-model/chosen:v0": { ...registered, aliases: ["latest", "prod"] },
			"zoo/fresh:v0": { usedBy: ["by-draft"], loggedBy: null },
			"used by afar": [old, model].sort(),
			"used by bare": [newer],
			"used by by-alias": [old],
			"used by by-config": [old, newer, model].sort(),
			"logged by producer": ["animals:v0", "animals:v1", "weights:v0"],
			"logged by second-producer": ["animals:v0", "animals:v1"],
			"logged by by-draft": [],
		});
		expect(await producersOf(account, old ?? "")).toEqual(["producer", "second-producer"]);
		expect(await producersOf(account, model ?? "")).toEqual(["producer", "wrong"]);
		expect(at(answers, "afterwards")).toEqual({ used: ["animals:v0"], logged: ["weights:v0"], versions: ["v0"] });
		expect(await usesOf(account, "wrong")).toEqual([{ id: old, usedAs: "animals:v0" }]);
		expect([await usesOf(account, "purpose"), await usesOf(account, "by-config")]).toEqual([
			[old, newer].map((id, index) => ({
				id,
				usedAs: saysPurpose ? ["training-data", "animals:latest"][index] : null,
			})),
			[old, newer, model].map((id, index) => ({ id, usedAs: saysPurpose ? ["data", "text", "id"][index] : null })),
		]);
	});
});
