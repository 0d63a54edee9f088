import { createServer, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { at } from "./json.ts";
import { endServer, listen } from "./listen.ts";
import { between, scrapeMetrics } from "./scrape-metrics.ts";

/** One request of the client and the database queries that it caused, by name. */
export type Recorded = { readonly what: string; readonly queries: Readonly<Record<string, number>> };

export type RecordingProxy = {
	readonly url: string;
	readonly recorded: readonly Recorded[];
	close(): void;
};

/** Stands between client and server and lets one request through at a time, so that each query belongs to one. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
	const recorded: Recorded[] = [];
	let last: Promise<unknown> = Promise.resolve();
	const server = createServer(async (incoming, outgoing) => {
		const body = await buffer(incoming);
		const turn = last.then(async () => {
			const before = await scrapeMetrics(target);
			await forward();
			const moved = between(before.queries, (await scrapeMetrics(target)).queries);
			const queries = Object.fromEntries([...moved].map(([name, { count }]) => [name, count]));
			recorded.push({ what: nameOf(incoming.method, incoming.url ?? "", body), queries });
		});
		last = turn.catch(() => outgoing.destroy());

		function forward(): Promise<void> {
			return new Promise((done, fail) => {
				const { method = "GET", headers, url = "/" } = incoming;
				// The host stays as it came, so that the addresses that the server hands out lead here again.
				const call = request(new URL(url, target), { method, headers }, async (reply) => {
					const answer = await buffer(reply);
					outgoing.writeHead(reply.statusCode ?? 502, reply.headers).end(answer);
					done();
				});
				call.once("error", fail);
				call.end(body);
			});
		}
	});
	return { url: await listen(server), recorded, close: () => endServer(server) };
}

function nameOf(method: string | undefined, path: string, body: Buffer): string {
	if (path === "/graphql") {
		const sent: unknown = JSON.parse(body.toString());
		const name = /(?:query|mutation)\s+(\w+)/.exec(String(at(sent, "query")))?.[1];
		return name ?? "anonymous";
	}
	return `${method} /${path.split("/")[1]}${path.endsWith("/file_stream") ? "/…/file_stream" : ""}`;
}
