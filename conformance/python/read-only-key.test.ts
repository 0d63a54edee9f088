import { expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { graphql } from "../graphql.ts";
import { textAt } from "../json.ts";
import { useServer } from "../server.ts";
import { expectSuccess, newClient } from "./run-script.ts";
import { runStep } from "./run-step.ts";
import { clientVersions } from "./setup.mjs";

const server = useServer();

const logRows = `
import wandb
with wandb.init(project="zoo") as run:
    artifact = wandb.Artifact("rows", type="dataset")
    with artifact.new_file("rows.txt") as file:
        file.write("one")
    run.log_artifact(artifact)
`;

test.each(clientVersions)(
	"wandb $version: a key that only reads reads, also under the name that a team had",
	async ({ version }) => {
		const account = await createAccount(server);
		expectSuccess(await newClient(version, account).script(logRows));
		const made = await graphql(account, 'mutation { generateApiKey(input: { scope: "read" }) { apiKey { name } } }');
		await graphql(
			account,
			"mutation ($e: String!, $n: String) { updateEntity(input: { entityName: $e, name: $n }) { entity { name } } }",
			{ e: account.team, n: `${account.team}-anew` },
		);
		const reader = { ...account, apiKey: textAt(made, "generateApiKey", "apiKey", "name") };
		expect(await runStep(reader, version, "read_only.py", { env: { OLD_TEAM: account.team } })).toEqual({
			rows: "one",
			description: null,
			run: true,
		});
	},
);
