import { expect, test } from "vitest";
import { DomainError } from "../errors.ts";
import { createKeyThrottle } from "./key-throttle.ts";

let now = 0;

function throttle() {
	now = 1_000_000;
	const made = createKeyThrottle(() => new Date(now));
	const seen = { lookUps: 0 };
	const wrong = async () => {
		seen.lookUps++;
		throw new DomainError("UNAUTHENTICATED", "the API key is not valid");
	};
	const right = async () => {
		seen.lookUps++;
		return "somebody";
	};
	const codeOf = async (attempt: Promise<unknown>) =>
		await attempt.then(
			() => "OK",
			(error: DomainError) => error.code,
		);
	const send = (key: string, lookUp: () => Promise<unknown>, address = "10.0.0.1") =>
		codeOf(made.attempt({ address, key }, lookUp));
	return { made, seen, wrong, right, send };
}

test("one wrong key is looked up thirty times a minute, then refused; good ones beside it are not", async () => {
	const { made, seen, wrong, right, send } = throttle();
	for (let n = 0; n < 30; n++) expect(await send("wrong", wrong)).toBe("UNAUTHENTICATED");
	expect(await send("wrong", wrong)).toBe("TOO_MANY_REQUESTS");
	expect(seen.lookUps).toBe(30);
	expect(await send("right", right)).toBe("OK");
	expect(await send("wrong", wrong, "10.0.0.2")).toBe("UNAUTHENTICATED");
	now += 20_000;
	await expect(made.attempt({ address: "10.0.0.1", key: "wrong" }, wrong)).rejects.toMatchObject({
		code: "TOO_MANY_REQUESTS",
		retryAfterSeconds: 40,
	});
	now += 40_000;
	expect(await send("wrong", wrong)).toBe("UNAUTHENTICATED");
});

test("an address that tries many keys is refused new ones, and goes on with those that worked", async () => {
	const { wrong, right, send } = throttle();
	await send("wrong 0", wrong);
	expect(await send("right", right)).toBe("OK");
	for (let n = 1; n < 300; n++) expect(await send(`wrong ${n}`, wrong)).toBe("UNAUTHENTICATED");
	expect(await send("unknown", right)).toBe("TOO_MANY_REQUESTS");
	expect(await send("right", right)).toBe("OK");
	expect(await send("unknown", right, "10.0.0.2")).toBe("OK");
	now += 60_000;
	expect(await send("unknown", right)).toBe("OK");
});

test("a key that worked and was taken away is one like others", async () => {
	const { wrong, right, send } = throttle();
	await send("wrong", wrong);
	expect(await send("key", right)).toBe("OK");
	for (let n = 0; n < 30; n++) expect(await send("key", wrong)).toBe("UNAUTHENTICATED");
	expect(await send("key", wrong)).toBe("TOO_MANY_REQUESTS");
});

test("what fails for another reason is not counted", async () => {
	const { right, send } = throttle();
	const broken = async () => await Promise.reject(new DomainError("UNAVAILABLE", "the database is away"));
	for (let n = 0; n < 40; n++) expect(await send("key", broken)).toBe("UNAVAILABLE");
	expect(await send("key", right)).toBe("OK");
});
