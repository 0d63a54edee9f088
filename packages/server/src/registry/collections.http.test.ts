import { beforeAll, describe, expect, test } from "vitest";
import type { ArtifactRow } from "../artifact/index.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { addUserToOrganization } from "../org/index.ts";
import { eventsOf, linkInto, linkTo, logVersion, makeWorkplace, nodeIdOf } from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeUser } from "../testing/factories.ts";
import { startWorkplace } from "../testing/test-app.ts";

// Collections of a registry that people make by hand, and move to another registry.

const { app, at } = await startWorkplace();
/** A member of the organisation. */
let bob: MadeUser;
/** A viewer of the organisation. */
let eve: MadeUser;

beforeAll(async () => {
	[bob, eve] = [await makeUser(app.services), await makeUser(app.services)];
	for (const [user, role] of [
		[bob, "member"],
		[eve, "viewer"],
	] as const) {
		const { username } = user.user;
		await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role });
	}
	for (const name of ["all", "more"]) await makeRegistry(name);
	await makeRegistry("secret", { access: "RESTRICTED" });
	await makeRegistry("read-only", { role: "viewer" });
});

async function makeRegistry(name: string, { access = "PRIVATE", role = "member" } = {}): Promise<void> {
	const made = await app.gql(
		at.ann,
		`mutation { upsertModel(input: { entityName: "${at.org.name}", name: "wandb-registry-${name}", access: "${access}" }) { inserted project { id } } }`,
	);
	expect(made.data.upsertModel.inserted).toBe(true);
	const everybody = `mutation { updateRegistry(input: { projectId: "${made.data.upsertModel.project.id}", defaultRole: "${role}" }) { project { id } } }`;
	expect((await app.gql(at.ann, everybody)).errors).toEqual([]);
}

const fields = "id name description defaultArtifactType { name } project { name } versionCount";
const create = async (by: MadeUser, registry: string, name: string, { typeName = "dataset", ...more } = {}) =>
	await app.gql(
		by,
		`mutation ($input: CreateArtifactPortfolioInput!) { createArtifactPortfolio(input: $input) { artifactCollection { ${fields} } } }`,
		{
			input: {
				entityName: at.org.name,
				projectName: `wandb-registry-${registry}`,
				artifactTypeName: typeName,
				name,
				...more,
			},
		},
	);
const move = async (by: MadeUser, id: string, registry: string, entity = at.org.name) =>
	await app.gql(
		by,
		`mutation ($input: MoveArtifactPortfolioInput!) { moveArtifactPortfolio(input: $input) { artifactCollection { ${fields} } } }`,
		{
			input: {
				artifactPortfolioID: toNodeId("ArtifactCollection", id),
				destinationEntityName: entity,
				destinationProjectName: `wandb-registry-${registry}`,
			},
		},
	);
/** What a full name leads to: registry, collection, number. */
const find = async (by: MadeUser, registry: string, name: string) => {
	const { data } = await app.gql(
		by,
		`query ($entity: String, $project: String, $name: String!) { project(entityName: $entity, name: $project) {
			artifactCollectionMembership(name: $name) { versionIndex artifactCollection { name project { name } } } } }`,
		{ entity: at.org.name, project: `wandb-registry-${registry}`, name },
	);
	const member = data.project?.artifactCollectionMembership;
	return member && [member.artifactCollection.project.name, member.artifactCollection.name, member.versionIndex];
};
const place = (registry: string, collectionName: string) => ({
	entityName: at.org.name,
	projectName: `wandb-registry-${registry}`,
	collectionName,
});
const log = (content: string, more: object = {}) =>
	logVersion({ by: at.ann, project: at.project, files: { "a.txt": content }, ...more });
/** A collection with one link, `v0`, in a registry. */
async function linked(registry: string, name: string, aliases: string[] = []) {
	const version = await log(name);
	const member = await linkInto(at.ann, linkTo(version, place(registry, name), aliases));
	return { version, id: member?.collectionId ?? "" };
}

describe("a collection made by hand", () => {
	test("is empty, has its type and description, and takes links", async () => {
		const described = { typeName: "dataset", description: "# What it is" };
		const made = await create(bob, "dataset", "By Hand", described);
		expect(made.data.createArtifactPortfolio.artifactCollection).toMatchObject({
			name: "By Hand",
			description: "# What it is",
			defaultArtifactType: { name: "dataset" },
			project: { name: "wandb-registry-dataset" },
			versionCount: 0,
		});
		expect(await linkInto(at.ann, linkTo(await log("by hand"), place("dataset", "by hand")))).toMatchObject({
			versionIndex: 0,
		});
		expect(await find(at.ann, "dataset", "by hand:latest")).toEqual(["wandb-registry-dataset", "By Hand", 0]);
		const { id } = made.data.createArtifactPortfolio.artifactCollection;
		const uuid = Buffer.from(id, "base64").toString().slice("ArtifactCollection:".length);
		expect(await eventsOf(app.services, uuid, "collection.created")).toMatchObject([{ name: "By Hand" }]);
	});

	const refusals: ReadonlyArray<[string, () => Promise<unknown>, string, RegExp]> = [
		[
			"of a name that is there",
			() => create(bob, "dataset", "by HAND"),
			"CONFLICT",
			/has a collection "by HAND" already/,
		],
		[
			"of another type",
			() => create(bob, "dataset", "x", { typeName: "model" }),
			"UNPROCESSABLE",
			/type "model": it accepts "dataset"/,
		],
		[
			"in an unknown registry",
			() => create(bob, "models", "x"),
			"NOT_FOUND",
			/there are: .*model.*Did you mean "model"\?/,
		],
		["in one that is hidden", () => create(bob, "secret", "x"), "NOT_FOUND", /registry "secret" was not found/],
		["by a viewer", () => create(eve, "dataset", "x"), "FORBIDDEN", /needs the role member/],
		["of a name that none can have", () => create(bob, "dataset", "a/b"), "INVALID_INPUT", /without "\/"/],
	];
	test.each(refusals)("%s is refused", async (_what, act, code, why) => {
		expect(await act()).toMatchObject({
			errors: [{ message: expect.stringMatching(why), extensions: { code } }],
		});
	});
});

describe("a collection that moved to another registry", () => {
	test("keeps what is in it, and its old paths lead on", async () => {
		const { id, version } = await linked("dataset", "moving", ["prod"]);
		expect((await move(bob, id, "all")).data.moveArtifactPortfolio.artifactCollection).toMatchObject({
			name: "moving",
			defaultArtifactType: { name: "dataset" },
			project: { name: "wandb-registry-all" },
			versionCount: 1,
		});
		for (const registry of ["dataset", "all"]) {
			for (const selector of ["v0", "prod", "latest"]) {
				expect(await find(at.ann, registry, `Moving:${selector}`)).toEqual(["wandb-registry-all", "moving", 0]);
			}
		}
		expect(await eventsOf(app.services, id, "collection.moved")).toMatchObject([{ from: "moving", to: "moving" }]);
		// As the client looks up a link's collection.
		const byType = `query { project(entityName: "${at.org.name}", name: "wandb-registry-dataset") {
			artifactType(name: "dataset") { artifactCollection(name: "moving") { id } } } }`;
		expect((await app.gql(at.ann, byType)).data.project.artifactType.artifactCollection).toEqual({
			id: toNodeId("ArtifactCollection", id),
		});

		const next = await log("moving on");
		expect(await linkInto(at.ann, linkTo(next, place("dataset", "moving")))).toMatchObject({
			collectionId: id,
			versionIndex: 1,
		});
		await aliasByOldPath(next);
		expect(await find(at.ann, "all", "moving:gold")).toEqual(["wandb-registry-all", "moving", 1]);
		expect(version.projectId).toBe(at.project.id);
	});

	async function aliasByOldPath(version: ArtifactRow): Promise<void> {
		const alias = {
			entityName: at.org.name,
			projectName: "wandb-registry-dataset",
			artifactCollectionName: "moving",
			alias: "gold",
		};
		const mutation = "mutation ($input: AddAliasesInput!) { addAliases(input: $input) { success } }";
		const input = { artifactID: nodeIdOf(version), aliases: [alias] };
		expect((await app.gql(bob, mutation, { input })).errors).toEqual([]);
		const tags = `mutation { createArtifactCollectionTagAssignments(input: { entityName: "${at.org.name}", projectName: "wandb-registry-dataset",
			artifactCollectionName: "moving", tags: [{ tagName: "t" }] }) { tags { name } } }`;
		expect((await app.gql(bob, tags)).data.createArtifactCollectionTagAssignments.tags).toEqual([{ name: "t" }]);
	}

	test("leaves its name to the next who makes one, and comes back", async () => {
		const { id } = await linked("dataset", "there and back");
		await move(bob, id, "all");
		expect((await move(bob, id, "dataset")).errors).toEqual([]);
		expect(await find(at.ann, "all", "there and back:v0")).toEqual(["wandb-registry-dataset", "there and back", 0]);
		await move(bob, id, "all");
		await create(bob, "dataset", "there and back");
		expect(await find(at.ann, "dataset", "there and back:v0")).toBeNull();
		expect(await find(at.ann, "all", "there and back:v0")).toEqual(["wandb-registry-all", "there and back", 0]);
		expect((await move(bob, id, "dataset")).errors).toMatchObject([{ extensions: { code: "CONFLICT" } }]);
		expect((await move(bob, id, "more")).errors).toEqual([]);
	});

	test("to where one may not look leads nowhere, as if it were gone", async () => {
		const { id, version } = await linked("dataset", "hidden");
		expect((await move(bob, id, "secret")).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
		expect((await move(at.ann, id, "secret")).errors).toEqual([]);
		expect(await find(at.ann, "dataset", "hidden:v0")).toEqual(["wandb-registry-secret", "hidden", 0]);
		const gone = await find(bob, "dataset", "hidden:v0");
		expect([gone, await find(bob, "dataset", "never:v0")]).toEqual([null, null]);
		const collection = (name: string) =>
			app.gql(
				bob,
				`{ project(entityName: "${at.org.name}", name: "wandb-registry-dataset") { artifactCollection(name: "${name}") { id } } }`,
			);
		const [queries, others] = [
			await app.queriesOf(async () => expect((await collection("hidden")).data.project.artifactCollection).toBeNull()),
			await app.queriesOf(async () => expect((await collection("never")).data.project.artifactCollection).toBeNull()),
		];
		expect(queries).toEqual(others);
		// Who links to the old path without knowing of the new one makes a new collection there.
		const own = await makeProject(app.services, { by: at.ann, entityName: at.team.name, access: "USER_READ" });
		const open = await logVersion({ by: at.ann, project: own });
		const member = await linkInto(bob, linkTo(open, place("dataset", "hidden")));
		expect(member?.collectionId).not.toBe(id);
		expect(version.versionIndex).toBeTypeOf("number");
	});

	test("may be linked to by its old path by those who may write where it is", async () => {
		const { id } = await linked("dataset", "guarded");
		await move(at.ann, id, "model").then(({ errors }) => expect(errors[0]?.message).toMatch(/it accepts "model"/));
		expect((await move(eve, id, "all")).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
		await move(at.ann, id, "read-only");
		const open = await makeProject(app.services, { by: at.ann, entityName: at.team.name, access: "USER_READ" });
		const link = linkTo(await logVersion({ by: at.ann, project: open }), place("dataset", "guarded"));
		await expect(linkInto(bob, link)).rejects.toMatchObject({ code: "FORBIDDEN" });
		expect(await linkInto(at.ann, link)).toMatchObject({ collectionId: id });
	});

	test("must stay in its organisation, and hold only what its teams logged", async () => {
		const other = await makeWorkplace(app.services);
		const { id } = await linked("dataset", "at home");
		expect((await move(at.ann, id, "dataset", other.org.name)).errors).toMatchObject([
			{ extensions: { code: "NOT_FOUND" } },
		]);
		const mine = await makeProject(app.services, { by: at.ann });
		const version = await logVersion({ by: at.ann, project: mine });
		const ordinary = { entityName: at.team.name, projectName: at.project.name, collectionName: "mixed" };
		const member = await linkInto(at.ann, linkTo(version, ordinary));
		const refused = await move(at.ann, member?.collectionId ?? "", "all");
		expect(refused.errors[0]?.message).toMatch(`v0 of "${mine.entityName}"`);
	});

	test("takes admins where it holds a protected alias, here or there", async () => {
		const protect = async (registry: string, aliases: string[]) => {
			const { data } = await app.gql(
				at.ann,
				`{ organization(name: "${at.org.name}") { registry(name: "${registry}") { id } } }`,
			);
			const input = { projectId: data.organization.registry.id, protectedAliases: aliases };
			const mutation = "mutation ($input: UpdateRegistryInput!) { updateRegistry(input: $input) { project { id } } }";
			expect((await app.gql(at.ann, mutation, { input })).errors).toEqual([]);
		};
		const { id } = await linked("all", "watched", ["gate"]);
		await protect("more", ["gate"]);
		expect((await move(bob, id, "more")).errors[0]?.message).toMatch(/"gate" is protected in the registry "more"/);
		expect((await move(at.ann, id, "more")).errors).toEqual([]);
		expect((await move(bob, id, "all")).errors[0]?.message).toMatch(/"gate" is protected in the registry "more"/);
		await protect("more", []);
		expect((await move(bob, id, "all")).errors).toEqual([]);
	});
});
