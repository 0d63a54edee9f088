type Edges = ReadonlyArray<readonly [number, number]>;

/** The nodes that lie on a cycle of more than one node: Tarjan's components, without recursion, as chains are deep. */
export function cyclesOf(count: number, edges: Edges): number[] {
	const { starts, ends } = outgoing(count, edges);
	const order = new Int32Array(count);
	const low = new Int32Array(count);
	const isOpen = new Uint8Array(count);
	const next = starts.slice(0, count);
	const open: number[] = [];
	const onCycles: number[] = [];
	let counter = 0;
	const enter = (node: number, path: number[]) => {
		order[node] = low[node] = ++counter;
		isOpen[node] = 1;
		open.push(node);
		path.push(node);
	};
	const close = (node: number) => {
		const component = open.splice(open.lastIndexOf(node));
		for (const member of component) isOpen[member] = 0;
		if (component.length > 1) for (const member of component) onCycles.push(member);
	};
	for (let start = 0; start < count; start++) {
		if ((order[start] ?? 0) > 0) continue;
		const path: number[] = [];
		enter(start, path);
		for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
			const at = next[node] ?? 0;
			if (at < (starts[node + 1] ?? 0)) {
				next[node] = at + 1;
				const near = ends[at] ?? 0;
				if ((order[near] ?? 0) === 0) enter(near, path);
				else if (isOpen[near] === 1) low[node] = Math.min(low[node] ?? 0, order[near] ?? 0);
				continue;
			}
			path.pop();
			const above = path.at(-1);
			if (above !== undefined) low[above] = Math.min(low[above] ?? 0, low[node] ?? 0);
			if (low[node] === order[node]) close(node);
		}
	}
	return onCycles;
}

function outgoing(count: number, edges: Edges) {
	const starts = new Int32Array(count + 1);
	for (const [from] of edges) starts[from + 1] = (starts[from + 1] ?? 0) + 1;
	for (let node = 0; node < count; node++) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
	const next = starts.slice(0, count);
	const ends = new Int32Array(edges.length);
	for (const [from, to] of edges) {
		const at = next[from] ?? 0;
		ends[at] = to;
		next[from] = at + 1;
	}
	return { starts, ends };
}
