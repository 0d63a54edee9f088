import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { endServer, listen } from "../listen.ts";

/** A graph with its places: what the page is told. */
export type PlacedGraph = {
	readonly x: readonly number[];
	readonly y: readonly number[];
	/** The ends of each edge by their place in the lists. */
	readonly from: readonly number[];
	readonly to: readonly number[];
	readonly focus: number;
};

/** Serves `picture.html` at each name, and at `NAME.json` the graph that it paints there. */
export async function servePictures(
	graphs: Readonly<Record<string, PlacedGraph>>,
): Promise<{ url: string; stop(): void }> {
	const page = readFileSync(join(import.meta.dirname, "picture.html"));
	const server = createServer(({ url = "/" }, response) => {
		const graph = graphs[url.slice(1).replace(/\.json$/, "")];
		const isPage = !url.endsWith(".json");
		response.setHeader("content-type", isPage ? "text/html; charset=utf-8" : "application/json");
		response.end(isPage ? page : JSON.stringify(graph));
	});
	return { url: await listen(server), stop: () => endServer(server) };
}
