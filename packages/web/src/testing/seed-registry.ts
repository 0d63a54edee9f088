import type { KeifuClient } from "@keifu/sdk";
import { logReference, makeRun } from "./seed-lineage.ts";

const models = { entityName: "my-org", projectName: "wandb-registry-model" };

/** Links a version into a collection of the Model registry. */
async function linkModel(
	client: KeifuClient,
	artifactID: string,
	artifactPortfolioName: string,
	aliases: readonly string[] = [],
): Promise<void> {
	await client.graphql("mutation($input: LinkArtifactInput!) { linkArtifact(input: $input) { versionIndex } }", {
		input: {
			...models,
			artifactID,
			artifactPortfolioName,
			aliases: aliases.map((alias) => ({ alias, artifactCollectionName: artifactPortfolioName })),
		},
	});
}

/**
 * A collection `zoo-classifier` with four versions whose runs say how good they were, used by one run; `net:v4`, not
 * linked yet; an empty collection `empty-cage`; a protected alias `prod`; a restricted custom registry.
 */
export async function seedRegistry(client: KeifuClient): Promise<void> {
	for (const [index, accuracy] of [0.71, 0.78, 0.76, 0.91, 0.93].entries()) {
		const summary = JSON.stringify({ accuracy, loss: Number((1 - accuracy).toFixed(2)) });
		const runName = `train-${index}`;
		await makeRun(client, { name: runName, displayName: `brisk-otter-${index}`, jobType: "train", summary });
		const version = await logReference(client, {
			...{ runName, name: "net", type: "model" },
			content: `net ${index}`,
			metadata: { epochs: 10 + index, framework: "torch" },
		});
		if (index < 4) await linkModel(client, version, "zoo-classifier", index === 3 ? ["staging"] : []);
		if (index === 2) {
			await makeRun(client, { name: "evaluate", displayName: "calm-heron-7", jobType: "evaluate" });
			await client.graphql("mutation($input: UseArtifactInput!) { useArtifact(input: $input) { artifact { id } } }", {
				input: {
					...{ artifactID: version, runName: "evaluate", entityName: "my-team", projectName: "zoo" },
					...{ artifactEntityName: models.entityName, artifactProjectName: models.projectName },
				},
			});
		}
	}
	const create = `mutation($input: CreateArtifactPortfolioInput!) {
		createArtifactPortfolio(input: $input) { artifactCollection { id } } }`;
	await client.graphql(create, { input: { ...models, name: "empty-cage", artifactTypeName: "model" } });
	const { project } = await client.graphql<{ project: { id: string; artifactCollection: { id: string } } }>(
		`query($entityName: String, $projectName: String) { project(entityName: $entityName, name: $projectName) {
			id artifactCollection(name: "zoo-classifier") { id } } }`,
		models,
	);
	await client.graphql("mutation($input: UpdateRegistryInput!) { updateRegistry(input: $input) { project { id } } }", {
		input: { projectId: project.id, protectedAliases: ["prod"] },
	});
	const { artifact } = await client.graphql<{ artifact: { artifact: { id: string } } }>(
		`query { artifact: project(entityName: "my-org", name: "wandb-registry-model") {
			artifact(name: "zoo-classifier:v2") { id } } }`,
		{},
	);
	await client.graphql("mutation($input: AddAliasesInput!) { addAliases(input: $input) { success } }", {
		input: {
			artifactID: artifact.artifact.id,
			aliases: [{ alias: "prod", artifactCollectionName: "zoo-classifier", ...models }],
		},
	});
	await client.graphql(
		`mutation($input: CreateArtifactCollectionTagAssignmentsInput!) {
			createArtifactCollectionTagAssignments(input: $input) { tags { id } } }`,
		{ input: { ...models, artifactCollectionName: "zoo-classifier", tags: [{ tagName: "vision" }] } },
	);
	await client.graphql(
		`mutation($input: UpdateArtifactPortfolioInput!) {
			updateArtifactPortfolio(input: $input) { artifactCollection { id } } }`,
		{
			input: {
				artifactPortfolioID: project.artifactCollection.id,
				description: "Classifies **animals** of the zoo.\n\n- trained weekly\n- see [the card](https://example.org)",
			},
		},
	);
	await client.graphql("mutation($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }", {
		input: {
			entityName: "my-org",
			name: "wandb-registry-Golden Datasets",
			description: "Data that was checked by hand, and that every team may train on.",
			access: "RESTRICTED",
			allowAllArtifactTypesInRegistry: false,
			artifactTypes: [{ name: "dataset" }, { name: "raw-images" }],
		},
	});
}
