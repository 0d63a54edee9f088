export type Batches<T, R> = {
	/** Most items in one batch. */
	readonly most: number;
	/** Does the work of several at once; answers for each, in their order. When it fails, it has failed for all of them. */
	readonly run: (items: readonly T[]) => Promise<readonly R[]>;
};

type Waiting<T, R> = { readonly item: T; resolve(result: R): void; reject(error: unknown): void };

/**
 * One batch at a time: what comes while a batch is under way waits for it and forms the next one. A single caller waits
 * for nothing; many callers share what a batch costs, such as a sync of the disk or a round trip to the database.
 */
export function inBatches<T, R>({ most, run }: Batches<T, R>): (item: T) => Promise<R> {
	let waiting: Waiting<T, R>[] = [];
	let underWay = false;

	async function drain(): Promise<void> {
		while (waiting.length > 0) {
			const batch = waiting.slice(0, most);
			waiting = waiting.slice(most);
			await settle(batch, run);
		}
		underWay = false;
	}

	return (item) =>
		new Promise((resolve, reject) => {
			waiting.push({ item, resolve, reject });
			if (underWay) return;
			underWay = true;
			// Whatever arrived in the same turn of the event loop comes along.
			setImmediate(drain);
		});
}

async function settle<T, R>(batch: readonly Waiting<T, R>[], run: Batches<T, R>["run"]): Promise<void> {
	try {
		const results = await run(batch.map(({ item }) => item));
		if (results.length !== batch.length) throw new Error(`${batch.length} items gave ${results.length} results`);
		results.forEach((result, at) => {
			batch[at]?.resolve(result);
		});
	} catch (error) {
		for (const { reject } of batch) reject(error);
	}
}
