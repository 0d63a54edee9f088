// node fill-lineage.ts FOLDER TEAM PREFIX EDGES: writes a lineage graph into the database of a server that runs on the
// folder, before anybody asks that server for lineage, and says where some of it is: for tests that know only a URL.
import { sql } from "kysely";
import { attachEmbedded } from "../db/open-embedded.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { drawLineage, type LineageShape, typeNames } from "./lineage-shape.ts";
import { idOfNode, makeManyEdges } from "./many-edges.ts";

const [folder = "", team = "", prefix = "", edges = ""] = process.argv.slice(2);

/** Of each node the first one of all that hangs together with it. */
function componentsOf({ nodeCount, edgeCount, from, to }: LineageShape): Int32Array {
	const first = Int32Array.from({ length: nodeCount }, (_, node) => node);
	const firstOf = (node: number) => {
		let at = node;
		for (let next = first[at] ?? at; next !== at; next = first[at] ?? at) at = first[at] = first[next] ?? next;
		return at;
	};
	for (let edge = 0; edge < edgeCount; edge++) {
		const [one, other] = [firstOf(from[edge] ?? 0), firstOf(to[edge] ?? 0)];
		first[Math.max(one, other)] = Math.min(one, other);
	}
	return first.map((_, node) => firstOf(node));
}

/** A linked model in the middle of the largest history: much came before it and after it. */
function middleOf(shape: LineageShape) {
	const components = componentsOf(shape);
	const sizes = new Map<number, number>();
	for (const component of components) sizes.set(component, (sizes.get(component) ?? 0) + 1);
	const [largest, size] = [...sizes].reduce((best, each) => (each[1] > best[1] ? each : best));
	const links = shape.links.filter((node) => components[node] === largest);
	const node = links[Math.floor(links.length / 2)] ?? 0;
	const { name = "", type = 0, project = 0 } = shape.collections[shape.collectionOf[node] ?? 0] ?? {};
	const version = shape.versionOf[node] ?? 0;
	return {
		id: toNodeId("Artifact", idOfNode(prefix, node)),
		name: `${name}:v${version}`,
		path: `/${team}/${prefix}-${project + 1}/artifacts/${typeNames[type]}/${name}/v${version}`,
		/** How many runs and versions hang together with it, itself among them. */
		component: size,
	};
}

const database = await attachEmbedded(folder);
if (database === null) throw new Error(`no server runs on ${folder}`);
try {
	const shape = drawLineage(Number(edges));
	const { rows } = await sql<{ id: string }>`select id from entity where name = ${team}`.execute(database.db);
	await makeManyEdges(database.db, { shape, entityId: rows[0]?.id ?? "", prefix });
	process.stdout.write(`${JSON.stringify(middleOf(shape))}\n`);
} finally {
	await database.close();
}
