// The limit in Node: stores the bytes of a PUT with MD5 and SHA-256 checked on the way, fsync and rename, and gives
// them back on GET. No database, no rights, no other work.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { listenAndSay } from "../listen-and-say.ts";
import { openBytesStore } from "./bytes-store.ts";

const folder = process.argv[2] ?? "";
const bytes = await openBytesStore(folder);

async function store(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const path = await bytes.store(request);
	if (path === undefined) return void response.writeHead(400).end("other bytes came");
	response.writeHead(200, { "content-length": 0, location: `/${path.slice(folder.length + 1)}` }).end();
}

async function give(path: string, response: ServerResponse): Promise<void> {
	const file = bytes.path(path.split("/").at(-1) ?? "");
	const { size } = await stat(file);
	response.writeHead(200, { "content-length": size });
	await pipeline(createReadStream(file, { highWaterMark: 256 << 10 }), response);
}

listenAndSay(
	createServer((request, response) => {
		const done = request.method === "PUT" ? store(request, response) : give(request.url ?? "", response);
		done.catch((error: unknown) => {
			process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
			if (!response.headersSent) response.writeHead(500).end();
		});
	}),
);
