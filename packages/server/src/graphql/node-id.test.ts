import fc from "fast-check";
import { expect, it } from "vitest";
import { DomainError } from "../errors.ts";
import { fromNodeId, toNodeId } from "./node-id.ts";

const typeNames = fc.oneof(fc.constantFrom("User", "Entity"), fc.stringMatching(/^[A-Z][A-Za-z]{1,20}$/));

it("gives back what was put in", () => {
	fc.assert(
		fc.property(typeNames, fc.uuid(), (type, id) => {
			expect(fromNodeId(type, toNodeId(type, id))).toBe(id);
		}),
	);
});

it("is the text that the client decodes", () => {
	expect(toNodeId("ProjectInternalId", 7)).toBe("UHJvamVjdEludGVybmFsSWQ6Nw==");
	expect(Buffer.from(toNodeId("Artifact", 12), "base64").toString()).toBe("Artifact:12");
	const user = toNodeId("User", "00000000-0000-7000-8000-00000000000a");
	expect(Buffer.from(user, "base64").toString()).toMatch(/^User:\d+$/);
});

it("holds any text: the names of files are in ids", () => {
	const name = "データ/é.txt";
	expect(Buffer.from(toNodeId("ArtifactFile", name), "base64").toString()).toBe(`ArtifactFile:${name}`);
});

it("finds nothing under another text", () => {
	const otherType = toNodeId("Run", 1);
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.base64String(), fc.constant(otherType)), (text) => {
			expect(() => fromNodeId("Artifact", text)).toThrow(DomainError);
		}),
	);
	expect(() => fromNodeId("Project", toNodeId("Project", 12))).toThrow("no Project has the id");
	const tooLarge = Buffer.from(`User:${"9".repeat(39)}`).toString("base64");
	expect(() => fromNodeId("User", tooLarge)).toThrow("no User has the id");
	const noNumber = Buffer.from("Artifact:1' or 1=1").toString("base64");
	expect(() => fromNodeId("Artifact", noNumber)).toThrow(`no Artifact has the id "${noNumber}"`);
});
