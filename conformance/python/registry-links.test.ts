import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type Account, createAccount, createUser } from "../account.ts";
import { graphql } from "../graphql.ts";
import { textAt } from "../json.ts";
import { useServer } from "../server.ts";
import { runStep } from "./run-step.ts";

const server = useServer();

/** An account whose organisation has another name than the entity of its registries: a user took that. */
async function createAccountOfTwoNames(): Promise<Account> {
	const mark = randomBytes(4).toString("hex");
	const user = await createUser(server, `acme-${mark}`);
	const made = await graphql(
		user,
		"mutation ($name: String!) { createOrganization(input: { name: $name }) { organization { id name orgEntity { name } } } }",
		{ name: user.username },
	);
	const team = `team-${mark}`;
	await graphql(
		user,
		`mutation ($team: String!, $org: ID) {
			createTeam(input: { teamName: $team, organizationId: $org }) { entity { name } }
		}`,
		{ team, org: textAt(made, "createOrganization", "organization", "id") },
	);
	const setDefault = "mutation ($team: String) { updateUser(input: { defaultEntity: $team }) { user { id } } }";
	await graphql(user, setDefault, { team });
	const orgEntity = textAt(made, "createOrganization", "organization", "orgEntity", "name");
	expect(orgEntity).toBe(`${user.username}-org`);
	return { ...user, team, org: user.username, orgEntity, defaultEntity: team };
}

describe.each(["0.31.0", "0.18.7"])("wandb %s: links", (version) => {
	test("under every form of their names, and what becomes of them", async () => {
		const account = await createAccountOfTwoNames();
		const isOld = version === "0.18.7";
		const { org, orgEntity } = account;
		const env = { ORG: org, REGISTRY_ENTITY: orgEntity };
		const registry = `${orgEntity}/wandb-registry-dataset`;
		const source = `${account.team}/zoo/data:v1`;
		const missing = (name: string, why: string) =>
			expect.stringContaining(`"${name}" was not found in "${registry}"${why}`);
		expect(await runStep(account, version, "registry_links.py", { env })).toEqual({
			found: Array(3).fill(["v1", "v2", "v0", "v0", "v1"]),
			link: {
				...{ name: "Zoo animals:v0", project: "wandb-registry-dataset", qualified_name: `${registry}/Zoo animals:v0` },
				...{ source_name: "data:v1", source_version: "v1", source_project: "zoo", aliases: ["best"] },
				// wire: old clients cannot say that it is one, and give the number that the version has at its source.
				...(isOld ? { version: "v1", is_link: null } : { version: "v0", is_link: true }),
			},
			same: true,
			versions: [
				["Zoo animals:v2", "v0"],
				["Zoo animals:v1", "v2"],
				["Zoo animals:v0", "v1"],
			],
			...{ used: ["v1", "v1", "v1"], "used by": ["user"], "used by the source": ["user"], bytes: "second" },
			// wire: the command of 0.18.7 falls over a registry's name before it asks the server anything.
			"by command": isOld ? expect.stringContaining("no attribute '_resolve_org_entity_name'") : "third",
			collection: ["Zoo animals", "dataset", null, ["best", "latest", "old", "older"], false],
			changed: [isOld ? "animals" : "Animals", "# All animals", ["a b", "curated"]],
			...{ "by the old name": "v1", "linked by the old name": ["v3", "v3"], aliases: [["gold"], []] },
			...(isOld
				? {}
				: {
						"linked artifacts": [`${registry}/Animals:v0`, `${registry}/elsewhere:v0`],
						source,
						"unlink of the source": expect.stringContaining("is not a linked artifact and cannot be unlinked"),
					}),
			unlinked: missing("elsewhere:v0", ': "elsewhere" has no version yet, or none that is left'),
			...{ still: "v1", "linked anew": "v1" },
			"deleted at the source": missing("elsewhere:v2", ': v2 was deleted; "elsewhere" has versions up to v1'),
			...{ latest: "v1", "source stays": "v1" },
			"collection gone": missing("elsewhere:latest", '; there are: "Animals:latest"'),
		});
	});
});

test("wandb 0.31.0: processes that link at the same moment get v0 to v11 without gap or double", async () => {
	const account = await createAccount(server);
	const env = { REGISTRY_ENTITY: account.orgEntity };
	const numbers = Array.from({ length: 12 }, (_, index) => index);
	expect(await runStep(account, "0.31.0", "link_race.py", { env })).toEqual({
		ended: [0, 0, 0],
		names: numbers.toReversed().map((number) => `race:v${number}`),
		sources: numbers,
	});
});
