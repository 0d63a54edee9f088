import { expect, test } from "vitest";
import { applyDiff, printed, repaired } from "./samples.ts";

const diff = "--- a/x\n+++ b/x\n@@ -2,2 +2,3 @@\n two\n-three\n+drei\n+vier\n";

test("a diff changes its lines and keeps the others", () => {
	expect(applyDiff("one\ntwo\nthree\nfour\n", diff)).toBe("one\ntwo\ndrei\nvier\nfour\n");
});

test("a diff that does not fit is refused", () => {
	expect(() => applyDiff("one\ntwo\n3\n", diff)).toThrow('expects "three" at line 3');
});

test("a placeholder left open is refused, and so is a value for one that is not there", () => {
	expect(() => printed("S0-C1", { "<project>": "p" })).toThrow("<entity> is not filled in");
	expect(() => printed("S2-C1", { "<project>": "p" })).toThrow("does not say <project>");
});

test("each repair fits its sample", () => {
	expect(repaired("S2-C2")).toContain('use_artifact("example_artifact:latest")');
	expect(repaired("S3-C7")).not.toContain("manifest_entry");
});
