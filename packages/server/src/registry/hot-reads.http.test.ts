import { beforeAll, expect, test } from "vitest";
import { toNodeId } from "../graphql/node-id.ts";
import { logVersion } from "../testing/artifact-factories.ts";
import { startWorkplace } from "../testing/test-app.ts";

// What the client asks most, and the queries that each may cost: a round trip costs more than all else in such a request.

const { app, at } = await startWorkplace();
let id: string;

beforeAll(async () => {
	const version = { by: at.ann, project: at.project, tags: ["t"], aliases: ["best"], collectionName: "hot" };
	id = toNodeId("Artifact", (await logVersion(version)).id);
	await logVersion({ by: at.ann, project: at.project, collectionName: "other", files: { b: "b" } });
	const linked = await app.gql(at.ann, linkArtifact, { input: linkInput() });
	expect(linked.errors).toEqual([]);
});

const projectInfo = "project { id internalId name entity { name } }";
const version = `id artifactSequence { name ${projectInfo} } versionIndex artifactType { name } description metadata
	ttlDurationSeconds ttlIsInherited tags { id name } historyStep state size digest commitHash fileCount createdAt updatedAt
	aliases { id alias artifactCollection { __typename name ${projectInfo} } }`;
const membership = `id versionIndex createdAt aliases { id alias } artifactCollection { __typename name ${projectInfo} }
	artifact { ${version} }`;
const linkArtifact = `mutation LinkArtifact($input: LinkArtifactInput!) {
	linkArtifact(input: $input) { versionIndex artifactMembership { ${membership} } } }`;

const linkInput = () => ({
	artifactID: id,
	artifactPortfolioName: "linked",
	entityName: at.org.name,
	projectName: "wandb-registry-dataset",
	aliases: [],
});
const named = (name: string) => ({ entity: at.project.entityName, project: at.project.name, name });

const inProject = (fields: string) => `query ($entity: String, $project: String, $name: String!) {
	project(name: $project, entityName: $entity) { ${fields} } }`;
const collections = `artifactType(name: $name) { artifactCollections(first: 50) { totalCount pageInfo { endCursor hasNextPage }
	edges { node { __typename id name description createdAt updatedAt ${projectInfo} type: defaultArtifactType { name }
		tags { edges { node { id } } } } } } }`;

const reads: ReadonlyArray<[string, string, () => Record<string, unknown>, string[]]> = [
	[
		"ArtifactType",
		inProject("artifact(name: $name) { artifactType { name } }"),
		() => named("hot:best"),
		["artifact.memberByAlias", "project.readProject"],
	],
	[
		"ArtifactByID of a version that is linked",
		`query ($id: ID!) { artifact(id: $id) { ${version} } }`,
		() => ({ id }),
		["artifact.version"],
	],
	[
		"ArtifactMembershipByName by alias",
		inProject(`artifactCollectionMembership(name: $name) { ${membership} }`),
		() => named("hot:latest"),
		["artifact.memberByAlias", "project.readProject"],
	],
	[
		"ArtifactMembershipByName by number",
		inProject(`artifactCollectionMembership(name: $name) { ${membership} }`),
		() => named("HOT:v0"),
		["artifact.memberByVersion", "project.readProject"],
	],
	[
		"ArtifactTypeArtifactCollections",
		inProject(collections),
		() => named("dataset"),
		["artifact.pageCollections", "artifact.typeByName", "project.readProject"],
	],
	[
		"the registries of an organisation",
		"query ($name: String!) { organization(name: $name) { registries { id name access } } }",
		() => ({ name: at.org.name }),
		["org.readOrganizationByName", "registry.ofOrganization"],
	],
	["ServerFeaturesQuery", "{ serverInfo { features { name isEnabled } } }", () => ({}), []],
];

test.each(reads)("%s costs no more queries than it must", async (_what, query, variables, expected) => {
	const queries = await app.queriesOf(async () => {
		expect((await app.gql(at.ann, query, variables())).errors).toEqual([]);
	});
	expect(queries).toEqual(expected);
});

test("a link reads each thing once, and its answer whole", async () => {
	const queries = await app.queriesOf(async () => {
		expect(await app.gql(at.ann, linkArtifact, { input: linkInput() })).toMatchObject({
			errors: [],
			data: { linkArtifact: { versionIndex: 0, artifactMembership: { artifact: { id, tags: [{ name: "t" }] } } } },
		});
	});
	const reading = ["artifact.version", "project.readProject", "registry.byProjects", "artifact.memberById"];
	expect(queries.filter((name) => reading.includes(name))).toEqual(reading.toSorted());
	const oneByOne = /byIds$|ByIds$|tagsOf|aliasesOf/;
	expect(queries.filter((name) => oneByOne.test(name))).toEqual([]);
});

test("a first link of a version into a collection that is there is one statement besides what it reads", async () => {
	const files = { "c.txt": "linked next" };
	const next = toNodeId(
		"Artifact",
		(await logVersion({ by: at.ann, project: at.project, collectionName: "hot", files })).id,
	);
	const queries = await app.queriesOf(async () => {
		const reply = await app.gql(at.ann, linkArtifact, { input: { ...linkInput(), artifactID: next } });
		expect(reply).toMatchObject({ errors: [], data: { linkArtifact: { versionIndex: 1 } } });
	});
	const reads = ["artifact.version", "project.readProject", "registry.byProjects", "artifact.collectionByAnyName"];
	expect(queries).toEqual([...reads, "artifact.link", "artifact.memberById"].toSorted());
});
