/** Failures of a kind within a while, by whatever they are counted for. */
export type Failures = { count: number; readonly until: number };

export type FailureCounter = {
	/** How many there were, and until when they count; undefined: none. */
	current(key: string): Failures | undefined;
	count(key: string): void;
	forget(key: string): void;
	/** Whether nothing has failed lately. */
	isEmpty(): boolean;
};

/** Names and addresses come from outside: the oldest are forgotten past this many. */
const mostKept = 10_000;

export function createFailureCounter(clock: () => Date, windowMilliseconds: number): FailureCounter {
	const failures = new Map<string, Failures>();

	function current(key: string): Failures | undefined {
		const found = failures.get(key);
		if (found !== undefined && found.until <= clock().getTime()) failures.delete(key);
		return failures.get(key);
	}

	return {
		current,
		count(key) {
			const found = current(key);
			if (found !== undefined) found.count++;
			else failures.set(key, { count: 1, until: clock().getTime() + windowMilliseconds });
			for (const oldest of failures.keys()) {
				if (failures.size <= mostKept) break;
				failures.delete(oldest);
			}
		},
		forget(key) {
			failures.delete(key);
		},
		isEmpty() {
			// All count for as long: the oldest stand first.
			for (const [key, { until }] of failures) {
				if (until > clock().getTime()) return false;
				failures.delete(key);
			}
			return true;
		},
	};
}
