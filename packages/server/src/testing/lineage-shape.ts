/** A lineage graph as plain arrays: what is written into a database, and what a walk in memory is measured on. */
export type LineageShape = {
	readonly nodeCount: number;
	readonly edgeCount: number;
	/** 0: a run, 1: a version. */
	readonly kinds: Uint8Array;
	/** Positions in `types`. */
	readonly types: Uint8Array;
	readonly pipelines: Int32Array;
	/** Of versions: position in `collections`, and their number there. */
	readonly collectionOf: Int32Array;
	readonly versionOf: Int32Array;
	readonly collections: ReadonlyArray<{ readonly name: string; readonly type: number; readonly project: number }>;
	readonly from: Int32Array;
	readonly to: Int32Array;
	/** Versions that are linked into the registry. */
	readonly links: readonly number[];
};

export const typeNames = ["raw", "dataset", "model", "checkpoint", "table", "preprocess", "train", "eval"] as const;
const [raw, dataset, model, checkpoint, table, preprocess, train, evaluate] = [0, 1, 2, 3, 4, 5, 6, 7];
export const projectCount = 40;
const dataNames = ["zoo", "camera", "reviews", "coco", "medical", "furniture", "speech", "genome", "news", "traffic"];
const largestSweep = 50;

/** Numbers in [0, 1) that are the same in each run (mulberry32). */
export function randomNumbers(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), state | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/**
 * Pipelines as teams have them: raw data, a preprocessing run, data to train and to test on, a sweep of 1 to 50 training
 * runs, models, evaluations of a third of them, the best one linked. Six in ten take data of an earlier pipeline, a
 * third goes on from a model of one, mostly of a recent one, so that much hangs together, the deeper the more there is.
 * With more `reuse` each thing is taken on more than once, so that of the oldest a good part of the whole came.
 */
export function drawLineage(edges: number, seed = 7, reuse = 0.6): LineageShape {
	const random = randomNumbers(seed);
	const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
	const recent = (list: readonly number[], span: number) => {
		const back = random() < 0.1 ? list.length - 1 : span;
		return list[Math.max(0, list.length - 1 - between(0, back))] ?? 0;
	};
	const shape = startShape(edges);
	const [datasets, best]: [number[], number[]] = [[], []];
	for (let pipeline = 0; shape.edgeCount() < edges; pipeline++) {
		const name = `${dataNames[between(0, 9)]}-${pipeline % projectCount}`;
		const add = (type: number) => shape.run(type, pipeline);
		const make = (type: number, run: number, of: string) =>
			shape.version({ type, run, name: `${name}-${of}`, pipeline });
		const source = datasets.length > 0 && random() < reuse ? recent(datasets, 12) : make(raw, -1, "raw");
		const preparing = add(preprocess);
		shape.edge(source, preparing);
		const [training, testing] = [make(dataset, preparing, "train"), make(dataset, preparing, "test")];
		datasets.push(training);
		const runs = Math.max(1, Math.round(Math.exp(random() * Math.log(largestSweep))));
		const base = best.length > 0 && random() < 0.35 ? recent(best, 6) : -1;
		const models: number[] = [];
		for (let each = 0; each < runs; each++) {
			const run = add(train);
			shape.edge(training, run);
			if (base >= 0) shape.edge(base, run);
			models.push(make(model, run, "clf"));
			if (random() < 0.08) make(checkpoint, run, "ckpt");
		}
		for (const made of models) {
			if (random() >= 0.34) continue;
			const run = add(evaluate);
			shape.edge(made, run);
			shape.edge(testing, run);
			if (random() < 0.7) make(table, run, "eval");
		}
		const chosen = models[between(0, models.length - 1)] ?? 0;
		best.push(chosen);
		shape.link(chosen);
	}
	return shape.done();
}

/** As many runs as versions, each run taking five of the latest fifty versions: denser than pipelines are. */
export function drawDense(nodes: number, seed = 7): LineageShape {
	const random = randomNumbers(seed);
	const shape = startShape(nodes * 3);
	const made: number[] = [shape.version({ type: raw, run: -1, name: "dense-0", pipeline: 0 })];
	while (made.length < nodes / 2) {
		const run = shape.run(train, made.length);
		const inputs = new Set(
			Array.from({ length: 5 }, () => made[Math.max(0, made.length - 1 - Math.floor(random() * 50))] ?? 0),
		);
		for (const input of inputs) shape.edge(input, run);
		made.push(shape.version({ type: model, run, name: "dense-0", pipeline: 0 }));
	}
	return shape.done();
}

function startShape(edges: number) {
	const most = Math.ceil(edges * 1.1) + 1_000;
	const [kinds, types] = [new Uint8Array(most), new Uint8Array(most)];
	const [pipelines, collectionOf, versionOf] = [new Int32Array(most), new Int32Array(most), new Int32Array(most)];
	const [from, to] = [new Int32Array(most), new Int32Array(most)];
	const collections: Array<{ name: string; type: number; project: number }> = [];
	const known = new Map<string, number>();
	const lengths: number[] = [];
	const links: number[] = [];
	let [nodeCount, edgeCount] = [0, 0];
	const edge = (start: number, end: number) => {
		from[edgeCount] = start;
		to[edgeCount++] = end;
	};
	const node = (kind: number, type: number, pipeline: number) => {
		kinds[nodeCount] = kind;
		types[nodeCount] = type;
		pipelines[nodeCount] = pipeline;
		return nodeCount++;
	};
	return {
		edge,
		edgeCount: () => edgeCount,
		link: (version: number) => void links.push(version),
		run: (type: number, pipeline: number) => node(0, type, pipeline),
		version({ type, run, name, pipeline }: { type: number; run: number; name: string; pipeline: number }) {
			const version = node(1, type, pipeline);
			let collection = known.get(name);
			if (collection === undefined) {
				collection = collections.push({ name, type, project: pipeline % projectCount }) - 1;
				known.set(name, collection);
			}
			collectionOf[version] = collection;
			versionOf[version] = lengths[collection] ?? 0;
			lengths[collection] = (lengths[collection] ?? 0) + 1;
			if (run >= 0) edge(run, version);
			return version;
		},
		done: (): LineageShape => ({
			...{ nodeCount, edgeCount, kinds, types, pipelines, collectionOf, versionOf, collections, from, to, links },
		}),
	};
}
