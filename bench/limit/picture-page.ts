import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

/** A graph with its places: what the page is told. */
export type PlacedGraph = {
	readonly x: readonly number[];
	readonly y: readonly number[];
	/** Both ends by their place in the lists. */
	readonly edges: readonly (readonly [from: number, to: number])[];
	readonly focus: number;
};

/** Serves `picture.html` at each name, and at `NAME.json` the graph that it paints there. */
export async function servePictures(graphs: ReadonlyMap<string, PlacedGraph>): Promise<{ url: string; stop(): void }> {
	const page = readFileSync(join(import.meta.dirname, "picture.html"));
	const server = createServer(({ url = "/" }, response) => {
		const name = url.slice(1).replace(/\.json$/, "");
		const isPage = !url.endsWith(".json");
		response.setHeader("content-type", isPage ? "text/html; charset=utf-8" : "application/json");
		response.end(isPage ? page : JSON.stringify(graphs.get(name)));
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("not listening on a port");
	return { url: `http://127.0.0.1:${address.port}`, stop: () => void server.close().closeAllConnections() };
}
