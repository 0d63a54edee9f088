import { expect, test } from "vitest";
import { addUserToOrganization } from "../org/index.ts";
import { linkInto, linkTo, logVersion, nodeIdOf } from "../testing/artifact-factories.ts";
import { makeUser } from "../testing/factories.ts";
import { startWorkplace } from "../testing/test-app.ts";

// What the app shows of registries and collections in lists, beyond what the client asks.

const { app, at } = await startWorkplace();

const registries = `query ($org: String!) { organization(name: $org) { registries {
	name registryContents { collections versions people changedAt } } } }`;
const collection = `query ($org: String!, $name: String!) { project(entityName: $org, name: "wandb-registry-dataset") {
	registryContents { collections }
	artifactCollection(name: $name) { versionCount createdBy { username }
		newestMembership { versionIndex createdBy { username } aliases { alias } } } } }`;

async function contentsOf(by = at.ann) {
	const { data } = await app.gql(by, registries, { org: at.org.name });
	return new Map<string, Record<string, unknown>>(
		data.organization.registries.map((each: { name: string; registryContents: Record<string, unknown> }) => [
			each.name,
			each.registryContents,
		]),
	);
}

test("registries tell how much is in them and how many people see them; deleted versions do not count", async () => {
	const reader = await makeUser(app.services);
	const { username } = reader.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "member" });
	const secret = { name: "wandb-registry-secret", entityName: at.org.name, access: "RESTRICTED" };
	const make = "mutation ($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }";
	expect((await app.gql(at.ann, make, { input: secret })).errors).toEqual([]);
	const target = { entityName: at.org.name, projectName: "wandb-registry-dataset" };
	const versions = [];
	for (const content of ["1", "2", "3"]) {
		const version = await logVersion({ by: at.ann, project: at.project, files: { a: content } });
		await linkInto(at.ann, linkTo(version, { ...target, collectionName: "zoo" }, ["best"]));
		versions.push(version);
	}
	const [first, , third] = versions;
	if (first === undefined || third === undefined) throw new Error("no versions");
	await linkInto(at.ann, linkTo(first, { ...target, collectionName: "farm" }));

	const before = await contentsOf();
	expect(before.get("wandb-registry-dataset")).toEqual({
		collections: 2,
		versions: 4,
		people: 2,
		changedAt: expect.any(String),
	});
	expect(before.get("wandb-registry-model")).toEqual({ collections: 0, versions: 0, people: 2, changedAt: null });
	expect(before.get("wandb-registry-secret")).toMatchObject({ collections: 0, people: 1 });
	expect((await contentsOf(reader)).has("wandb-registry-secret")).toBe(false);

	const zoo = async (by = at.ann) => (await app.gql(by, collection, { org: at.org.name, name: "zoo" })).data.project;
	const ann = { username: at.ann.user.username };
	expect(await zoo(reader)).toEqual({
		registryContents: { collections: 2 },
		artifactCollection: {
			versionCount: 3,
			createdBy: ann,
			newestMembership: { versionIndex: 2, createdBy: ann, aliases: [{ alias: "best" }, { alias: "latest" }] },
		},
	});
	const remove =
		"mutation ($id: ID!) { deleteArtifact(input: { artifactID: $id, deleteAliases: true }) { artifact { id } } }";
	expect((await app.gql(at.ann, remove, { id: nodeIdOf(third) })).errors).toEqual([]);
	expect((await contentsOf()).get("wandb-registry-dataset")).toMatchObject({ collections: 2, versions: 3 });
	expect(await zoo()).toMatchObject({ artifactCollection: { versionCount: 2, newestMembership: { versionIndex: 1 } } });
});

test("an ordinary project has no contents of a registry", async () => {
	const asked =
		"query ($e: String, $p: String) { project(entityName: $e, name: $p) { registryContents { versions } } }";
	const { data } = await app.gql(at.ann, asked, { e: at.team.name, p: at.project.name });
	expect(data.project.registryContents).toBeNull();
});
