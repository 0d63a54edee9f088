import { expect, test } from "vitest";
import { isKeyLifetime, keyExpiry } from "./key-expiry.ts";

const now = Date.parse("2026-01-01T12:00:00Z");

test("a key ends after days, with a day, or never", () => {
	expect(keyExpiry("never", "2026-05-01", now)).toBeNull();
	expect(keyExpiry("30", "", now)).toBe("2026-01-31T12:00:00.000Z");
	expect(keyExpiry("date", "2026-05-01", now)).toBe(new Date("2026-05-01T23:59:59").toISOString());
	expect(keyExpiry("date", "", now)).toBeNull();
});

test("a lifetime is one of those offered", () => {
	expect(isKeyLifetime("90")).toBe(true);
	expect(isKeyLifetime("91")).toBe(false);
});
