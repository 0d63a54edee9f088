import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addUserToOrganization } from "../org/index.ts";
import {
	eventsOf,
	linkInto,
	linkTo,
	logVersion,
	makeWorkplace,
	type Workplace,
} from "../testing/artifact-factories.ts";
import { type MadeUser, makeUser } from "../testing/factories.ts";
import { type GraphqlAnswer, startTestApp, type TestApp } from "../testing/test-app.ts";

// What the client's Registry saves: made, changed, found and not found.

let app: TestApp;
let at: Workplace;
let member: MadeUser;
let viewer: MadeUser;

beforeAll(async () => {
	app = await startTestApp();
});
beforeEach(async () => {
	at = await makeWorkplace(app.services);
	[member, viewer] = [await join("member"), await join("viewer")];
});
afterAll(async () => {
	await app?.close();
});

async function join(role: "member" | "viewer"): Promise<MadeUser> {
	const user = await makeUser(app.services);
	const { username } = user.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role });
	return user;
}

const fragment = `id name description access allowAllArtifactTypes: allowAllArtifactTypesInRegistry acceptedArtifactTypes
	artifactTypes(includeAll: true) { edges { node { name } } }`;
type Saved = { description?: string | null; access?: string; artifactTypes?: string[]; allowAll?: boolean };
/** As `registry.save()` sends it. */
const save = async (by: MadeUser, name: string, { artifactTypes = [], allowAll, ...more }: Saved = {}) =>
	await app.gql(
		by,
		`mutation ($input: UpsertModelInput!) { upsertModel(input: $input) { inserted project { ${fragment} } } }`,
		{
			input: {
				...{ name: `wandb-registry-${name}`, entityName: at.org.name, access: "PRIVATE", ...more },
				artifactTypes: artifactTypes.map((type) => ({ name: type })),
				...(allowAll === undefined ? {} : { allowAllArtifactTypesInRegistry: allowAll }),
			},
		},
	);
const registryOf = ({ data }: GraphqlAnswer) => data.upsertModel.project;
const uuidOf = (nodeId: string) => Buffer.from(nodeId, "base64").toString().slice("Project:".length);
const load = async (by: MadeUser, name: string) =>
	await app.gql(
		by,
		"query ($name: String, $entity: String!) { entity(name: $entity) { project(name: $name) { id name } } }",
		{ name: `wandb-registry-${name}`, entity: at.org.name },
	);

describe("a registry", () => {
	test("is new once, whatever the case of its name, and made by members of the organisation", async () => {
		expect((await save(member, "Golden Datasets", { allowAll: true })).data.upsertModel).toMatchObject({
			inserted: true,
			project: { name: "wandb-registry-Golden Datasets", description: null, allowAllArtifactTypes: true },
		});
		expect((await save(member, "golden datasets")).data.upsertModel).toMatchObject({ inserted: false });
		const refused = await save(viewer, "mine");
		expect(refused).toMatchObject({
			status: 403,
			errors: [{ message: expect.stringMatching(/needs the role member/) }],
		});
		expect((await save(await makeUser(app.services), "mine")).errors).toMatchObject([
			{ extensions: { code: "NOT_FOUND" } },
		]);
		for (const nameless of ["", "  "]) {
			expect((await save(member, nameless)).errors).toMatchObject([{ extensions: { code: "INVALID_INPUT" } }]);
		}
		expect((await save(member, "x", { access: "USER_READ" })).errors[0]?.message).toMatch(
			/no visibility of a registry/,
		);
	});

	test("that was deleted is said to be, to those who could see it", async () => {
		const made = registryOf(await save(at.ann, "old", { access: "RESTRICTED" }));
		await app.gql(at.ann, `mutation { deleteModel(input: { id: "${made.id}" }) { success } }`);
		expect((await load(at.ann, "OLD")).errors[0]?.message).toMatch(/"OLD" of the organisation .* was deleted/);
		expect((await load(member, "old")).errors[0]?.message).toMatch(/registry "old" was not found/);
	});

	test("is found in any case; one that is not there is answered with those that are", async () => {
		expect((await load(member, "MODEL")).data.entity.project).toMatchObject({ name: "wandb-registry-model" });
		await save(at.ann, "secret", { access: "RESTRICTED" });
		for (const name of ["models", "secret"]) {
			const answer = await load(member, name);
			const text = `registry "${name}" was not found in the organisation "${at.org.name}"; there are: dataset, model`;
			expect(answer).toMatchObject({ status: 404, data: { entity: { project: null } } });
			expect(answer.errors[0]?.message).toContain(text);
		}
		expect((await load(member, "models")).errors[0]?.message).toContain('Did you mean "model"?');
		// A stranger learns nothing, and least of all names.
		const query = `{ project(entityName: "${at.org.name}", name: "wandb-registry-models") { id } }`;
		const stranger = await makeUser(app.services);
		expect(await app.gql(stranger, query)).toEqual({ status: 200, data: { project: null }, errors: [] });
	});

	test("gains types and never loses one; closed, it accepts the types that are in it", async () => {
		const made = registryOf(await save(at.ann, "typed", { artifactTypes: ["report"], allowAll: false }));
		expect(made).toMatchObject({ allowAllArtifactTypes: false, acceptedArtifactTypes: ["report"] });
		const dataset = await logVersion({ by: at.ann, project: at.project });
		const link = linkTo(dataset, { entityName: at.org.name, projectName: "wandb-registry-typed" });
		await expect(linkInto(at.ann, link)).rejects.toThrow(
			'does not take versions of type "dataset": it accepts "report"',
		);

		expect(registryOf(await save(at.ann, "typed", { allowAll: true }))).toMatchObject({ allowAllArtifactTypes: true });
		await linkInto(at.ann, link);
		const closed = registryOf(await save(at.ann, "typed", { artifactTypes: ["table"], allowAll: false }));
		expect(closed.acceptedArtifactTypes).toEqual(["dataset", "report", "table"]);
		expect(closed.artifactTypes.edges.map(({ node }: { node: { name: string } }) => node.name)).toEqual([
			...["dataset", "report", "table"],
		]);
		expect(await eventsOf(app.services, uuidOf(made.id), "registry.updated")).toMatchObject([
			{ setting: "allowAllTypes", from: false, to: true },
			{ setting: "acceptedTypes", from: ["report"], to: ["dataset", "report", "table"] },
			{ setting: "allowAllTypes", from: true, to: false },
		]);
	});

	test("that accepts nothing says so", async () => {
		await save(at.ann, "closed", { allowAll: false });
		const version = await logVersion({ by: at.ann, project: at.project });
		const link = linkTo(version, { entityName: at.org.name, projectName: "wandb-registry-closed" });
		await expect(linkInto(at.ann, link)).rejects.toThrow("it accepts none yet, which its admins can change");
	});

	test("is changed by its admins only; saved unchanged by a member, nothing is", async () => {
		await save(at.ann, "ours", { description: "first", allowAll: true });
		expect(registryOf(await save(at.ann, "ours", { description: "" }))).toMatchObject({ description: null });
		expect((await save(member, "ours", { allowAll: true })).errors).toEqual([]);
		for (const change of [
			{ allowAll: false },
			{ description: "mine" },
			{ access: "RESTRICTED" },
			{ artifactTypes: ["x"] },
		]) {
			expect(await save(member, "ours", change)).toMatchObject({ status: 403 });
		}
		expect(registryOf(await save(at.ann, "ours", { access: "RESTRICTED" }))).toMatchObject({ access: "RESTRICTED" });
		expect((await load(member, "ours")).status).toBe(404);
		expect(registryOf(await save(at.ann, "ours", { access: "PRIVATE" }))).toMatchObject({ access: "PRIVATE" });
		expect((await load(member, "ours")).status).toBe(200);
	});
});

test("ENABLE_REGISTRY_UI=false is told to the app, and changes nothing else", async () => {
	const asked = "{ serverInfo { registryUi } }";
	expect((await app.gql(at.ann, asked)).data).toEqual({ serverInfo: { registryUi: true } });
	const hidden = await startTestApp({ ENABLE_REGISTRY_UI: "false" });
	try {
		const { ann, org } = await makeWorkplace(hidden.services);
		expect((await hidden.gql(ann, asked)).data).toEqual({ serverInfo: { registryUi: false } });
		const registries = `{ organization(name: "${org.name}") { registries { id } } }`;
		expect((await hidden.gql(ann, registries)).data.organization.registries).toHaveLength(2);
	} finally {
		await hidden.close();
	}
});
