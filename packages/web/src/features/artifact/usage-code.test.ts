import { expect, test } from "vitest";
import { apiCode, cliCode, runCode } from "./usage-code.ts";

test("names stand in the code as quoted texts", () => {
	expect(runCode('a/b/c "d":v0', "p")).toContain('run.use_artifact("a/b/c \\"d\\":v0")');
	expect(apiCode("wandb-registry-Golden Datasets/raw:v1")).toContain(
		'.artifact("wandb-registry-Golden Datasets/raw:v1")',
	);
	expect(cliCode("wandb-registry-it's/raw:v1")).toBe("wandb artifact get 'wandb-registry-it'\\''s/raw:v1'");
});
