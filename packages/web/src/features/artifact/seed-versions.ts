import type { KeifuClient } from "@keifu/sdk";
import { logFiles } from "../../testing/seed-files.ts";
import { logReference, makeRun } from "../../testing/seed-lineage.ts";

/** The course of two numbers, as the client streams it. */
async function logHistory(client: KeifuClient, run: string): Promise<void> {
	const content = Array.from({ length: 40 }, (_, step) =>
		JSON.stringify({ _step: step, _runtime: step, loss: 2 / (step + 1), "val/acc": 1 - 1 / (step + 2) }),
	);
	await client.request(`/files/my-team/zoo/${run}/file_stream`, {
		method: "POST",
		headers: [["content-type", "application/json"]],
		body: JSON.stringify({ files: { "wandb-history.jsonl": { offset: 0, content } }, complete: true, exitcode: 0 }),
	});
}

async function protectAlias(client: KeifuClient, alias: string): Promise<void> {
	const { project } = await client.graphql<{ project: { id: string } }>(
		'{ project(entityName: "my-org", name: "wandb-registry-model") { id } }',
		{},
	);
	await client.graphql(`mutation($input: UpdateRegistryInput!) { updateRegistry(input: $input) { project { id } } }`, {
		input: { projectId: project.id, protectedAliases: [alias] },
	});
}

type Target = { registry: string; name: string; aliases: string[] };

async function link(client: KeifuClient, artifactID: string, { registry, name, aliases }: Target): Promise<void> {
	await client.graphql("mutation($input: LinkArtifactInput!) { linkArtifact(input: $input) { versionIndex } }", {
		input: {
			entityName: "my-org",
			projectName: `wandb-registry-${registry}`,
			artifactID,
			artifactPortfolioName: name,
			aliases: aliases.map((alias) => ({ alias, artifactCollectionName: name })),
		},
	});
}

/** Three versions of a model with much to say of them, one of them linked to a registry that protects an alias. */
export async function seedVersions(client: KeifuClient): Promise<{ guarded: string }> {
	await makeRun(client, { name: "fit1", displayName: "calm-river-7", jobType: "train" });
	await logHistory(client, "fit1");
	const log = (content: string, metadata: object, aliases: string[]) =>
		logReference(client, { runName: "fit1", name: "classifier", type: "model", content, metadata, aliases });
	const first = await log("a", { accuracy: 0.81 }, ["baseline"]);
	await log("b", {}, []);
	const metadata = {
		accuracy: 0.912345678,
		parameters: 11_689_512,
		training: { optimizer: { name: "adamw", lr: 0.0003 }, epochs: 40, seeds: [1, 2, 3] },
		labels: { cat: 1200, dog: 980, "arctic fox": 41 },
		source: "s3://zoo/animals/2026-11",
	};
	const newest = await log("c", metadata, ["latest", "candidate"]);
	await makeRun(client, { name: "eval1", displayName: "quiet-sun-8", jobType: "evaluate" });
	await client.graphql("mutation($input: UseArtifactInput!) { useArtifact(input: $input) { artifact { id } } }", {
		input: { entityName: "my-team", projectName: "zoo", runName: "eval1", artifactID: newest },
	});
	await protectAlias(client, "production");
	await link(client, first, { registry: "model", name: "Zoo Classifier", aliases: ["production", "staging"] });
	// Two versions that have no alias where they were logged, one of them with one in a registry.
	const rate = (content: string) =>
		logReference(client, { runName: "fit1", name: "rater", type: "model", content, aliases: [] });
	const rated = await rate("r0");
	await rate("r1");
	await link(client, rated, { registry: "model", name: "Zoo Rater", aliases: ["prod"] });
	// Linked nowhere: whoever may read a version in one registry has its bytes, whatever the others say.
	const other = { collection: "guarded", type: "model", files: { "metrics.json": '{"acc": 0.75}' }, metadata };
	return { guarded: await logFiles(client, other) };
}

/** A registry for people named there alone, with a version in it. */
export async function seedVault(
	client: KeifuClient,
	artifactID: string,
	registry = "vault",
): Promise<{ vault: string }> {
	const { upsertModel } = await client.graphql<{ upsertModel: { project: { id: string } } }>(
		`mutation($name: String!) { upsertModel(input: { entityName: "my-org", name: $name, access: "RESTRICTED" }) {
			project { id } } }`,
		{ name: `wandb-registry-${registry}` },
	);
	await link(client, artifactID, { registry, name: "Guarded", aliases: ["gold"] });
	return { vault: upsertModel.project.id };
}

/** An address at which somebody joins the organisation as a viewer. */
export async function inviteViewer(client: KeifuClient, email: string): Promise<string> {
	const { createInvite } = await client.graphql<{ createInvite: { invite: { link: string } } }>(
		`mutation($email: String) { createInvite(input: { entityName: "my-org", email: $email, role: "viewer" }) {
			invite { link } } }`,
		{ email },
	);
	return createInvite.invite.link;
}

/** Lets somebody see what is in a registry, and no more. */
export async function restrict(client: KeifuClient, projectId: string, email: string): Promise<void> {
	const { users } = await client.graphql<{ users: { edges: { node: { id: string } }[] } }>(
		"query($email: String!) { users(query: $email) { edges { node { id } } } }",
		{ email },
	);
	const userId = users.edges[0]?.node.id;
	await client.graphql(
		`mutation($add: CreateProjectMembersInput!, $role: UpdateProjectMemberInput!) {
			createProjectMembers(input: $add) { success }
			updateProjectMember(input: $role) { success }
		}`,
		{ add: { projectId, userIds: [userId] }, role: { projectId, userId, userProjectRole: "restricted_viewer" } },
	);
}
