// The client floor: answers the calls that the benched client makes and keeps nothing, so that what the client takes
// against it is what no server can beat. Nothing but the benchmarks may use it.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { at } from "../json.ts";
import { listenAndSay } from "../listen-and-say.ts";
import { manifest } from "./floor-artifact.ts";
import { operations } from "./floor-operations.ts";

const features = (process.argv[2] ?? "").split(",").filter((name) => name !== "");
const block = Buffer.alloc(1 << 20, 7);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const path = request.url ?? "";
	if (request.method === "PUT") return await acknowledge(request, response);
	if (path === "/graphql") return await answerGraphql(request, response);
	const [, action = "", first = ""] = path.split("/");
	if (action === "manifest") return send(response, 200, manifest(decodeURIComponent(first)));
	if (action === "get") return sendBytes(response, Number(first));
	for await (const _ of request);
	send(response, path.endsWith("/file_stream") ? 200 : 404, {});
}

async function acknowledge(request: IncomingMessage, response: ServerResponse): Promise<void> {
	for await (const _ of request);
	response.writeHead(200, { "content-length": 0 }).end();
}

async function answerGraphql(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const body: unknown = JSON.parse((await buffer(request)).toString());
	const query = String(at(body, "query"));
	const name = at(body, "operationName") || /^\s*(?:query|mutation)\s+(\w+)/.exec(query)?.[1];
	const operation = operations[String(name)];
	if (operation === undefined) return send(response, 200, { errors: [{ message: `the floor does not know ${name}` }] });
	const url = `http://${request.headers.host}`;
	send(response, 200, { data: operation({ variables: at(body, "variables"), url, features }) });
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

listenAndSay(
	createServer((request, response) => {
		answer(request, response).catch((error: unknown) => {
			process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
			if (!response.headersSent) send(response, 500, { error: "the floor failed" });
		});
	}),
);
