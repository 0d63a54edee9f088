import fc from "fast-check";
import { expect, it } from "vitest";
import { DomainError } from "../errors.ts";
import { fromNodeId, toNodeId } from "./node-id.ts";

const typeNames = fc.stringMatching(/^[A-Z][A-Za-z]{1,20}$/);
const ids = fc.oneof(fc.uuid(), fc.nat().map(String));

it("gives back what was put in", () => {
	fc.assert(
		fc.property(typeNames, ids, (type, id) => {
			expect(fromNodeId(type, toNodeId(type, id))).toBe(id);
		}),
	);
});

it("is the text that the client decodes", () => {
	expect(toNodeId("ProjectInternalId", 7)).toBe("UHJvamVjdEludGVybmFsSWQ6Nw==");
	expect(Buffer.from(toNodeId("Artifact", 12), "base64").toString()).toBe("Artifact:12");
});

it("finds nothing under another text", () => {
	const otherType = toNodeId("Run", 1);
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.base64String(), fc.constant(otherType)), (text) => {
			expect(() => fromNodeId("Artifact", text)).toThrow(DomainError);
		}),
	);
	const noNumber = Buffer.from("Artifact:1' or 1=1").toString("base64");
	expect(() => fromNodeId("Artifact", noNumber)).toThrow(`no Artifact has the id "${noNumber}"`);
});
