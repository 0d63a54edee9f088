import type { Ctx } from "../context.ts";
import { toNodeId } from "../graphql/node-id.ts";
import {
	artifactKind,
	type LineageNode,
	type LinkNode,
	type LinkRow,
	type RunNodeRow,
	runKind,
	type VersionNodeRow,
} from "./lineage-rows.ts";
import { readLinkRows, readRunNodes, readVersionNodes } from "./node-reader.ts";
import type { OpenGraph } from "./open-graph.ts";

/** What is said of a node, and what groups are made by. */
export type Described = LineageNode & {
	readonly sweepId: string | null;
	readonly groupName: string | null;
	readonly place: number;
};

/** Without what only the server needs. */
export function withoutOwn({ sweepId, groupName, place, ...node }: Described): LineageNode {
	return node;
}

/** What is said of nodes that the actor may see, in their order. */
export async function describeNodes(ctx: Ctx, open: OpenGraph, nodes: readonly number[]): Promise<Described[]> {
	const { graph } = open;
	const idsOf = (kind: number) => nodes.flatMap((node) => (graph.kindOf(node) === kind ? [graph.ids.idOf(node)] : []));
	const [runIds, versionIds] = [idsOf(runKind), idsOf(artifactKind)];
	const [runs, versions, links] = await Promise.all([
		readRunNodes(ctx, runIds),
		readVersionNodes(ctx.db, versionIds),
		readLinkRows(ctx.db, versionIds),
	]);
	const seenLinks = Map.groupBy(
		links.filter(({ place }) => open.sees(place)),
		({ artifactId }) => artifactId,
	);
	const described = new Map<number, Described>();
	for (const run of runs) described.set(graph.ids.find(run.id), ofRun(run));
	for (const version of versions) {
		const node = { ...ofVersion(version), links: (seenLinks.get(version.id) ?? []).map(linkOf) };
		// Who sees a version by a link alone learns how it is called at home, not what it is called there besides.
		described.set(graph.ids.find(version.id), open.sees(version.place) ? node : { ...node, aliases: [] });
	}
	return nodes.map((node) => {
		const found = described.get(node);
		if (found === undefined) throw new Error(`node ${graph.ids.idOf(node)} of the lineage graph is not there`);
		return found;
	});
}

function ofRun(run: RunNodeRow): Described {
	const { id, name, displayName, jobType, state, isDeleted, createdAt, project, sweep, sweepId, groupName, place } =
		run;
	return {
		...{ id: toNodeId("Run", id), kind: "run", type: jobType, name: displayName, run: name, sweep },
		...{ collection: null, version: null, project, state, isDeleted, createdAt, aliases: [], links: [] },
		...{ sweepId, groupName, place },
	};
}

function ofVersion({
	id,
	type,
	collection,
	version,
	state,
	createdAt,
	project,
	aliases,
	place,
}: VersionNodeRow): Described {
	const name = version === null ? collection : `${collection}:v${version}`;
	return {
		...{ id: toNodeId("Artifact", id), kind: "artifact", type, name, run: null, sweep: null },
		...{ collection, version, project, state, isDeleted: state === "DELETED", createdAt, aliases, links: [] },
		...{ sweepId: null, groupName: null, place },
	};
}

const linkOf = ({ project, isRegistry, collection, version, aliases }: LinkRow): LinkNode => ({
	...{ project, isRegistry, collection, version, aliases },
});
