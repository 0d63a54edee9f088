import { spawnSync } from "node:child_process";
import { join } from "node:path";
import {
	buildClientSchema,
	type GraphQLInputType,
	type GraphQLSchema,
	getIntrospectionQuery,
	isEnumType,
	isInputObjectType,
	isInputType,
	isListType,
	isNonNullType,
	Kind,
	typeFromAST,
} from "graphql";
import { beforeAll, expect, it } from "vitest";
import { type Account, createAccount, createProject } from "./account.ts";
import { type ClientDocument, collectOperations, faultsOf, refusalOf, refusedFields } from "./documents/operations.ts";
import { basicAuth, graphql } from "./graphql.ts";
import { at, listAt } from "./json.ts";
import { clientVersions } from "./python/setup.mjs";
import { useServer } from "./server.ts";

const operations = collectOperations();
const server = useServer();
let account: Account;
let schema: GraphQLSchema;

beforeAll(async () => {
	account = await createAccount(server);
	await createProject(account, account.team, "documents");
	const introspected: unknown = await graphql(account, getIntrospectionQuery());
	schema = buildClientSchema(JSON.parse(JSON.stringify(introspected)));
});

/** A value that a variable of this type may have; names lead to things that are there. */
function plausible(name: string, type: GraphQLInputType): unknown {
	if (isNonNullType(type)) return plausible(name, type.ofType);
	if (isListType(type)) return [plausible(name, type.ofType)];
	if (isEnumType(type)) return type.getValues()[0]?.name;
	if (isInputObjectType(type)) {
		const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
		return Object.fromEntries(required.map((field) => [field.name, plausible(field.name, field.type)]));
	}
	if (["Int", "Int64", "Float", "Duration"].includes(type.name)) return 1;
	if (type.name === "Boolean") return true;
	if (type.name === "JSONString") return "{}";
	if (type.name === "ID") return Buffer.from("Project:1").toString("base64");
	if (/^(entity|entityName|teamName)$/.test(name)) return account.team;
	if (/^(project|projectName|model)$/.test(name)) return "documents";
	if (/^org/.test(name)) return account.org;
	return "documents";
}

function variablesOf({ document, text }: ClientDocument): Record<string, unknown> {
	const variables: Record<string, unknown> = {};
	for (const definition of document.definitions) {
		if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
		for (const { variable, type, defaultValue } of definition.variableDefinitions ?? []) {
			const name = variable.name.value;
			const known = typeFromAST(schema, type);
			if (!isInputType(known) || defaultValue !== undefined) continue;
			const needed = type.kind === Kind.NON_NULL_TYPE || /entity|project|model|^name$|^run$/i.test(name);
			if (needed)
				variables[name] =
					name === "name" && /entity\(name: ?\$name\)/.test(text) ? account.team : plausible(name, known);
		}
	}
	return variables;
}

interface Answer {
	readonly status: number;
	readonly errors: readonly { readonly message: unknown; readonly code: unknown }[];
}

async function send(sent: ClientDocument): Promise<Answer> {
	const response = await fetch(`${account.url}/graphql`, {
		method: "POST",
		headers: { authorization: basicAuth(account.apiKey), "content-type": "application/json" },
		body: JSON.stringify({ query: sent.text, variables: variablesOf(sent) }),
	});
	const body: unknown = await response.json();
	const errors = at(body, "errors") === undefined ? [] : listAt(body, "errors");
	return {
		status: response.status,
		errors: errors.map((error) => ({ message: at(error, "message"), code: at(error, "extensions", "code") })),
	};
}

/** Parents that the account of this file has none of, so that the field under them is never reached. */
const notThere = /^(Run|FileConnection|ArtifactType)\./;

it.each(clientVersions.map(({ version }) => version))("every document of wandb %s is valid", (version) => {
	const documents = operations.flatMap((operation) => operation.documents).filter((each) => each.version === version);
	expect(documents.length).toBeGreaterThan(150);
	const faulty = documents
		.map(({ where, document }) => ({ where, faults: faultsOf(schema, document) }))
		.filter(({ faults }) => faults.length > 0);
	expect(faulty).toEqual([]);
});

it("COVERAGE.md is current", () => {
	const ran = spawnSync(process.execPath, [join(import.meta.dirname, "documents", "coverage.mjs"), "--check"], {
		encoding: "utf8",
	});
	expect(ran.stderr).toBe("");
	expect(ran.status).toBe(0);
});

it("every operation that is refused is answered at once with its sentence", async () => {
	const reached = new Set<string>();
	for (const document of operations.flatMap((operation) => operation.documents)) {
		const refusal = refusalOf(schema, document.document);
		if (refusal === undefined || notThere.test(refusal.field)) continue;
		const answer = await send(document);
		expect({ where: document.where, ...answer }).toMatchObject({ where: document.where, status: 200 });
		expect(answer.errors, document.text).toContainEqual({ message: refusal.sentence, code: "NOT_IMPLEMENTED" });
		reached.add(refusal.field);
	}
	const roots = [...refusedFields(schema).keys()].filter((field) => /^(Query|Mutation)\./.test(field));
	expect(roots.filter((field) => !reached.has(field))).toEqual([]);
});

it("every query that is served is answered, and not with a refusal", async () => {
	const served = operations.filter(({ kind }) => kind === "query").flatMap((operation) => operation.documents);
	for (const document of served) {
		if (refusalOf(schema, document.document) !== undefined) continue;
		const answer = await send(document);
		expect(answer.status, document.text).toBeLessThan(500);
		for (const { code, message } of answer.errors) {
			expect(["NOT_FOUND", "FORBIDDEN", "INVALID_INPUT"], `${message}\n${document.text}`).toContain(code);
		}
	}
});
