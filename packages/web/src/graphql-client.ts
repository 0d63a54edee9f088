import { createClient, type KeifuClient } from "@keifu/sdk";

declare const shape: unique symbol;

/** The text of an operation that knows its variables and its answer; written by `npm run codegen` beside each `*.graphql`. */
export type TypedDocument<Result, Variables> = string & { readonly [shape]?: (variables: Variables) => Result };

/** Gives a generated text its types. */
export function typed<Result, Variables>(text: string): TypedDocument<Result, Variables> {
	return text;
}

/** Asks the server with a generated document, so that no answer is described by hand. */
export function ask<Result, Variables extends Record<string, unknown>>(
	document: TypedDocument<Result, Variables>,
	variables: Variables,
	signal?: AbortSignal,
): Promise<Result> {
	return request<Result>(document, variables, signal);
}

/** The server that the app came from, with its session cookie. */
export function ownServer(): KeifuClient {
	return createClient({ baseUrl: window.location.origin, retry: { attempts: 3 } });
}

/** The app's one way to ask the server: the SDK's transport with the session cookie of this origin. */
export function request<T>(document: string, variables: Record<string, unknown>, signal?: AbortSignal): Promise<T> {
	return ownServer().graphql<T>(document, variables, { signal });
}

/** A cursor of a connection; empty for its first page. */
export type PageParam = string;

/** Where a connection's next page begins; undefined after the last. */
export type PageInfo = { hasNextPage: boolean; endCursor: string | null };

/** A part of a list, as every connection gives it. */
export type Connection<T> = { edges: { node: T }[]; pageInfo: PageInfo };

/** The cursor after a page, in the form that the query cache asks for. */
export function nextPage(page: { pageInfo: PageInfo } | null): PageParam | undefined {
	return page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? undefined) : undefined;
}

/** A page cursor as the `after` argument. */
export function afterOf(page: PageParam): string | null {
	return page === "" ? null : page;
}

type Listed<T> = { edges: readonly { node: T | null }[] } | null | undefined;

/** What a connection lists; nothing where there is none. */
export function nodesOf<T>(connection: Listed<T>): T[] {
	return connection?.edges.flatMap(({ node }) => (node === null ? [] : [node])) ?? [];
}

/** What the pages of a connection list, one after the other. */
export function nodesOfPages<T>(pages: readonly Listed<T>[]): T[] {
	return pages.flatMap((page) => nodesOf(page));
}
