import { type IncomingHttpHeaders, request } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { at } from "./json.ts";
import { apiKey } from "./server-process.ts";

const authorization = `Basic ${Buffer.from(`api:${apiKey}`).toString("base64")}`;

export type Reply = { readonly headers: IncomingHttpHeaders; readonly body: Buffer; readonly bytes: number };

export type Sending = {
	readonly method?: "GET" | "POST" | "PUT";
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: Buffer | Iterable<Buffer>;
	/** Counts the reply's bytes instead of keeping them. */
	readonly discard?: boolean;
};

/** One request over a connection that is kept; throws on any status but 200. */
export async function send(url: string, { method = "GET", headers = {}, body, discard }: Sending = {}): Promise<Reply> {
	return await new Promise((done, fail) => {
		const call = request(url, { method, headers }, (response) => {
			const chunks: Buffer[] = [];
			let bytes = 0;
			response.on("data", (chunk: Buffer) => {
				bytes += chunk.length;
				if (discard !== true || response.statusCode !== 200) chunks.push(chunk);
			});
			response.once("error", fail);
			response.once("end", () => {
				const whole = Buffer.concat(chunks);
				if (response.statusCode === 200) done({ headers: response.headers, body: whole, bytes });
				else fail(new Error(`${method} ${url} answered ${response.statusCode}: ${whole.toString().slice(0, 500)}`));
			});
		});
		call.once("error", fail);
		if (body === undefined || Buffer.isBuffer(body)) call.end(body);
		else pipeline(Readable.from(body), call).catch(fail);
	});
}

/** Posts a document as the client does; throws when the server answers with an error. */
export async function graphql(url: string, query: string, variables: object = {}): Promise<unknown> {
	const body = Buffer.from(JSON.stringify({ query, variables, operationName: "" }));
	const headers = { authorization, "content-type": "application/json", "content-length": String(body.length) };
	const reply: unknown = JSON.parse((await send(`${url}/graphql`, { method: "POST", headers, body })).body.toString());
	if (at(reply, "errors") !== undefined) throw new Error(`${JSON.stringify(at(reply, "errors"))}\n${query}`);
	return at(reply, "data");
}

/** A heartbeat of a run. */
export async function heartbeat(url: string, run: { entity: string; project: string; name: string }): Promise<void> {
	const body = Buffer.from("{}");
	const headers = { authorization, "content-type": "application/json", "content-length": String(body.length) };
	const path = `files/${run.entity}/${run.project}/${run.name}/file_stream`;
	await send(`${url}/${path}`, { method: "POST", headers, body });
}

/** Calls `work` for each item, so many at a time. */
export async function inParallel<T>(items: Iterable<T>, callers: number, work: (item: T) => Promise<unknown>) {
	const left = items[Symbol.iterator]();
	const caller = async () => {
		for (let next = left.next(); !next.done; next = left.next()) await work(next.value);
	};
	await Promise.all(Array.from({ length: callers }, caller));
}
