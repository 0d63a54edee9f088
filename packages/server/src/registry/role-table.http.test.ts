import { beforeAll, describe, expect, test } from "vitest";
import { type GivenRole, mayAs, projectActions, projectRule, type Role, roles } from "../access/roles.ts";
import type { ArtifactRow } from "../artifact/index.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { loginUser } from "../identity/index.ts";
import { addUserToOrganization } from "../org/index.ts";
import { type ProjectRow, setProjectMember } from "../project/index.ts";
import { linkInto, linkTo, logVersion, makeRun, nodeIdOf } from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeUser } from "../testing/factories.ts";
import { type Attempt, attempts, type BuiltAction, type TriedPlace } from "../testing/role-attempts.ts";
import { type GraphqlAnswer, startWorkplace } from "../testing/test-app.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { saveRegistry } from "./save-registry.ts";
import { updateRegistry } from "./update-registry.ts";

// Every role, through every action of the table, by every call that leads to it, with a key and with a session. What is
// expected comes from the table alone.

type Door = "key" | "session";
type Person = { readonly user: MadeUser; readonly cookie: string; readonly role: Role };
/** done; refused with the role that it takes; as if there were nothing; as if there were nothing, but for the name. */
type Outcome = "done" | "refused" | "hidden" | "taken";

const { app, at } = await startWorkplace();
let people: Person[];
let bystanderId: string;
let source: ArtifactRow;
let registry: ProjectRow;
let project: ProjectRow;
let shared: { registry: TriedPlace; project: TriedPlace };
let count = 0;
const unique = () => `u${count++}`;

beforeAll(async () => {
	people = [];
	for (const role of roles) people.push(await makePerson(role));
	bystanderId = toNodeId("User", (await makePerson("none")).user.user.id);
	const open = await makeProject(app.services, { by: at.ann, entityName: at.team.name, access: "USER_READ" });
	source = await logVersion({ by: at.ann, project: open, collectionName: "source", files: { b: "source" } });
	registry = await makeRegistry();
	project = await makeRestricted();
	await fillRun();
	shared = { registry: await freshIn(registry), project: await freshIn(project) };
});

/** Of the organisation and no team. */
async function makePerson(role: Role): Promise<Person> {
	const password = "correct horse battery";
	const user = await makeUser(app.services, { password });
	const { username } = user.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "member" });
	const own = await makeProject(app.services, { by: user, name: "own" });
	await makeRun(user, own, "own-run");
	const { token } = await loginUser(testCtx(app.services), { username, password });
	return { user, cookie: `keifu_session=${token}`, role };
}

async function nameAll({ id: projectId }: ProjectRow): Promise<void> {
	for (const { user, role } of people) {
		if (role === "none") continue;
		await setProjectMember(await at.ann.ctx(), { projectId, member: { userId: user.user.id }, role });
	}
}

async function makeRegistry(): Promise<ProjectRow> {
	const named = { entityName: at.org.name, projectName: `wandb-registry-${unique()}` };
	const more = { description: null, access: "RESTRICTED", acceptedTypes: ["dataset"], allowAllTypes: false };
	const { project } = await saveRegistry(await at.ann.ctx(), { ...named, ...more });
	await nameAll(project);
	await updateRegistry(await at.ann.ctx(), { projectId: project.id, protectedAliases: ["prod"], defaultRole: null });
	return project;
}

async function makeRestricted(): Promise<ProjectRow> {
	const made = await makeProject(app.services, { by: at.ann, entityName: at.team.name, access: "RESTRICTED" });
	await nameAll(made);
	return made;
}

async function fillRun(): Promise<void> {
	const run = await makeRun(at.ann, project, "seen-run");
	const { entityName, name: projectName } = project;
	const query = "mutation ($input: CreateRunFilesInput!) { createRunFiles(input: $input) { files { uploadUrl } } }";
	const input = { entityName, projectName, runName: run.name, files: ["notes.txt"] };
	const { uploadUrl } = (await app.gql(at.ann, query, { input })).data.createRunFiles.files[0];
	expect((await app.send(null, uploadUrl, { method: "PUT", body: "notes" })).status).toBe(200);
	const body = JSON.stringify({ files: { "output.log": { offset: 0, content: ["said\n"] } } });
	const init = { method: "POST", body, headers: { "content-type": "application/json" } };
	expect((await app.send(at.ann, `/files/${entityName}/${projectName}/seen-run/file_stream`, init)).status).toBe(200);
}

/** A collection with a version, and a link, which nothing has been done to yet. */
async function freshIn(place: ProjectRow): Promise<TriedPlace> {
	const [name, linksName] = [unique(), unique()];
	const target = { entityName: place.entityName, projectName: place.name };
	const inOwn = { by: at.ann, project: place.isRegistry ? at.project : place, collectionName: name };
	const version = await logVersion({ ...inOwn, aliases: ["kept"], tags: ["kept"], files: { "a.txt": "a" } });
	if (place.isRegistry) await linkInto(at.ann, linkTo(version, { ...target, collectionName: name }, ["kept"]));
	const link = await linkInto(at.ann, linkTo(source, { ...target, collectionName: linksName }));
	const found = await app.gql(
		at.ann,
		`query ($entity: String, $project: String, $name: String!) {
			project(name: $project, entityName: $entity) { artifactCollection(name: $name) { id } } }`,
		{ entity: place.entityName, project: place.name, name },
	);
	return {
		project: place,
		collectionId: found.data.project.artifactCollection.id,
		collectionName: name,
		artifactId: nodeIdOf(version),
		portfolioId: toNodeId("ArtifactCollection", link?.collectionId ?? ""),
		linkedId: nodeIdOf(source),
		sourceId: nodeIdOf(source),
		organizationName: at.org.name,
		otherRegistry: "wandb-registry-dataset",
		bystanderId,
	};
}

function outcomeOf(code: string | undefined): Outcome {
	if (code === "FORBIDDEN") return "refused";
	if (code === "CONFLICT") return "taken";
	return code === "NOT_FOUND" ? "hidden" : expect.fail(`an unexpected error: ${code}`);
}

async function send(person: Person, door: Door, path: string, body: unknown): Promise<Response> {
	const text = body === undefined ? undefined : JSON.stringify(body);
	const headers = { "content-type": "application/json", origin: app.baseUrl, cookie: person.cookie };
	const init = text === undefined ? { headers } : { method: "POST", body: text, headers };
	if (door === "session") return await app.send(null, path, init);
	const { cookie: _, ...withoutCookie } = headers;
	return await app.send(person.user, path, { ...init, headers: withoutCookie });
}

async function tryOut(person: Person, door: Door, attempt: Attempt): Promise<{ outcome: Outcome; said: string }> {
	const { query, variables, path, body, got } = attempt;
	const response = await send(person, door, path ?? "/graphql", query === undefined ? body : { query, variables });
	if (path !== undefined) {
		const said = await response.text();
		const outcome = ({ 200: "done", 403: "refused", 404: "hidden" } as const)[response.status];
		return { outcome: outcome ?? expect.fail(`${response.status} ${said}`), said };
	}
	// What the server's own tests compare is checked by them.
	const { data, errors = [] } = (await response.json()) as Partial<GraphqlAnswer>;
	const [error] = errors;
	if (error !== undefined) return { outcome: outcomeOf(error.extensions?.code), said: error.message };
	return { outcome: got === undefined || got(data) ? "done" : "hidden", said: "" };
}

function expected(role: Role, action: BuiltAction, { silent, byName }: Attempt): Outcome {
	if (role === "none") return byName ? "taken" : "hidden";
	if (mayAs(role, action)) return "done";
	return silent ? "hidden" : "refused";
}

const builtActions = projectActions.filter((action): action is BuiltAction => action in attempts);

describe.each(["registry", "project"] as const)("in a %s that people are named to", (kind) => {
	const actions = builtActions.filter((action) => [undefined, kind].includes(projectRule(action).only));

	test.each(actions)("%s", async (action) => {
		for (const door of ["key", "session"] as const) {
			for (const person of people) {
				const count = attempts[action](shared[kind], trying(person), "").length;
				for (let index = 0; index < count; index++) await check(person, door, { kind, action, index });
			}
		}
	});
});

test.each(["registry", "project"] as const)(
	"capabilities say in a %s what can be done, and nothing else",
	async (kind) => {
		const { project, collectionId, artifactId } = shared[kind];
		const asked = `query ($entity: String, $project: String, $collection: ID!, $artifact: ID!) {
		project(name: $project, entityName: $entity) { capabilities }
		artifactCollection(id: $collection) { capabilities }
		artifact(id: $artifact) { capabilities } }`;
		const { entityName: entity, name } = project;
		for (const { user, role } of people.slice(1)) {
			const { data, errors } = await app.gql(user, asked, {
				...{ entity, project: name, collection: collectionId, artifact: artifactId },
			});
			expect(errors).toEqual([]);
			const there = builtActions.filter((action) => [undefined, kind].includes(projectRule(action).only));
			const may = there.filter((action) => mayAs(role, action)).map((action) => action.replace(".", "_").toUpperCase());
			expect([role, data.project.capabilities]).toEqual([role, may]);
			const of = (start: RegExp) => may.filter((name) => start.test(name)).toSorted();
			const onCollection = kind === "registry" ? /^(COLLECTION|ALIAS|VERSION_(UN)?LINK)/ : /^(COLLECTION|ALIAS)/;
			const isMaking = (name: string) => name !== "COLLECTION_CREATE";
			expect(data.artifactCollection.capabilities.toSorted()).toEqual(of(onCollection).filter(isMaking));
			expect(data.artifact.capabilities.toSorted()).toEqual(of(/^(VERSION_(SEE|USE|DOWNLOAD|TAG|EDIT|DELETE)|FILE)/));
		}
	},
);

const trying = ({ user }: Person) => ({ username: user.user.username, runName: "own-run" });

type Case = { readonly kind: "registry" | "project"; readonly action: BuiltAction; readonly index: number };

async function check(person: Person, door: Door, { kind, action, index }: Case): Promise<void> {
	const place = await placeFor(person, kind, action);
	const attempt = attempts[action](place, trying(person), unique())[index];
	if (attempt === undefined) throw new Error(`${action} has no attempt ${index}`);
	const { outcome, said } = await tryOut(person, door, attempt);
	const label = [person.role, door, index, attempt.query ?? attempt.path];
	expect([...label, outcome, said]).toEqual([...label, expected(person.role, action, attempt), said]);
	if (outcome === "refused") {
		const least: GivenRole = projectRule(action).least;
		if (action !== "alias.change_protected") expect(said).toContain(`needs the role ${least}`);
		if (attempt.query !== undefined && action !== "alias.change_protected")
			expect(said).toContain(at.ann.user.username);
	}
	if (outcome === "done" && action === "registry.visibility") await close(place.project);
}

/** What is done by one must not be in the way of the next. */
async function placeFor(person: Person, kind: "registry" | "project", action: BuiltAction): Promise<TriedPlace> {
	const changes = projectRule(action).least === "member" || projectRule(action).least === "admin";
	if (!changes || !mayAs(person.role, action)) return shared[kind];
	if (action === "registry.delete" || action === "registry.edit") return await freshIn(await makeRegistry());
	if (action === "project.administer") return await freshIn(await makeRestricted());
	return await freshIn(kind === "registry" ? registry : project);
}

async function close(place: ProjectRow): Promise<void> {
	const input = { id: toNodeId("Project", place.id), access: "RESTRICTED" };
	const query = "mutation ($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }";
	expect((await app.gql(at.ann, query, { input })).errors).toEqual([]);
}
