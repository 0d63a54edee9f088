import { expect, test } from "vitest";
import { safeReturnPath } from "./session.ts";

test("one comes back only to addresses of this app", () => {
	expect(safeReturnPath("/my-team/zoo?a=1#b")).toBe("/my-team/zoo?a=1#b");
	expect(safeReturnPath("/login?invite=abc")).toBe("/login?invite=abc");
	for (const path of [
		undefined,
		"",
		"https://elsewhere.example",
		"//elsewhere.example",
		"/\\elsewhere.example",
		"/login?next=/",
	]) {
		expect(safeReturnPath(path)).toBe("/");
	}
});
