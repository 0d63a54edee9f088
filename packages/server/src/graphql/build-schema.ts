import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
	buildASTSchema,
	type GraphQLFieldResolver,
	type GraphQLInterfaceType,
	type GraphQLObjectType,
	type GraphQLSchema,
	type GraphQLTypeResolver,
	type GraphQLUnionType,
	isInterfaceType,
	isObjectType,
	isScalarType,
	isUnionType,
	parse,
	specifiedScalarTypes,
} from "graphql";
import type { GqlContext } from "./gql-context.ts";
import { scalars } from "./scalars.ts";

/** Type name → field name → resolver; `__resolveType` for interfaces and unions. */
export type ResolverMap = Readonly<Record<string, object | undefined>>;

/** The whole SDL: `graphql/base.graphql`, then `<noun>/*.graphql` in the order of the names. */
export function readSdl(sourceRoot: string = join(import.meta.dirname, "..")): string {
	const folders = readdirSync(sourceRoot, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && entry.name !== "graphql")
		.map((entry) => join(sourceRoot, entry.name))
		.sort();
	const files = folders.flatMap((folder) =>
		readdirSync(folder)
			.filter((name) => name.endsWith(".graphql"))
			.sort()
			.map((name) => join(folder, name)),
	);
	const base = join(sourceRoot, "graphql", "base.graphql");
	return [...(existsSync(base) ? [base] : []), ...files].map((file) => readFileSync(file, "utf8")).join("\n");
}

function isFieldResolver(value: unknown): value is GraphQLFieldResolver<unknown, GqlContext> {
	return typeof value === "function";
}

function isTypeResolver(value: unknown): value is GraphQLTypeResolver<unknown, GqlContext> {
	return typeof value === "function";
}

type ComposedType = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType;

function attachOne(type: ComposedType, name: string, resolver: unknown): void {
	if (resolver === undefined) return;
	if (name === "__resolveType") {
		if (isObjectType(type) || !isTypeResolver(resolver)) {
			throw new Error(`${type.name}.__resolveType belongs to an interface or a union, as a function`);
		}
		type.resolveType = resolver;
		return;
	}
	// Generated types also carry `__isTypeOf` and, on interfaces, fields: neither is used here.
	const field = isObjectType(type) ? type.getFields()[name] : undefined;
	if (field === undefined) throw new Error(`${type.name}.${name} has a resolver but is no field of an object type`);
	if (!isFieldResolver(resolver)) throw new Error(`the resolver of ${type.name}.${name} is no function`);
	field.resolve = resolver;
}

function attachResolvers(schema: GraphQLSchema, map: ResolverMap): void {
	for (const [typeName, members] of Object.entries(map)) {
		if (members === undefined) continue;
		const type = schema.getType(typeName);
		if (!isObjectType(type) && !isInterfaceType(type) && !isUnionType(type)) {
			throw new Error(`${typeName} has resolvers but is no object type, interface or union of the schema`);
		}
		for (const [name, resolver] of Object.entries(members)) attachOne(type, name, resolver);
	}
}

function attachScalars(schema: GraphQLSchema): void {
	const standard = new Set(specifiedScalarTypes.map((type) => type.name));
	for (const type of Object.values(schema.getTypeMap())) {
		if (!isScalarType(type) || standard.has(type.name)) continue;
		const implementation = scalars.find((scalar) => scalar.name === type.name);
		if (implementation === undefined) throw new Error(`the scalar ${type.name} is declared but not implemented`);
		type.serialize = implementation.serialize;
		type.parseValue = implementation.parseValue;
		type.parseLiteral = implementation.parseLiteral;
	}
}

/** Fields of Query and Mutation that nothing answers: they would be null for ever. */
export function rootFieldsWithoutResolver(schema: GraphQLSchema): string[] {
	return [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
		Object.values(type?.getFields() ?? {})
			.filter((field) => field.resolve === undefined)
			.map((field) => `${type?.name}.${field.name}`),
	);
}

/**
 * An executable schema from SDL and resolvers. `extend type` may stand in any file. A resolver for a type or a field
 * that the SDL does not have is an error of the start, not of a request.
 */
export function buildSchema(options: { sdl: string; resolvers: readonly ResolverMap[] }): GraphQLSchema {
	const schema = buildASTSchema(parse(options.sdl, { noLocation: true }));
	attachScalars(schema);
	for (const map of options.resolvers) attachResolvers(schema, map);
	return schema;
}
