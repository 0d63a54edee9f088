import { expect, test } from "vitest";
import { parseRecord, readSummary, unwrapConfig } from "./json.ts";

test("anything but a JSON object reads as empty", () => {
	for (const text of [null, undefined, "", "{", "[1]", "null", "7"]) expect(parseRecord(text)).toEqual({});
	expect(parseRecord('{"a":1}')).toEqual({ a: 1 });
});

test("config values lose their wrapping and the client's notes", () => {
	const stored = { lr: { value: 0.1, desc: null }, layers: { value: { a: 1 } }, bare: 3, _wandb: { value: {} } };
	expect(unwrapConfig(JSON.stringify(stored))).toEqual({ lr: 0.1, layers: { a: 1 }, bare: 3 });
});

test("summaries keep only what the user logged", () => {
	expect(readSummary('{"acc":0.9,"_step":3,"_wandb":{"runtime":1}}')).toEqual({ acc: 0.9 });
});
