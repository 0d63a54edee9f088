import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, isObjectType } from "graphql";
import { DomainError } from "../errors.ts";
import { constantAnswers } from "./constant-answers.ts";
import { refusedArguments, refusedOperations } from "./refused-operations.ts";

type Field = GraphQLField<unknown, unknown>;

function fieldAt(schema: GraphQLSchema, path: string): Field {
	const [typeName = "", fieldName = ""] = path.split(".");
	const type = schema.getType(typeName);
	const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
	if (field === undefined) throw new Error(`${path} is refused or constant, but is no field of the schema`);
	return field;
}

function unanswered(schema: GraphQLSchema, path: string): Field {
	const field = fieldAt(schema, path);
	if (field.resolve !== undefined) throw new Error(`${path} has a resolver: take it out of the tables of src/refused`);
	return field;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
	let current = value;
	for (const key of path) {
		current = typeof current === "object" && current !== null ? Reflect.get(current, key) : undefined;
	}
	return current;
}

/**
 * Gives the fields that are refused, or have one answer, their resolvers, and the refused ones their sentence as the
 * description, where `schema.graphql` and introspection show it; throws where a noun has one already.
 */
export function refuseOperations(schema: GraphQLSchema): GraphQLSchema {
	for (const [path, sentence] of Object.entries(refusedOperations)) {
		const field = unanswered(schema, path);
		field.description = `Refused: ${sentence}`;
		field.resolve = () => {
			throw new DomainError("NOT_IMPLEMENTED", sentence);
		};
	}
	for (const [path, answer] of Object.entries(constantAnswers)) unanswered(schema, path).resolve = () => answer;
	for (const [path, sentence] of Object.entries(refusedArguments)) {
		const field = fieldAt(schema, path);
		const resolve = field.resolve ?? defaultFieldResolver;
		const argument = path.split(".").slice(2);
		field.resolve = (source, args, context, info) => {
			if ((valueAt(args, argument) ?? null) !== null) throw new DomainError("NOT_IMPLEMENTED", sentence);
			return resolve(source, args, context, info);
		};
	}
	return schema;
}
