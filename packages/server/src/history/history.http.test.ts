import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { toNodeId } from "../graphql/node-id.ts";
import { addUserToOrganization } from "../org/index.ts";
import {
	linkInto,
	linkTo,
	logVersion,
	makeRun,
	makeWorkplace,
	nodeIdOf,
	type Workplace,
} from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeUser } from "../testing/factories.ts";
import { startTestApp, type TestApp } from "../testing/test-app.ts";

let app: TestApp;
let at: Workplace;
/** Of the organisation, but in no team. */
let reader: MadeUser;

beforeAll(async () => {
	app = await startTestApp();
});
afterAll(async () => {
	await app?.close();
});
beforeEach(async () => {
	at = await makeWorkplace(app.services);
	reader = await makeUser(app.services);
	const { username } = reader.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "member" });
});

const entry = `cursor node { kind actor { username } changes { field item before after }
	collection { name } artifact { id } versionIndex run { name } user { username } team { name } }`;
const page = `(first: $first, after: $after, filter: $filter) { edges { ${entry} } pageInfo { hasNextPage endCursor } }`;
const args = "$entity: String, $project: String, $first: Int, $after: String, $filter: HistoryFilter";
const ofProject = `query (${args}) { project(name: $project, entityName: $entity) { history${page} } }`;
const ofCollection = `query (${args}, $name: String!) { project(name: $project, entityName: $entity) {
	artifactCollection(name: $name) { history${page} } } }`;

type Change = { field: string; item: string | null; before: string | null; after: string | null };
type Node = {
	kind: string;
	actor: { username: string } | null;
	changes: Change[];
	collection: { name: string } | null;
	artifact: { id: string } | null;
	versionIndex: number | null;
	run: { name: string } | null;
	user: { username: string } | null;
	team: { name: string } | null;
};
type Asked = { readonly project?: string; readonly entity?: string; readonly name?: string; readonly filter?: object };

/** The history, oldest first, read three at a time. */
async function history(by: MadeUser, asked: Asked = {}): Promise<Node[]> {
	const { project = at.project.name, entity = at.team.name, name, filter = null } = asked;
	const nodes: Node[] = [];
	for (let after: string | null = null; ; ) {
		const variables = { entity, project, first: 3, after, filter, ...(name === undefined ? {} : { name }) };
		const { data, errors } = await app.gql(by, name === undefined ? ofProject : ofCollection, variables);
		expect(errors).toEqual([]);
		const found = name === undefined ? data.project?.history : data.project?.artifactCollection?.history;
		if (found === undefined) return [];
		nodes.push(...found.edges.map(({ node }: { node: Node }) => node));
		if (!found.pageInfo.hasNextPage) return nodes.toReversed();
		after = found.pageInfo.endCursor;
	}
}

/** `KIND field item before→after`, one for each change. */
const told = (nodes: readonly Node[]) =>
	nodes.flatMap(({ kind, changes }) =>
		(changes.length === 0 ? [null] : changes).map((change) =>
			change === null
				? kind
				: [kind, change.field, change.item, `${change.before ?? ""}→${change.after ?? ""}`].filter(Boolean).join(" "),
		),
	);

const gql = async (by: MadeUser, query: string, variables: Record<string, unknown>) => {
	const { data, errors } = await app.gql(by, query, variables);
	expect(errors).toEqual([]);
	return data;
};
const inRegistry = () => ({ entity: at.org.name, project: "wandb-registry-dataset" });
const target = () => ({ entityName: at.org.name, projectName: "wandb-registry-dataset", collectionName: "zoo" });
const aliasInput = (alias: string) => ({ alias, artifactCollectionName: "zoo", ...target() });
const change = async (what: "addAliases" | "deleteAliases", id: string, alias: string) => {
	const type = `${what.charAt(0).toUpperCase()}${what.slice(1)}Input`;
	const { collectionName: _, ...place } = aliasInput(alias);
	await gql(at.ann, `mutation ($input: ${type}!) { ${what}(input: $input) { success } }`, {
		input: { artifactID: id, aliases: [place] },
	});
};

describe("the history of a collection in a registry", () => {
	test("tells links, aliases, descriptions, tags and uses, by whom, from what to what", async () => {
		const log = (content: string) => logVersion({ by: at.ann, project: at.project, files: { "a.txt": content } });
		const [first, second] = [await log("1"), await log("2")];
		await linkInto(at.ann, linkTo(first, target(), ["prod"]));
		await linkInto(at.ann, linkTo(second, target()));
		await change("addAliases", nodeIdOf(second), "prod");
		await change("deleteAliases", nodeIdOf(second), "prod");
		const { project } = await gql(
			at.ann,
			`query ($entity: String, $project: String) { project(name: $project, entityName: $entity) {
				artifactCollection(name: "zoo") { id } } }`,
			inRegistry(),
		);
		const portfolio = project.artifactCollection.id;
		await gql(
			at.ann,
			`mutation ($id: ID!) { updateArtifactPortfolio(input: { artifactPortfolioID: $id, name: "animals", description: "all" }) {
				artifactCollection { id } } }`,
			{ id: portfolio },
		);
		await gql(
			at.ann,
			`mutation ($entity: String!, $project: String!) { createArtifactCollectionTagAssignments(input: {
				entityName: $entity, projectName: $project, artifactCollectionName: "animals", tags: [{ tagName: "checked" }] }) {
				tags { name } } }`,
			inRegistry(),
		);
		const user = await makeRun(at.ann, at.project, "user");
		await gql(
			at.ann,
			`mutation ($id: ID!, $entity: String!, $project: String!, $org: String, $registry: String) { useArtifact(input: {
				artifactID: $id, runName: "user", entityName: $entity, projectName: $project,
				artifactEntityName: $org, artifactProjectName: $registry }) { artifact { id } } }`,
			{
				...{ id: nodeIdOf(second), entity: at.team.name, project: at.project.name },
				...{ org: at.org.name, registry: "wandb-registry-dataset" },
			},
		);
		await gql(
			at.ann,
			"mutation ($id: ID!, $of: ID!) { unlinkArtifact(input: { artifactID: $id, artifactPortfolioID: $of }) { success } }",
			{ id: nodeIdOf(first), of: portfolio },
		);
		const nodes = await history(at.ann, { ...inRegistry(), name: "zoo" });
		expect(told(nodes)).toEqual([
			"COLLECTION_CREATED name →zoo",
			"COLLECTION_LINKED version →v0",
			"ALIAS_MOVED alias latest →v0",
			"ALIAS_MOVED alias prod →v0",
			"COLLECTION_LINKED version →v1",
			"ALIAS_MOVED alias latest v0→v1",
			"ALIAS_MOVED alias prod v0→v1",
			"ALIAS_MOVED alias prod v1→",
			"COLLECTION_RENAMED name zoo→animals",
			"COLLECTION_DESCRIBED description →all",
			"COLLECTION_TAGGED tag →checked",
			"ARTIFACT_USED",
			"COLLECTION_UNLINKED version v0→",
		]);
		expect(new Set(nodes.map(({ actor }) => actor?.username))).toEqual(new Set([at.ann.user.username]));
		expect(nodes.find(({ kind }) => kind === "ARTIFACT_USED")).toMatchObject({
			run: { name: user.name },
			artifact: { id: nodeIdOf(second) },
			versionIndex: 1,
			collection: { name: "animals" },
		});

		// Somebody of the organisation reads the same; what they may not see is not named.
		const seen = await history(reader, { ...inRegistry(), name: "animals" });
		expect(told(seen)).toEqual(told(nodes));
		expect(seen.map(({ run }) => run)).toEqual(seen.map(() => null));
		const ids = seen.map(({ artifact }) => artifact?.id ?? null);
		expect(ids).toContain(nodeIdOf(second));
		expect(ids).not.toContain(nodeIdOf(first));
		const registry = told(await history(reader, inRegistry()));
		expect(registry.slice(-told(nodes).length)).toEqual(told(nodes));
	});
});

describe("the history of a project", () => {
	test("tells versions, what is said of them, and what becomes of collections", async () => {
		const run = await makeRun(at.ann, at.project, "maker");
		const version = await logVersion({ by: at.ann, project: at.project, run });
		const save = `mutation ($id: ID!) { updateArtifact(input: { artifactID: $id, description: "good",
			tagsToAdd: [{ tagName: "t" }] }) { artifact { id } } }`;
		for (let time = 0; time < 2; time++) await gql(at.ann, save, { id: nodeIdOf(version) });
		await gql(
			at.ann,
			`mutation ($id: ID!) { deleteArtifact(input: { artifactID: $id, deleteAliases: true }) { artifact { id } } }`,
			{
				id: nodeIdOf(version),
			},
		);
		const nodes = await history(at.ann);
		expect(told(nodes)).toEqual([
			`PROJECT_CREATED name →${at.project.name}`,
			"ALIAS_MOVED alias latest →v0",
			"ARTIFACT_COMMITTED version →v0",
			"ARTIFACT_DESCRIBED description →good",
			"ARTIFACT_TAGGED tag →t",
			"ALIAS_MOVED alias latest v0→",
			"ARTIFACT_DELETED version v0→",
		]);
		expect(nodes.find(({ kind }) => kind === "ARTIFACT_COMMITTED")?.run).toEqual({ name: "maker" });
		expect(await history(reader)).toEqual([]);
	});

	test("tells names, access, roles and who is responsible: the people to those who belong there only", async () => {
		const { services } = app;
		const project = await makeProject(services, { by: at.ann, entityName: at.team.name, name: "open" });
		const id = toNodeId("Project", project.id);
		const user = toNodeId("User", reader.user.id);
		const upsert =
			"mutation ($id: String, $access: String) { upsertModel(input: { id: $id, access: $access }) { inserted } }";
		await gql(at.ann, upsert, { id, access: "RESTRICTED" });
		await gql(
			at.ann,
			`mutation ($id: ID!, $user: ID!) { updateProjectMember(input: { projectId: $id, userId: $user, userProjectRole: "member" }) { success } }`,
			{ id, user },
		);
		await gql(
			at.ann,
			`mutation ($id: ID!, $user: ID!) { setProjectOwner(input: { projectId: $id, userId: $user }) { project { id } } }`,
			{
				id,
				user,
			},
		);
		await gql(
			at.ann,
			`mutation ($id: ID!, $user: ID!) { deleteProjectMembers(input: { projectId: $id, userIds: [$user] }) { success } }`,
			{
				id,
				user,
			},
		);
		await gql(
			at.ann,
			`mutation ($entity: String!) { renameProject(input: { entityName: $entity, oldProjectName: "open", newProjectName: "public" }) { inserted } }`,
			{ entity: at.team.name },
		);
		await gql(at.ann, upsert, { id, access: "USER_READ" });
		const all = await history(at.ann, { project: "public" });
		const [ann, other] = [at.ann.user.username, reader.user.username];
		expect(told(all)).toEqual([
			"PROJECT_CREATED name →open",
			"PROJECT_UPDATED access PRIVATE→RESTRICTED",
			"PROJECT_MEMBER_SET role →member",
			`PROJECT_OWNER_SET owner ${ann}→${other}`,
			"PROJECT_MEMBER_REMOVED role member→",
			"PROJECT_RENAMED name open→public",
			"PROJECT_UPDATED access RESTRICTED→USER_READ",
		]);
		expect(all.map(({ user }) => user?.username ?? null)).toEqual([null, null, other, other, other, null, null]);
		const stranger = await makeUser(services);
		expect((await history(stranger, { project: "public" })).map(({ kind }) => kind)).toEqual([
			"PROJECT_CREATED",
			"PROJECT_UPDATED",
			"PROJECT_RENAMED",
			"PROJECT_UPDATED",
		]);
	});

	test("is narrowed by kind, person and time", async () => {
		await logVersion({ by: at.ann, project: at.project });
		const kinds = async (filter: object) => (await history(at.ann, { filter })).map(({ kind }) => kind);
		expect(await kinds({ kinds: ["ALIAS_MOVED", "PROJECT_CREATED"] })).toEqual(["PROJECT_CREATED", "ALIAS_MOVED"]);
		expect(await kinds({ kinds: [] })).toEqual([]);
		expect(await kinds({ actor: at.ann.user.username.toUpperCase() })).toHaveLength(3);
		expect(await kinds({ actor: reader.user.username })).toEqual([]);
		expect(await kinds({ actor: "a\u0000b" })).toEqual([]);
		const moment = "2020-01-01T00:00:00Z";
		await sql`update event_outbox set at = ${moment}::timestamptz where type = 'project.created'
			and payload->>'projectId' = ${at.project.id}`.execute(app.services.db);
		expect(await kinds({ until: "2020-01-01T00:00:01Z" })).toEqual(["PROJECT_CREATED"]);
		expect(await kinds({ until: moment })).toEqual([]);
		expect(await kinds({ since: "2020-01-01T00:00:01Z" })).toHaveLength(2);
		expect(await kinds({ since: moment })).toHaveLength(3);
	});
});
