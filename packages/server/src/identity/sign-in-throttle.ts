import { isIPv6 } from "node:net";
import { DomainError } from "../errors.ts";
import { createFailureCounter } from "./failure-counter.ts";

export type SignInAttempt = { readonly address: string; readonly username: string };

export type SignInThrottle = {
	/** Runs a check of a password, unless too many have failed lately or wait to be checked; one that fails is counted. */
	attempt<T>(attempt: SignInAttempt, check: () => Promise<T>): Promise<T>;
};

const windowMilliseconds = 10 * 60_000;
/** Failures within a window: of one user at one address, and of one address with whatever users. */
const mostOfUser = 10;
const mostOfAddress = 100;
/** A check takes a core for tens of milliseconds and 19 MiB, and shares its threads with all reading of files. */
const mostAtOnce = 2;
const mostWaiting = 30;

/** Counts failed sign-ins of one server. Wrong API keys are counted in `key-throttle.ts`. */
export function createSignInThrottle(clock: () => Date): SignInThrottle {
	const failures = createFailureCounter(clock, windowMilliseconds);
	const waiting: Array<() => void> = [];
	let checking = 0;

	function refuseFrequent(limits: ReadonlyArray<readonly [key: string, most: number]>): void {
		for (const [key, most] of limits) {
			const found = failures.current(key);
			if (found === undefined || found.count < most) continue;
			const retryAfterSeconds = Math.ceil((found.until - clock().getTime()) / 1000);
			const minutes = Math.ceil(retryAfterSeconds / 60);
			throw new DomainError(
				"TOO_MANY_REQUESTS",
				`too many sign-ins have failed: try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}`,
				{ retryAfterSeconds },
			);
		}
	}

	async function takeTurn(): Promise<void> {
		if (checking < mostAtOnce) {
			checking++;
			return;
		}
		if (waiting.length >= mostWaiting) {
			throw new DomainError("TOO_MANY_REQUESTS", "too many people are signing in at this moment: try again");
		}
		// Whoever is done hands its place on.
		await new Promise<void>((resolve) => waiting.push(resolve));
	}

	function endTurn(): void {
		const next = waiting.shift();
		if (next === undefined) checking--;
		else next();
	}

	return {
		async attempt({ address, username }, check) {
			const place = networkOf(address);
			const user = `${place} ${username.toLowerCase()}`;
			const limits = [[user, mostOfUser] as const, [place, mostOfAddress] as const];
			refuseFrequent(limits);
			await takeTurn();
			try {
				// Many may have been sent at once, and have failed while this one waited.
				refuseFrequent(limits);
				const result = await check();
				failures.forget(user);
				return result;
			} catch (error) {
				if (isWrong(error)) for (const [key] of limits) failures.count(key);
				throw error;
			} finally {
				endTurn();
			}
		},
	};
}

/** A wrong password, of somebody who signs in or changes it. */
function isWrong(error: unknown): boolean {
	return error instanceof DomainError && (error.code === "UNAUTHENTICATED" || error.code === "FORBIDDEN");
}

/** An IPv4 address, or the first 64 bits of an IPv6 address: whoever has one of those has them all. */
export function networkOf(address: string): string {
	if (!isIPv6(address)) return address;
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	if (mapped !== undefined) return mapped;
	const [front = [], back = []] = address.split("::").map((part) => part.split(":").filter((group) => group !== ""));
	const zeros = address.includes("::") ? Array<string>(Math.max(8 - front.length - back.length, 0)).fill("0") : [];
	return [...front, ...zeros, ...back].slice(0, 4).join(":").toLowerCase();
}
