import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from "graphql";
import { DomainError } from "../errors.ts";

/** What one request may still cost: a field 1, a database query `queryCost`. Lists in lists multiply without end. */
export type FieldBudget = { left: number; signedUrlsLeft: number };

const fields = 500_000;
const queryCost = 100;
/** Several times what any client asks for at once: a page of 5,000 to read, a batch of 10,000 to write. */
const mostSignedUrls = 25_000;

export function createFieldBudget(): FieldBudget {
	return { left: fields, signedUrlsLeft: mostSignedUrls };
}

/** Charges a query; it is the next field that is refused, so that no transaction breaks off half-way. */
export function chargeQuery(budget: FieldBudget): void {
	budget.left -= queryCost;
}

/** Signing costs as much as dozens of fields, and a list signs page by page with no field in between: it breaks off here. */
export function chargeSignedUrl(budget: FieldBudget): void {
	budget.signedUrlsLeft -= 1;
	if (budget.signedUrlsLeft >= 0) return;
	throw new DomainError(
		"INVALID_INPUT",
		`the query asks for more than ${mostSignedUrls} signed addresses: ask for shorter pages, or for fewer of them`,
	);
}

type Resolve = GraphQLFieldResolver<unknown, { readonly budget: FieldBudget }>;

const refusal = () =>
	new DomainError("INVALID_INPUT", "the query asks for too much at once: ask for shorter pages, or for fewer of them");

function charged(resolve: Resolve): Resolve {
	return (source, args, gql, info) => {
		gql.budget.left -= 1;
		if (gql.budget.left < 0) throw refusal();
		return resolve(source, args, gql, info);
	};
}

/** What a mutation does takes as long as it takes, once; they run one after the other. Its answer is charged. */
function uncharged(resolve: Resolve): Resolve {
	return async (source, args, gql, info) => {
		const { left } = gql.budget;
		try {
			return await resolve(source, args, gql, info);
		} finally {
			gql.budget.left = left;
		}
	};
}

/** Makes every field of the schema count against the budget of its request. */
export function limitFields(schema: GraphQLSchema): GraphQLSchema {
	const mutation = schema.getMutationType();
	for (const type of Object.values(schema.getTypeMap())) {
		if (!isObjectType(type) || type.name.startsWith("__")) continue;
		for (const field of Object.values(type.getFields())) {
			const resolve: Resolve = field.resolve ?? defaultFieldResolver;
			field.resolve = type === mutation ? uncharged(resolve) : charged(resolve);
		}
	}
	return schema;
}
