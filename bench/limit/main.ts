// The limit in Node: stores the bytes of a PUT with MD5 and SHA-256 checked on the way, fsync and rename, and gives
// them back on GET. No database, no rights, no other work.
import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { listenAndSay } from "../listen-and-say.ts";

const folder = process.argv[2] ?? "";
const unfinished = join(folder, "unfinished");
await mkdir(unfinished, { recursive: true });
for (let at = 0; at < 256; at++) await mkdir(join(folder, at.toString(16).padStart(2, "0")), { recursive: true });

function blobPath(sha256: string): string {
	return join(folder, sha256.slice(0, 2), sha256);
}

async function store(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const md5 = createHash("md5");
	const sha256 = createHash("sha256");
	const temporary = join(unfinished, randomUUID());
	const file = await open(temporary, "wx");
	try {
		for await (const chunk of request) {
			md5.update(chunk);
			sha256.update(chunk);
			await file.write(chunk);
		}
		await file.sync();
	} finally {
		await file.close();
	}
	const digest = md5.digest("base64");
	const expected = request.headers["content-md5"];
	if (expected !== undefined && expected !== digest) return void response.writeHead(400).end("other bytes came");
	const path = blobPath(sha256.digest("hex"));
	await rename(temporary, path);
	response.writeHead(200, { "content-length": 0, location: `/${path.slice(folder.length + 1)}` }).end();
}

async function give(path: string, response: ServerResponse): Promise<void> {
	const file = blobPath(path.split("/").at(-1) ?? "");
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
