import fc from "fast-check";
import { expect, test } from "vitest";
import {
	isCoreRegistry,
	parseSelectionPath,
	printSelectionPath,
	registryNameOf,
	registryProject,
	registryTitle,
} from "./registry-paths.ts";

test("the client's selectionPath is read into its three parts", () => {
	expect(parseSelectionPath("my-org/wandb-registry-model/first-collection")).toEqual({
		entity: "my-org",
		project: "wandb-registry-model",
		collection: "first-collection",
	});
	expect(parseSelectionPath("my-org/wandb-registry-Golden Datasets/raw images")?.collection).toBe("raw images");
});

test("other texts are no selection", () => {
	for (const text of [
		"",
		"a",
		"a/b/c",
		"org/wandb-registry-model",
		"org/wandb-registry-model/",
		"/wandb-registry-m/c",
	]) {
		expect(parseSelectionPath(text), text).toBeUndefined();
	}
});

test("printing and reading are inverse", () => {
	const segment = fc.string({ minLength: 1 }).filter((text) => !text.includes("/"));
	fc.assert(
		fc.property(segment, segment, segment, (entity, registry, collection) => {
			const path = { entity, project: registryProject(registry), collection };
			expect(parseSelectionPath(printSelectionPath(path))).toEqual(path);
			expect(registryNameOf(path.project)).toBe(registry);
		}),
	);
});

test("core registries are shown capitalised, whatever the spelling in the address", () => {
	expect(registryTitle("model")).toBe("Model");
	expect(registryTitle("DATASET")).toBe("Dataset");
	expect(registryTitle("golden datasets")).toBe("golden datasets");
	expect(isCoreRegistry("Model")).toBe(true);
	expect(isCoreRegistry("constructor")).toBe(false);
});
