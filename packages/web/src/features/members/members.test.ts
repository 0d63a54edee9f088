import { expect, test } from "vitest";
import { matches } from "./matches.ts";
import { invitedBy } from "./members.queries.ts";

test("a search finds parts of names and addresses, whatever the case", () => {
	expect(matches(" AD ", ["ada", null])).toBe(true);
	expect(matches("example", [undefined, "ada@Example.org"])).toBe(true);
	expect(matches("bob", ["ada", "ada@example.org"])).toBe(false);
	expect(matches("", [])).toBe(true);
});

test("an invitation is for an address, a user, or whoever has the link", () => {
	expect(invitedBy(" ada@example.org ")).toEqual({ email: "ada@example.org", username: null });
	expect(invitedBy("ada")).toEqual({ email: null, username: "ada" });
	expect(invitedBy("  ")).toEqual({ email: null, username: null });
});
