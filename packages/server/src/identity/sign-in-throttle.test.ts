import { beforeEach, describe, expect, it } from "vitest";
import { DomainError } from "../errors.ts";
import { createSignInThrottle, networkOf, type SignInThrottle } from "./sign-in-throttle.ts";

let now: Date;
let throttle: SignInThrottle;
let checks: number;

beforeEach(() => {
	now = new Date("2026-11-21T05:00:00Z");
	throttle = createSignInThrottle(() => now);
	checks = 0;
});

const wrong = async () => {
	checks++;
	throw new DomainError("UNAUTHENTICATED", "wrong user name or password");
};
const right = async () => "welcome";
const ann = { address: "192.0.2.1", username: "ann" };

async function fail(times: number, who: { address: string; username: string }): Promise<void> {
	for (let n = 0; n < times; n++) await expect(throttle.attempt(who, wrong)).rejects.toThrow("wrong user name");
}

describe("failed sign-ins", () => {
	it("are refused after ten, without a look at the password, and say for how long", async () => {
		await fail(10, ann);
		await expect(throttle.attempt({ ...ann, username: "Ann" }, right)).rejects.toMatchObject({
			code: "TOO_MANY_REQUESTS",
			message: "too many sign-ins have failed: try again in 10 minutes",
			retryAfterSeconds: 600,
		});
		now = new Date(now.getTime() + 600_000);
		expect(await throttle.attempt(ann, right)).toBe("welcome");
	});

	it("hold up neither another user nor the same one elsewhere", async () => {
		await fail(10, ann);
		expect(await throttle.attempt({ ...ann, username: "bob" }, right)).toBe("welcome");
		expect(await throttle.attempt({ ...ann, address: "192.0.2.2" }, right)).toBe("welcome");
	});

	it("are forgotten with one that succeeds", async () => {
		await fail(9, ann);
		await throttle.attempt(ann, right);
		await fail(9, ann);
		expect(await throttle.attempt(ann, right)).toBe("welcome");
	});

	it("of one address are a hundred, whoever it says it is", async () => {
		for (let n = 0; n < 100; n++) await fail(1, { ...ann, username: `user-${n}` });
		await expect(throttle.attempt({ ...ann, username: "bob" }, right)).rejects.toMatchObject({
			code: "TOO_MANY_REQUESTS",
		});
	});

	it("of thousands of addresses do not fill the memory: the oldest are forgotten", async () => {
		await fail(10, ann);
		for (let n = 0; n < 5_000; n++) await fail(1, { address: `10.${n >> 8}.${n & 255}.1`, username: "x" });
		expect(await throttle.attempt(ann, right)).toBe("welcome");
	});

	it("sent all at once are checked ten times at most", async () => {
		const outcomes = await Promise.allSettled(Array.from({ length: 200 }, () => throttle.attempt(ann, wrong)));
		expect(outcomes.every((outcome) => outcome.status === "rejected")).toBe(true);
		expect(checks).toBeLessThanOrEqual(11);
		expect(await throttle.attempt({ ...ann, username: "bob" }, right)).toBe("welcome");
	});

	it("do not count what is nobody's fault", async () => {
		const away = async () => {
			throw new DomainError("UNAVAILABLE", "the database cannot be reached");
		};
		for (let n = 0; n < 20; n++) await expect(throttle.attempt(ann, away)).rejects.toThrow("cannot be reached");
		expect(await throttle.attempt(ann, right)).toBe("welcome");
	});
});

it.each([
	["192.0.2.1", "192.0.2.1"],
	["::ffff:192.0.2.1", "192.0.2.1"],
	["2001:DB8:1:2:3:4:5:6", "2001:db8:1:2"],
	["2001:db8::1", "2001:db8:0:0"],
	["::1", "0:0:0:0"],
	["fe80::", "fe80:0:0:0"],
])("the network of %s is %s", (address, network) => {
	expect(networkOf(address)).toBe(network);
});
