import { expect, test } from "vitest";
import { linkCode } from "./link-code.ts";

test("the target path has the org entity, the registry and the collection as its parts", () => {
	const code = linkCode({
		team: "my-team",
		orgEntity: "my-org",
		registry: "Golden Datasets",
		collection: "raw",
		type: "dataset",
	});
	expect(code).toContain('ORG = "my-org"\nREGISTRY = "Golden Datasets"\nCOLLECTION = "raw"\n');
	expect(code).toContain('target_path=f"{ORG}/wandb-registry-{REGISTRY}/{COLLECTION}"');
	expect(code).toContain('wandb.init(entity="my-team", project=');
	expect(code).toContain('type="dataset"');
});
