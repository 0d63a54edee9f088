import { expect, test } from "vitest";
import { iconOfType } from "./icon-paths.ts";

test.each([
	["dataset", "dataset"],
	["training-data", "dataset"],
	["model", "model"],
	["Checkpoint", "checkpoint"],
	["model-weights", "checkpoint"],
	["code", "code"],
	["job", "job"],
	["run_table", "table"],
	["eval_tables", "table"],
	["wandb-history", "artifact"],
	["images", "media"],
	["config", "config"],
	["result", "artifact"],
])("a type called %s is drawn as %s", (type, icon) => {
	expect(iconOfType(type)).toBe(icon);
});
