import { expect, test } from "vitest";
import { isGeneratedType } from "./generated-types.ts";

test("only the client's own types count as generated", () => {
	for (const type of ["run_table", "code", "job", "wandb-history"]) expect(isGeneratedType(type), type).toBe(true);
	for (const type of ["dataset", "model", "jobs", "my-wandb-data"]) expect(isGeneratedType(type), type).toBe(false);
});
