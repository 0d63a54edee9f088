import { expect, test } from "vitest";
import { candidateKeys, hashSecret } from "./api-key-rules.ts";

test("a key is looked for whole, then by what follows its last dash", () => {
	expect(candidateKeys("abc")).toEqual(["abc"]);
	expect(candidateKeys("local-abc")).toEqual(["local-abc", "abc"]);
	expect(candidateKeys("a-b-c")).toEqual(["a-b-c", "c"]);
	expect(candidateKeys("abc-")).toEqual(["abc-"]);
});

test("keys are hashed with SHA-256 as hex", () => {
	expect(hashSecret("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
