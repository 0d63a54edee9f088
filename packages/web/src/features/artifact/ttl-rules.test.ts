import { expect, test } from "vitest";
import { expiry, toDays, ttlChoice, ttlSeconds } from "./ttl-rules.ts";

test.each([
	[{ ttlDurationSeconds: 86_400, ttlIsInherited: true }, "inherit"],
	[{ ttlDurationSeconds: -1, ttlIsInherited: true }, "inherit"],
	[{ ttlDurationSeconds: 86_400, ttlIsInherited: false }, "custom"],
	[{ ttlDurationSeconds: -2, ttlIsInherited: false }, "off"],
] as const)("%o is the choice %s", (ttl, choice) => {
	expect(ttlChoice(ttl)).toBe(choice);
});

test("choices go to the server as the client sends them", () => {
	expect([ttlSeconds("inherit", 3), ttlSeconds("custom", 1.5), ttlSeconds("off", 3)]).toEqual([-1, 129_600, -2]);
});

test("a version goes when it was made and its days are over", () => {
	expect(expiry("2026-01-01T00:00:00Z", 2 * 86_400)).toBe("2026-01-03T00:00:00.000Z");
	expect([expiry("2026-01-01T00:00:00Z", -2), expiry("2026-01-01T00:00:00Z", null)]).toEqual([undefined, undefined]);
	expect([toDays(86_400), toDays(100_000)]).toEqual([1, 1.16]);
});
