/** A run or a version of a made-up training history. */
export type SyntheticNode = {
	readonly kind: "run" | "artifact" | "registry";
	readonly type: string;
	readonly name: string;
	/** The sweep that it belongs to, if any. */
	readonly sweep: string | null;
};

export type SyntheticLineage = { readonly nodes: SyntheticNode[]; readonly from: number[]; readonly to: number[] };

/** Mulberry32: the same numbers everywhere, between 0 and 1. */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

const datasetNames = 10;
const mostOfSweep = 50;

/** Makes one pipeline after another: raw data, preparing, two datasets, a sweep of training runs, evaluations, a link. */
class Maker {
	readonly lineage: SyntheticLineage = { nodes: [], from: [], to: [] };
	readonly #random: () => number;
	readonly #target: number;
	readonly #versions = new Map<string, number>();
	readonly #datasets: number[] = [];
	readonly #best: number[] = [];
	#runs = 0;

	constructor(target: number, seed: number) {
		this.#target = target;
		this.#random = seededRandom(seed);
	}

	#int(least: number, most: number): number {
		return least + Math.floor(this.#random() * (most - least + 1));
	}

	#left(): number {
		return this.#target - this.lineage.nodes.length;
	}

	#add(node: SyntheticNode): number {
		// The prototype drew a time here; the numbers that follow depend on it.
		this.#int(10, 900);
		return this.lineage.nodes.push(node) - 1;
	}

	#version(type: string, collection: string, sweep: string | null): number {
		const version = (this.#versions.get(collection) ?? -1) + 1;
		this.#versions.set(collection, version);
		return this.#add({ kind: "artifact", type, name: `${collection}:v${version}`, sweep });
	}

	#run(type: string, sweep: string | null): number {
		const words = [this.#int(0, 11), this.#int(0, 11)];
		this.#runs += 1;
		return this.#add({ kind: "run", type, name: `run-${words.join("-")}-${this.#runs}`, sweep });
	}

	#link(from: number, to: number): void {
		this.lineage.from.push(from);
		this.lineage.to.push(to);
	}

	#recent(list: readonly number[], most: number): number {
		return list[Math.max(0, list.length - 1 - this.#int(0, most))] ?? 0;
	}

	#train(dataset: number, name: string, pipeline: number): number[] {
		const largest = Math.round(Math.exp(this.#random() * Math.log(mostOfSweep)));
		const count = Math.max(1, Math.min(mostOfSweep, largest, Math.max(1, Math.floor(this.#left() / 2.6))));
		const sweep = `sweep-${pipeline}`;
		const base = this.#best.length > 0 && this.#random() < 0.35 ? this.#recent(this.#best, 6) : undefined;
		const models: number[] = [];
		for (let i = 0; i < count && this.#left() > 0; i++) {
			const run = this.#run("train", sweep);
			this.#link(dataset, run);
			if (base !== undefined) this.#link(base, run);
			const model = this.#version("model", `${name}-clf`, sweep);
			this.#link(run, model);
			models.push(model);
			if (this.#random() < 0.08) this.#link(run, this.#version("checkpoint", `${name}-ckpt`, sweep));
		}
		return models;
	}

	#evaluate(models: readonly number[], test: number, name: string, pipeline: number): void {
		const sweep = `sweep-${pipeline}`;
		for (const model of models) {
			if (this.#random() >= 0.34 || this.#left() <= 0) continue;
			const run = this.#run("eval", sweep);
			this.#link(model, run);
			this.#link(test, run);
			if (this.#random() < 0.7) this.#link(run, this.#version("table", `${name}-eval`, sweep));
		}
	}

	pipeline(number: number): void {
		const name = `data${this.#int(0, datasetNames - 1)}-${number % 40}`;
		const reused = this.#datasets.length > 0 && this.#random() < 0.6 ? this.#recent(this.#datasets, 12) : undefined;
		const raw = reused ?? this.#version("raw", `raw-${name}`, null);
		const prepare = this.#run("preprocess", null);
		this.#link(raw, prepare);
		const train = this.#version("dataset", `${name}-train`, null);
		const test = this.#version("dataset", `${name}-test`, null);
		this.#link(prepare, train);
		this.#link(prepare, test);
		this.#datasets.push(train);
		const models = this.#train(train, name, number);
		this.#evaluate(models, test, name, number);
		if (models.length === 0 || this.#left() <= 0) return;
		const best = models[this.#int(0, models.length - 1)] ?? 0;
		this.#best.push(best);
		const link = { kind: "registry", type: "registry", name: `model/${name}:v${number}`, sweep: null } as const;
		this.#link(best, this.#add(link));
	}

	make(): SyntheticLineage {
		for (let number = 0; this.#left() > 0; number++) this.pipeline(number);
		return this.lineage;
	}
}

/**
 * Lineage of about so many nodes, shaped as teams' histories are: later pipelines reuse datasets of earlier ones and
 * fine-tune their best models, so that nearly all of it hangs together and gets deeper as it grows.
 */
export function makeLineage(target: number, seed = 7): SyntheticLineage {
	return new Maker(target, seed).make();
}
