import { DomainError } from "../errors.ts";
import { hashSecret } from "./api-key-rules.ts";
import { createFailureCounter } from "./failure-counter.ts";
import { networkOf } from "./sign-in-throttle.ts";

export type KeyThrottle = {
	/** Runs the look-up of a key, unless it, or too many others, were wrong at this address lately; a wrong one is counted. */
	attempt<T>(attempt: { readonly address: string; readonly key: string }, lookUp: () => Promise<T>): Promise<T>;
};

const windowMilliseconds = 60_000;
/** Of one wrong key at one address: a cluster of workers that start with it. */
const mostOfKey = 30;
/** Of one address with whatever keys: somebody who tries them. */
const mostOfAddress = 300;
const mostGood = 10_000;

/**
 * Counts wrong API keys. They cannot be guessed, but each costs a look-up. A wrong key shuts out itself; an address that
 * tries many shuts out what is not known to be good, and not the workers beside it that use a good one.
 */
export function createKeyThrottle(clock: () => Date): KeyThrottle {
	const failures = createFailureCounter(clock, windowMilliseconds);
	/** Hashes of keys that worked at an address where others failed. */
	const good = new Set<string>();

	function keep(hash: string): void {
		good.delete(hash);
		good.add(hash);
		for (const oldest of good) {
			if (good.size <= mostGood) break;
			good.delete(oldest);
		}
	}

	function refuseFrequent(limits: ReadonlyArray<readonly [counted: string, most: number]>): void {
		for (const [counted, most] of limits) {
			const found = failures.current(counted);
			if (found === undefined || found.count < most) continue;
			const retryAfterSeconds = Math.ceil((found.until - clock().getTime()) / 1000);
			throw new DomainError(
				"TOO_MANY_REQUESTS",
				`too many wrong API keys have come from this address: correct the key, and try again in ${retryAfterSeconds} seconds`,
				{ retryAfterSeconds },
			);
		}
	}

	return {
		async attempt({ address, key }, lookUp) {
			// What nearly every request meets: nothing is hashed, nothing is kept.
			const isCalm = failures.isEmpty();
			const hash = isCalm ? null : hashSecret(key);
			const place = networkOf(address);
			if (hash !== null && !good.has(hash)) {
				refuseFrequent([[`${place} ${hash}`, mostOfKey] as const, [place, mostOfAddress] as const]);
			}
			try {
				const found = await lookUp();
				if (hash !== null && failures.current(place) !== undefined) keep(hash);
				return found;
			} catch (error) {
				if (error instanceof DomainError && error.code === "UNAUTHENTICATED") {
					const wrong = hash ?? hashSecret(key);
					good.delete(wrong);
					failures.count(`${place} ${wrong}`);
					failures.count(place);
				}
				throw error;
			}
		},
	};
}
