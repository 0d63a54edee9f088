import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type DocumentNode, execute, type GraphQLSchema, getOperationAST, Kind, OperationTypeNode } from "graphql";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { createDocumentCache, type DocumentCache } from "./document-cache.ts";
import { logIfUnexpected, sendJson } from "./error-reply.ts";
import { defaultGraphqlLimits, type GraphqlLimits } from "./graphql-limits.ts";
import { type GraphqlReply, replyToRefusal, replyToResult, thrownCause } from "./graphql-reply.ts";

export type GraphqlRouteOptions<C = unknown> = {
	readonly schema: GraphQLSchema;
	/** Who asks, and everything the resolvers need; throws a `DomainError` for a caller it does not let in. */
	readonly makeContext: (request: FastifyRequest) => Promise<C>;
	/** Asked before a mutation runs; throws a `DomainError` for a caller who may change nothing. */
	readonly beforeMutation?: (contextValue: C) => void;
	/** Puts into the text of a refusal what its thrower could not say. */
	readonly completeRefusal?: (error: unknown) => Promise<void>;
	readonly limits?: Partial<GraphqlLimits>;
	readonly onOperation?: (sample: { name: string; status: number; milliseconds: number }) => void;
};

/** Many refusals at once say much the same. */
const mostCompleted = 3;

const bodyLimit = 32 * 1024 * 1024;

const envelopeShape = z.object({
	query: z.string().min(1),
	// wire: the client sends null for "none", and variables that the document does not declare; graphql-js ignores those.
	variables: z.record(z.string(), z.unknown()).nullish(),
	operationName: z.string().nullish(),
});

type Envelope = z.output<typeof envelopeShape>;

function readEnvelope(body: unknown): Envelope {
	const parsed = envelopeShape.safeParse(body);
	if (parsed.success) return parsed.data;
	throw new DomainError(
		"INVALID_INPUT",
		'expected a JSON object {"query": text, "variables": object or null, "operationName": text or null} ' +
			"with Content-Type: application/json",
	);
}

function operationNameOf(document: DocumentNode | undefined, asked: string | null | undefined): string {
	for (const definition of document?.definitions ?? []) {
		if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
		const name = definition.name?.value;
		if (!asked || asked === name) return name ?? "anonymous";
	}
	return "unknown";
}

function send(request: FastifyRequest, reply: FastifyReply, answer: GraphqlReply): FastifyReply {
	for (const { error, reply: described } of answer.unexpected) logIfUnexpected(request, described, error);
	if (answer.retryAfterSeconds !== undefined) reply.header("retry-after", String(answer.retryAfterSeconds));
	return sendJson(reply.code(answer.status), answer.body);
}

type Outcome = { readonly answer: GraphqlReply; readonly operation: string };

async function answerRequest<C>(
	request: FastifyRequest,
	cache: DocumentCache,
	options: GraphqlRouteOptions<C>,
): Promise<Outcome> {
	let operation = "unknown";
	try {
		const { query, variables, operationName: sentName } = readEnvelope(request.body);
		// wire: old clients send one anonymous document without a name, others an empty name.
		const operationName = sentName || null;
		const contextValue = await options.makeContext(request);
		const { document, errors } = cache.prepare(query);
		operation = operationNameOf(document, operationName);
		const isMutation = document && getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION;
		if (isMutation) options.beforeMutation?.(contextValue);
		const result =
			document === undefined
				? { errors }
				: await execute({
						schema: options.schema,
						document,
						contextValue,
						variableValues: variables ?? {},
						operationName,
					});
		for (const error of result.errors?.slice(0, mostCompleted) ?? [])
			await options.completeRefusal?.(thrownCause(error));
		return { answer: replyToResult(result, request.id), operation };
	} catch (error) {
		return { answer: replyToRefusal(error, request.id), operation };
	}
}

/** Adds `POST /graphql`. */
export function graphqlRoute<C>(app: FastifyInstance, options: GraphqlRouteOptions<C>): void {
	const cache = createDocumentCache(options.schema, { ...defaultGraphqlLimits, ...options.limits });
	const routeOptions = {
		bodyLimit,
		config: { lenientJson: true },
		// Bodies that nobody could read: the answers here are others than elsewhere.
		errorHandler: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
			send(request, reply, replyToRefusal(error, request.id));
		},
	};
	app.post("/graphql", routeOptions, async (request, reply) => {
		const started = performance.now();
		const { answer, operation } = await answerRequest(request, cache, options);
		const milliseconds = performance.now() - started;
		options.onOperation?.({ name: operation, status: answer.status, milliseconds });
		return send(request, reply, answer);
	});
}
