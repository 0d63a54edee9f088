import { expect, test } from "vitest";
import { linkInto, linkTo, logVersion, nodeIdOf } from "../testing/artifact-factories.ts";
import { makeUser } from "../testing/factories.ts";
import { startWorkplace } from "../testing/test-app.ts";

// What the page of a version asks that no client does.

const { app, at } = await startWorkplace();
const registry = { entityName: at.org.name, projectName: "wandb-registry-dataset" };
const log = (collectionName: string) => logVersion({ by: at.ann, project: at.project, collectionName });

test("a place says who linked the version there", async () => {
	const version = await log("linked");
	await linkInto(at.ann, linkTo(version, registry));
	const query = `query ($id: ID!) { artifact(id: $id) { artifactMemberships {
		edges { node { createdBy { username } artifactCollection { name } } } } } }`;
	const { data } = await app.gql(at.ann, query, { id: nodeIdOf(version) });
	expect(data.artifact.artifactMemberships.edges).toEqual([
		{ node: { createdBy: { username: at.ann.user.username }, artifactCollection: { name: "linked" } } },
		{ node: { createdBy: { username: at.ann.user.username }, artifactCollection: { name: "best" } } },
	]);
});

test("a deleted version is found by the number that it had, by those who see the collection", async () => {
	const version = await log("gone");
	await log("gone");
	const query = `query ($id: ID!, $index: Int!) { artifactCollection(id: $id) { name
		... on ArtifactSequence { deletedVersion(versionIndex: $index) { id state } } } }`;
	const { data: found } = await app.gql(
		at.ann,
		`query ($entity: String, $project: String) { project(entityName: $entity, name: $project) {
			artifactCollection(name: "gone") { id } } }`,
		{ entity: at.project.entityName, project: at.project.name },
	);
	const { id } = found.project.artifactCollection;
	const ghost = async (by: typeof at.ann, index: number) =>
		(await app.gql(by, query, { id, index })).data?.artifactCollection?.deletedVersion ?? null;
	expect(await ghost(at.ann, 0)).toBeNull();
	const remove =
		"mutation ($id: ID!) { deleteArtifact(input: { artifactID: $id, deleteAliases: true }) { artifact { id } } }";
	await app.gql(at.ann, remove, { id: nodeIdOf(version) });
	expect(await ghost(at.ann, 0)).toEqual({ id: nodeIdOf(version), state: "DELETED" });
	expect(await ghost(at.ann, 1)).toBeNull();
	expect(await ghost(await makeUser(app.services), 0)).toBeNull();
});
