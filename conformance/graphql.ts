import { noteOwnOperation } from "./documents/sent-operations.ts";
import { textAt } from "./json.ts";
import type { Door } from "./server.ts";

/** The header by which the client names itself. */
export function basicAuth(apiKey: string): string {
	return `Basic ${Buffer.from(`api:${apiKey}`).toString("base64")}`;
}

export interface GraphqlReply {
	readonly status: number;
	readonly data: unknown;
	/** The messages of all errors, one a line; empty when there were none. */
	readonly errors: string;
}

/** Posts one document as the client does and gives back what came, errors too. */
export async function post(door: Door, query: string, variables: object = {}): Promise<GraphqlReply> {
	noteOwnOperation(door.url, query);
	const response = await fetch(`${door.url}/graphql`, {
		method: "POST",
		headers: { authorization: basicAuth(door.apiKey), "content-type": "application/json" },
		body: JSON.stringify({ query, variables }),
	});
	const body: unknown = await response.json();
	const errors = body !== null && typeof body === "object" && "errors" in body ? body.errors : [];
	return {
		status: response.status,
		data: body !== null && typeof body === "object" && "data" in body ? body.data : undefined,
		errors: Array.isArray(errors) ? errors.map((error) => textAt(error, "message")).join("\n") : "",
	};
}

/** The data of one document; throws when the server answers with an error. */
export async function graphql(door: Door, query: string, variables: object = {}): Promise<unknown> {
	const reply = await post(door, query, variables);
	if (reply.status !== 200 || reply.errors !== "") throw new Error(`${reply.status}: ${reply.errors}\n${query}`);
	return reply.data;
}
