import { spawnSync } from "node:child_process";
import { join } from "node:path";
import {
	type DocumentNode,
	type GraphQLSchema,
	Kind,
	NoUnusedFragmentsRule,
	NoUnusedVariablesRule,
	parse,
	specifiedRules,
	TypeInfo,
	validate,
	visit,
	visitWithTypeInfo,
} from "graphql";
import { at, listAt, textAt } from "../json.ts";
import { clientVersions, venvPython } from "../python/setup.mjs";

/** An operation as one or more versions of the client ship it. */
export interface Operation {
	readonly name: string;
	readonly kind: "query" | "mutation";
	/** Versions that ship it, oldest first. */
	readonly versions: string[];
	readonly documents: ClientDocument[];
}

export interface ClientDocument {
	readonly version: string;
	/** File of the package, with the line. */
	readonly where: string;
	readonly text: string;
	readonly document: DocumentNode;
}

export interface Refusal {
	/** `Type.field`. */
	readonly field: string;
	readonly sentence: string;
}

const marker = "Refused: ";

/** The documents that one installed version carries; throws when some of them cannot be made out. */
export function collectDocuments(version: string): ClientDocument[] {
	const ran = spawnSync(venvPython(version), [join(import.meta.dirname, "collect.py")], {
		encoding: "utf8",
		maxBuffer: 64 * 1024 * 1024,
	});
	if (ran.status !== 0) throw new Error(`collect.py with wandb ${version}: ${ran.stderr}`);
	const collected: unknown = JSON.parse(ran.stdout);
	const unresolved = listAt(collected, "unresolved");
	if (unresolved.length > 0) throw new Error(`wandb ${version}: cannot make out ${unresolved.join(", ")}`);
	return listAt(collected, "documents").map((entry) => {
		const text = textAt(entry, "text");
		return { version, where: textAt(entry, "where"), text, document: parse(text, { noLocation: true }) };
	});
}

/** The operations of all versions under test, in the order of their names. */
export function collectOperations(): Operation[] {
	const operations = new Map<string, Operation>();
	for (const { version } of [...clientVersions].reverse()) {
		for (const document of collectDocuments(version)) {
			const { name, kind } = operationOf(document.document);
			const key = `${name} ${kind}`;
			const operation = operations.get(key) ?? { name, kind, versions: [], documents: [] };
			operations.set(key, operation);
			if (!operation.versions.includes(version)) operation.versions.push(version);
			operation.documents.push(document);
		}
	}
	return [...operations.values()].sort((a, b) => (`${a.name} ${a.kind}` < `${b.name} ${b.kind}` ? -1 : 1));
}

function operationOf(document: DocumentNode): { name: string; kind: "query" | "mutation" } {
	for (const definition of document.definitions) {
		if (definition.kind !== Kind.OPERATION_DEFINITION || definition.operation === "subscription") continue;
		return { name: definition.name?.value ?? "(no name)", kind: definition.operation };
	}
	throw new Error("a document without a query or mutation");
}

/** What is wrong with a document; empty when nothing is. Unused variables and fragments are nobody's trouble. */
export function faultsOf(schema: GraphQLSchema, document: DocumentNode): string[] {
	const rules = specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule && rule !== NoUnusedVariablesRule);
	return validate(schema, document, rules).map((error) => error.message);
}

/** `Type.field` of everything a document selects, outermost first. */
function fieldsOf(schema: GraphQLSchema, document: DocumentNode): string[] {
	const types = new TypeInfo(schema);
	const fields = new Set<string>();
	const visitor = {
		Field: () => {
			const field = types.getFieldDef();
			const parent = types.getParentType();
			if (field && parent) fields.add(`${parent.name}.${field.name}`);
		},
	};
	visit(document, visitWithTypeInfo(types, visitor));
	return [...fields];
}

/** The first refused field that a document selects. */
export function refusalOf(schema: GraphQLSchema, document: DocumentNode): Refusal | undefined {
	for (const field of fieldsOf(schema, document)) {
		const sentence = refusedFields(schema).get(field);
		if (sentence !== undefined) return { field, sentence };
	}
	return undefined;
}

/** The refused fields, as their descriptions in the schema tell: `Type.field` → sentence. */
export function refusedFields(schema: GraphQLSchema): Map<string, string> {
	const refused = new Map<string, string>();
	for (const type of Object.values(schema.getTypeMap())) {
		if (!("getFields" in type)) continue;
		for (const field of Object.values(type.getFields())) {
			const description = at(field, "description");
			if (typeof description === "string" && description.startsWith(marker)) {
				refused.set(`${type.name}.${field.name}`, description.slice(marker.length));
			}
		}
	}
	return refused;
}
