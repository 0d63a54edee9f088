import { adjacencyOf, at, type Edges } from "./adjacency.ts";

const seen = 1;
const done = 2;

/**
 * Marks the edges that close a cycle, found depth first; undefined where there is none.
 * A resumed run can use what was made from its own output, so cycles do occur: such edges are drawn backwards.
 */
export function findBackEdges(count: number, { from, to }: Edges): Uint8Array | undefined {
	const edgesOf = adjacencyOf(
		count,
		from,
		Array.from(from, (_, edge) => edge),
	);
	const state = new Uint8Array(count);
	const next = edgesOf.start.slice(0, count);
	const back = new Uint8Array(from.length);
	let any = false;
	for (let root = 0; root < count; root++) {
		if (state[root]) continue;
		const stack = [root];
		state[root] = seen;
		for (let vertex = stack.at(-1); vertex !== undefined; vertex = stack.at(-1)) {
			const place = at(next, vertex);
			if (place >= at(edgesOf.start, vertex + 1)) {
				state[vertex] = done;
				stack.pop();
				continue;
			}
			next[vertex] = place + 1;
			const edge = at(edgesOf.to, place);
			const target = at(to, edge);
			if (state[target] === seen) {
				back[edge] = 1;
				any = true;
			} else if (!state[target]) {
				state[target] = seen;
				stack.push(target);
			}
		}
	}
	return any ? back : undefined;
}
