import { expect, test } from "vitest";
import { apiCode, cliCode, logCode, runCode } from "./usage-code.ts";

test("names stand in the code as quoted texts", () => {
	expect(runCode('a/b/c "d":v0', { project: "p" })).toContain('run.use_artifact("a/b/c \\"d\\":v0")');
	expect(apiCode("wandb-registry-Golden Datasets/raw:v1")).toContain(
		'.artifact("wandb-registry-Golden Datasets/raw:v1")',
	);
	expect(cliCode("wandb-registry-it's/raw:v1")).toBe("wandb artifact get 'wandb-registry-it'\\''s/raw:v1'");
	expect(logCode("it's", "data set", { project: "p" })).toContain(`name="it's", type="data set")`);
});

test("runs are started under the entity given, or the client's own", () => {
	expect(runCode("a/b/c:v0", { entity: "team", project: "p" })).toContain('wandb.init(entity="team", project="p")');
	expect(runCode("a/b/c:v0", { project: "p" })).toContain('wandb.init(project="p")');
});
