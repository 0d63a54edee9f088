import type { ResidentGraph } from "../adjacency/graph-shelf.ts";
import type { Ctx } from "../context.ts";
import { type EdgeRow, readEdgesOfNews, readLinksOf, readOwnersOfPlaces, readPlacesOfOwners } from "./graph-reader.ts";
import { artifactKind, runKind } from "./lineage-rows.ts";
import { readLinksInto } from "./load-graph.ts";
import { type News, type NewsRow, readNews } from "./news-reader.ts";

type Reading = Pick<Ctx, "db" | "clock">;

/** How long a missing position is looked for at the least: its transaction may not have been known to the database yet. */
const missingMilliseconds = 10_000;
/** Further behind, a graph is loaded anew. */
const mostBehind = 500_000;

/**
 * Brings a graph up to date with all that was committed before it was asked. False where it cannot be: edges lead to
 * owners that are not in it, or too much has happened.
 */
export async function catchUp(reading: Reading, resident: ResidentGraph): Promise<boolean> {
	// Whoever comes while one is under way needs one that begins later; all who wait share it.
	resident.waiting ??= resident.working.then(async () => {
		resident.waiting = null;
		const work = readOn(reading, resident);
		resident.working = work.catch(() => false);
		return await work;
	});
	return await resident.waiting;
}

async function readOn({ db, clock }: Reading, resident: ResidentGraph): Promise<boolean> {
	const start = resident.position;
	for (;;) {
		const { position, missing } = resident;
		const news = await readNews(db, { position, missing: [...missing.keys()] });
		if (news.rows.length > 0 && !(await putIn(db, resident, news.rows))) return false;
		note(resident, news, clock().getTime());
		if (!news.isCut) return true;
		if (resident.position - start > mostBehind) return false;
	}
}

/** Moves on past what was read; keeps in mind which positions were left out, until whoever has them must be over. */
function note(resident: ResidentGraph, { rows, over, next }: News, now: number): void {
	const { missing } = resident;
	const seen = new Set(rows.map(({ position }) => position));
	for (const [position, { before, since }] of missing) {
		const isOver = over >= before && now - since > missingMilliseconds;
		if (seen.has(position) || isOver) missing.delete(position);
	}
	const end = rows.reduce((last, { position }) => Math.max(last, position), resident.position);
	for (let position = resident.position + 1; position < end; position++) {
		if (!seen.has(position)) missing.set(position, { before: next, since: now });
	}
	resident.position = end;
}

const producing: ReadonlySet<string> = new Set(["artifact.committed", "artifact.produced-again"]);
const linking: ReadonlySet<string> = new Set(["collection.linked", "collection.unlinked"]);
const relinking: ReadonlySet<string> = new Set(["collection.deleted", "collection.moved", "project.deleted"]);

async function putIn(db: Ctx["db"], resident: ResidentGraph, rows: readonly NewsRow[]): Promise<boolean> {
	const of = (types: ReadonlySet<string>) =>
		rows.flatMap(({ type, artifactId }) => (types.has(type) && artifactId !== null ? [artifactId] : []));
	const producedIds = of(producing);
	const uses = rows.flatMap(({ type, artifactId, runId }) =>
		type === "artifact.used" && artifactId !== null && runId !== null ? [{ artifactId, runId }] : [],
	);
	if (producedIds.length + uses.length > 0) {
		const edges = await readEdgesOfNews(db, { producedIds, uses });
		if (!(await putEdgesIn(db, resident, edges))) return false;
	}
	if (rows.some(({ type }) => relinking.has(type))) {
		const own = await readPlacesOfOwners(db, [...resident.owners]);
		await readLinksInto(
			{ db },
			resident,
			own.map(({ projectId }) => projectId),
		);
		return true;
	}
	const linked = of(linking).filter((id) => resident.graph.ids.find(id) >= 0);
	if (linked.length > 0) {
		for (const { artifactId, places } of await readLinksOf(db, linked)) {
			resident.graph.setFurtherPlaces(resident.graph.ids.find(artifactId), places);
			for (const place of places) resident.places.add(place);
		}
	}
	return true;
}

/** False where an edge connects an owner of this graph with one that is not in it. */
async function putEdgesIn(db: Ctx["db"], resident: ResidentGraph, edges: readonly EdgeRow[]): Promise<boolean> {
	const { owners, places, graph } = resident;
	const ends = new Set(edges.flatMap(({ runPlace, artifactPlace }) => [runPlace, artifactPlace]));
	const unknown = [...ends].filter((place) => !places.has(place));
	const foreign = new Set<number>();
	for (const { place, owner } of unknown.length === 0 ? [] : await readOwnersOfPlaces(db, unknown)) {
		if (!owners.has(owner)) foreign.add(place);
	}
	for (const edge of edges) {
		const outside = [edge.runPlace, edge.artifactPlace].filter((place) => foreign.has(place));
		if (outside.length === 1) return false;
		if (outside.length === 2) continue;
		places.add(edge.runPlace).add(edge.artifactPlace);
		const run = graph.addNode(edge.runId, runKind, edge.runPlace);
		const artifact = graph.addNode(edge.artifactId, artifactKind, edge.artifactPlace);
		graph.setFurtherPlaces(artifact, edge.furtherPlaces);
		for (const place of edge.furtherPlaces) places.add(place);
		if (edge.direction === "USED") graph.addEdge(artifact, run);
		else graph.addEdge(run, artifact);
	}
	return true;
}
