import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { at } from "../json.ts";
import { manifest } from "./floor-artifact.ts";
import { operations } from "./floor-operations.ts";

const block = Buffer.alloc(1 << 20, 7);

/** What a server does before it answers; the floor does nothing. */
export type Keeper = {
	/** Takes the bytes of a PUT. */
	store(request: IncomingMessage): Promise<void>;
	/** An operation was asked with these variables. */
	operate(name: string, variables: unknown): Promise<void>;
};

type Context = { readonly features: readonly string[]; readonly keeper: Keeper };

/** Keeps nothing. */
export const nothingKept: Keeper = {
	store: async (request) => {
		for await (const _ of request);
	},
	operate: async () => {},
};

/** Answers the calls that the benched client makes, and does with them what the keeper does. */
export function floorServer(context: Context): Server {
	return createServer((request, response) => {
		answer(request, response, context).catch((error: unknown) => {
			process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
			if (!response.headersSent) send(response, 500, { error: "the floor failed" });
		});
	});
}

async function answer(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
	const path = request.url ?? "";
	if (request.method === "PUT") {
		await context.keeper.store(request);
		return void response.writeHead(200, { "content-length": 0 }).end();
	}
	if (path === "/graphql") return await answerGraphql(request, response, context);
	const [, action = "", first = ""] = path.split("/");
	if (action === "manifest") return send(response, 200, manifest(decodeURIComponent(first)));
	if (action === "get") return sendBytes(response, Number(first));
	for await (const _ of request);
	send(response, path.endsWith("/file_stream") ? 200 : 404, {});
}

async function answerGraphql(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
	const body: unknown = JSON.parse((await buffer(request)).toString());
	const query = String(at(body, "query"));
	const name = String(at(body, "operationName") || /^\s*(?:query|mutation)\s+(\w+)/.exec(query)?.[1]);
	const operation = operations[name];
	if (operation === undefined) return send(response, 200, { errors: [{ message: `the floor does not know ${name}` }] });
	const variables = at(body, "variables");
	await context.keeper.operate(name, variables);
	const url = `http://${request.headers.host}`;
	send(response, 200, { data: operation({ variables, url, features: context.features }) });
}

function send(response: ServerResponse, status: number, value: object): void {
	const body = Buffer.from(JSON.stringify(value));
	response.writeHead(status, { "content-type": "application/json", "content-length": body.length }).end(body);
}

function sendBytes(response: ServerResponse, size: number): void {
	response.writeHead(200, { "content-length": size });
	if (size <= block.length) response.end(block.subarray(0, size));
	else Readable.from(blocks(size)).pipe(response);
}

function* blocks(size: number): Generator<Buffer> {
	for (let left = size; left > 0; left -= block.length) yield block.subarray(0, left);
}
