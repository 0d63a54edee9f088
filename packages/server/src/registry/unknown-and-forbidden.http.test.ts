import {
	type GraphQLArgument,
	type GraphQLField,
	type GraphQLInputField,
	type GraphQLInputType,
	getNamedType,
	getNullableType,
	isCompositeType,
	isEnumType,
	isInputObjectType,
	isListType,
	isNonNullType,
} from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { composeSchema } from "../app.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { addUserToOrganization } from "../org/index.ts";
import { logVersion, makeRun, nodeIdOf } from "../testing/artifact-factories.ts";
import { type MadeUser, makeUser } from "../testing/factories.ts";
import { startWorkplace } from "../testing/test-app.ts";

// Every query and mutation that takes an id or a name, as the schema has them: what one may not know of answers as what
// never was, from as many queries.

type Names = Readonly<Record<string, string>>;
type Root = "Query" | "Mutation";

const { app, at } = await startWorkplace();
let there: Names;
let never: Names;
let stranger: MadeUser;
/** Of the organisation, and knows the team; its private project he does not. */
let colleague: MadeUser;

beforeAll(async () => {
	[stranger, colleague] = [await makeUser(app.services), await makeUser(app.services)];
	const { username } = colleague.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "member" });
	const run = await makeRun(at.ann, at.project, "secret-run");
	const version = await logVersion({ by: at.ann, project: at.project, collectionName: "zoo", run });
	const uuid = () => app.services.ids.uuid();
	const things = { entity: at.team.name, project: at.project.name, organization: at.org.name };
	there = {
		...things,
		Artifact: nodeIdOf(version),
		ArtifactCollection: toNodeId("ArtifactCollection", version.collectionId),
		Project: toNodeId("Project", at.project.id),
		Run: toNodeId("Run", run.id),
		Organization: toNodeId("Organization", at.org.id),
		Entity: toNodeId("Entity", at.team.id),
		User: toNodeId("User", at.ann.user.id),
		username: at.ann.user.username,
	};
	never = {
		...{ entity: "team-never0", project: "project-never00", organization: "org-never00", username: "user-never00" },
		...Object.fromEntries(
			Object.keys(there)
				.filter((name) => /^[A-Z]/.test(name))
				.map((type) => [type, toNodeId(fromType(type), uuid())]),
		),
	};
	// The first use of a key in a minute is noted.
	for (const user of [stranger, colleague]) await app.gql(user, "{ viewer { id } }");
});

function fromType(type: string): Parameters<typeof toNodeId>[0] {
	for (const known of ["Artifact", "ArtifactCollection", "Project", "Run", "Organization", "Entity", "User"] as const) {
		if (known === type) return known;
	}
	throw new Error(`no node ids of ${type}`);
}

/** What an argument called `id` is the id of. */
const idsOf: Readonly<Record<string, string>> = {
	artifact: "Artifact",
	artifactCollection: "ArtifactCollection",
	deleteModel: "Project",
	upsertModel: "Project",
	upsertBucket: "Run",
	deleteRun: "Run",
	stopRun: "Run",
	updateRunState: "Run",
};

const kinds: ReadonlyArray<[RegExp, string]> = [
	[/^artifactID$/, "Artifact"],
	[/^artifact(Sequence|Portfolio|Collection)ID$/, "ArtifactCollection"],
	[/^projectId$/, "Project"],
	[/^run(Id|ID)$/, "Run"],
	[/^(destinationE|e)ntityName$/, "entity"],
	[/^teamName$/, "entity"],
	[/^(projectName|modelName|oldProjectName|destinationProjectName)$/, "project"],
	[/^organizationId$/i, "Organization"],
	[/^teamIds?$/, "Entity"],
	[/^userIds?$/, "User"],
];

/** What an argument or input field names; undefined for what names nothing. */
function kindOf(field: GraphQLField<unknown, unknown>, name: string): string | undefined {
	if (name === "id") return idsOf[field.name];
	if (name === "name" && /^(project|model)$/.test(field.name)) return "project";
	if (name === "name" && field.name === "entity") return "entity";
	if (name === "name" && field.name === "organization") return "organization";
	return kinds.find(([pattern]) => pattern.test(name))?.[1];
}

const scalars: Readonly<Record<string, unknown>> = { Int: 1, Int64: 1, Float: 1, Boolean: true, JSONString: "{}" };

function givenFor(field: GraphQLField<unknown, unknown>, name: string, type: GraphQLInputType, names: Names): unknown {
	const nullable = getNullableType(type);
	if (isListType(nullable)) return [givenFor(field, name, nullable.ofType, names)];
	const named = getNamedType(type);
	if (isInputObjectType(named)) return objectOf(field, Object.values(named.getFields()), names);
	const kind = kindOf(field, name);
	if (kind !== undefined) return names[kind];
	return isEnumType(named) ? named.getValues()[0]?.name : (scalars[named.name] ?? "x1");
}

type Given = ReadonlyArray<GraphQLArgument | GraphQLInputField>;

/** What must be given, and all that names something. */
function objectOf(field: GraphQLField<unknown, unknown>, given: Given, names: Names): Record<string, unknown> {
	const wanted = given.filter(
		({ name, type }) =>
			isNonNullType(type) || kindOf(field, name) !== undefined || isInputObjectType(getNamedType(type)),
	);
	return Object.fromEntries(wanted.map(({ name, type }) => [name, givenFor(field, name, type, names)]));
}

function documentOf(root: Root, field: GraphQLField<unknown, unknown>): string {
	const declared = field.args.map(({ name, type }) => `$${name}: ${type}`).join(", ");
	const passed = field.args.map(({ name }) => `${name}: $${name}`).join(", ");
	const selected = isCompositeType(getNamedType(field.type)) ? " { __typename }" : "";
	return `${root.toLowerCase()} (${declared}) { ${field.name}(${passed})${selected} }`;
}

const schema = composeSchema();
const namesSomething = (field: GraphQLField<unknown, unknown>) =>
	JSON.stringify(objectOf(field, field.args, markers)).includes("marked");
const markers: Names = Object.fromEntries(
	[...Object.values(idsOf), ...kinds.map(([, kind]) => kind), "organization", "username"].map((kind) => [
		kind,
		"marked",
	]),
);
const cases = (["Query", "Mutation"] as const).flatMap((root) =>
	Object.values(schema.getType(root) === undefined ? {} : fieldsOf(root))
		.filter((field) => !field.description?.startsWith("Refused") && namesSomething(field))
		.map((field) => [root, field.name, field] as const),
);

function fieldsOf(root: Root): Readonly<Record<string, GraphQLField<unknown, unknown>>> {
	return (root === "Query" ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {};
}

test("there are many such questions", () => {
	expect(cases.length).toBeGreaterThan(35);
});

describe.each(["stranger", "colleague"] as const)("asked by a %s", (who) => {
	test.each(cases)("%s.%s", async (root, _name, field) => {
		const user = who === "stranger" ? stranger : colleague;
		// A colleague knows of the team, the organisation and the people: only what is in the team is hidden.
		const known = { entity: at.team.name, organization: at.org.name, Organization: there.Organization ?? "" };
		const people = { Entity: there.Entity ?? "", User: there.User ?? "", username: there.username ?? "" };
		const unknown = who === "stranger" ? never : { ...never, ...known, ...people };
		const document = documentOf(root, field);
		const answers: string[] = [];
		const ask = (names: Names) => async () =>
			answers.push(JSON.stringify(await app.gql(user, document, objectOf(field, field.args, names))));
		const forUnknown = await app.queriesOf(ask(unknown));
		const forHidden = await app.queriesOf(ask(there));
		const [first = "", second = ""] = answers;
		const neutral = (text: string, names: Names) =>
			Object.values(names).reduce((rest, name) => rest.replaceAll(name, "…"), text);
		expect(neutral(second, there)).toBe(neutral(first, unknown));
		expect(forHidden).toEqual(forUnknown);
	});
});
