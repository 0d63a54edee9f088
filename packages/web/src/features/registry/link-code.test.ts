import { expect, test } from "vitest";
import { linkCode, linkLine } from "./link-code.ts";

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

test("the short form names the same place", () => {
	expect(linkLine({ orgEntity: "my-org", registry: "Golden Datasets", collection: "raw" })).toBe(
		'run.link_artifact(artifact, target_path="my-org/wandb-registry-Golden Datasets/raw")',
	);
});
