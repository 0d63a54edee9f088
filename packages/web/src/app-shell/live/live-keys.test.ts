import { expect, test } from "vitest";
import { growsOld, type Notice } from "./live-keys.ts";

const zoo: Notice = { type: "artifact.committed", entity: "my-team", project: "zoo", collection: "net", run: "r1" };
const registry: Notice = { ...zoo, type: "collection.linked", entity: "my-org", project: "wandb-registry-model" };

test.each<[string, readonly unknown[], Notice, boolean]>([
	["a version of the project", ["version", { entity: "my-team", project: "zoo", name: "net" }], zoo, true],
	["names in another case", ["version", { entity: "My-Team", project: "Zoo" }], zoo, true],
	["a page known by texts", ["project-runs", "my-team", "zoo"], zoo, true],
	["another project", ["version", { entity: "my-team", project: "farm" }], zoo, false],
	["a project of that name elsewhere", ["version", { entity: "you", project: "zoo" }], zoo, false],
	["what names no project", ["home", "ann"], zoo, true],
	["files, which never change", ["version-files", { entity: "my-team", project: "zoo" }], zoo, false],
	["a run's page", ["run", { entity: "my-team", project: "zoo", run: "r1" }], { ...zoo, type: "run.finished" }, true],
	["a version, by a run", ["version", { entity: "my-team", project: "zoo" }], { ...zoo, type: "run.created" }, false],
	["a registry by its short name", ["registry", "My Organisation", "model"], registry, true],
	["its collections", ["registry-collections", "my-org", "wandb-registry-model"], registry, true],
	["another registry", ["registry", "my-org", "dataset"], registry, false],
	["who is signed in", ["viewer"], zoo, false],
])("%s", (_, key, notice, expected) => {
	expect(growsOld(key, notice)).toBe(expected);
});
