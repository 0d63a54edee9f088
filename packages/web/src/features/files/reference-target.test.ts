import { expect, test } from "vitest";
import { readTarget } from "./reference-target.ts";

const hex = Buffer.from("Artifact:0198").toString("hex");

test.each([
	["https://example.org/a b", { kind: "web", href: "https://example.org/a%20b" }],
	["s3://bucket/key", { kind: "store", store: "s3" }],
	["gs://bucket/key", { kind: "store", store: "gs" }],
	["https://account.blob.core.windows.net/box/blob", { kind: "store", store: "azure" }],
	["file:///data/x", { kind: "store", store: "file" }],
	["javascript:alert(1)", { kind: "store", store: "other" }],
	["data:text/html,<script>", { kind: "store", store: "other" }],
	["no address", { kind: "store", store: "other" }],
	["constructor:x", { kind: "store", store: "other" }],
	[`wandb-artifact://${hex}/a/b.txt`, { kind: "version", id: btoa("Artifact:0198"), path: "a/b.txt" }],
	["wandb-artifact://xyz/a", { kind: "store", store: "other" }],
])("%s leads to %j", (uri, target) => {
	expect(readTarget(uri)).toEqual(target);
});
