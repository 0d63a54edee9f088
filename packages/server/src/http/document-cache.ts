import { type DocumentNode, type GraphQLError, type GraphQLSchema, parse, validate } from "graphql";
import { DomainError } from "../errors.ts";
import { assertWithinLimits, type GraphqlLimits } from "./graphql-limits.ts";

/** A query text that may be executed, or what validation has against it. */
export type PreparedDocument =
	| { readonly document: DocumentNode; readonly errors: undefined }
	| { readonly document: undefined; readonly errors: readonly GraphQLError[] };

export type DocumentCache = {
	prepare(query: string): PreparedDocument;
	/** How many texts are kept. */
	readonly size: number;
};

export type DocumentCacheBounds = { readonly entries: number; readonly characters: number };

function parseWithin(query: string, limits: GraphqlLimits): DocumentNode {
	if (query.length > limits.queryCharacters) {
		throw new DomainError("INVALID_INPUT", `the query is longer than ${limits.queryCharacters} characters: split it`);
	}
	try {
		return parse(query, { maxTokens: limits.tokens });
	} catch (cause) {
		const why = cause instanceof RangeError ? "it is nested too deeply" : cause instanceof Error ? cause.message : "";
		throw new DomainError("INVALID_INPUT", `the query cannot be read: ${why}`, { cause });
	}
}

/**
 * Parses and validates query texts, and keeps the good ones, the last used longest: a client sends the same few texts
 * over and over. Texts that were refused are not kept, so that nobody can push out the good ones with them.
 */
export function createDocumentCache(
	schema: GraphQLSchema,
	limits: GraphqlLimits,
	bounds: DocumentCacheBounds = { entries: 1_000, characters: 8_000_000 },
): DocumentCache {
	const kept = new Map<string, PreparedDocument>();
	let characters = 0;

	function forget(query: string): void {
		if (kept.delete(query)) characters -= query.length;
	}

	function keep(query: string, prepared: PreparedDocument): void {
		kept.set(query, prepared);
		characters += query.length;
		for (const oldest of kept.keys()) {
			if (kept.size <= bounds.entries && characters <= bounds.characters) break;
			forget(oldest);
		}
	}

	return {
		get size() {
			return kept.size;
		},
		prepare(query) {
			const found = kept.get(query);
			if (found !== undefined) {
				kept.delete(query);
				kept.set(query, found);
				return found;
			}
			const document = parseWithin(query, limits);
			assertWithinLimits(document, limits);
			const errors = validate(schema, document, undefined, { maxErrors: 20 });
			// graphql-js gives up on documents in which too many fields of one name would have to be compared.
			if (errors.some((error) => error.message === "Validation aborted.")) {
				throw new DomainError("INVALID_INPUT", "the query is refused: it asks for the same fields too often; split it");
			}
			if (errors.length > 0) return { document: undefined, errors };
			const prepared: PreparedDocument = { document, errors: undefined };
			keep(query, prepared);
			return prepared;
		},
	};
}
