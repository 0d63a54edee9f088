import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { at } from "../json.ts";
import { useServer } from "../server.ts";
import { runStep } from "./run-step.ts";

const server = useServer();
const versions = ["0.31.0", "0.18.7"];

describe.each(versions)("wandb %s: paths and models", (version) => {
	test("logged by their path, used as files and folders, and linked by the name of a model", async () => {
		const account = await createAccount(server);
		const answers = await runStep(account, version, "artifact_models.py");
		const net = ["config/layers.json", "weights.txt"];
		const model = { type: "model", aliases: ["latest"] };
		expect(answers).toMatchObject({
			"zoo/run-modeller-notes.txt:v0": { type: "unspecified", aliases: ["latest"], entries: ["notes.txt"] },
			"zoo/folder:whole": { type: "model", aliases: ["latest", "whole"], entries: net },
			"zoo/by-reference:v0": { ...model, entries: net },
			"zoo/net:v0": { ...model, entries: net },
			"zoo/single:tiny": { type: "model", aliases: ["latest", "tiny"], entries: ["single.txt"] },
			"zoo/run-modeller-single.txt:latest": { ...model, entries: ["single.txt"] },
			folder: { weights: "0.25", layers: "[1]" },
			single: { name: "single.txt", text: "one file" },
			file: ["alone/single.txt", "one file"],
			errors: { "not a model": "AssertionError" },
		});

		const registered = { type: "model", aliases: ["latest", "prod"], entries: net };
		expect(at(answers, "model-registry/Registered Net:prod")).toEqual({
			...registered,
			id: at(answers, "zoo/net:v0", "id"),
			name: "Registered Net:prod",
			qualified: `${account.team}/model-registry/Registered Net:prod`,
		});
		expect(at(answers, "model-registry/Registered Net:v0")).toMatchObject(registered);
		// Never logged under its own name before it was linked, and equal to what was logged under another.
		const fresh = { ...model, id: at(answers, "zoo/never-logged:v0", "id") };
		expect(at(answers, "model-registry/Fresh:latest")).toMatchObject(fresh);

		const logged = ["by-reference", "folder", "net", "run-modeller-notes.txt", "run-modeller-single.txt", "single"];
		expect(at(answers, "logged")).toEqual(logged.map((name) => `${name}:v0`));
		expect(at(answers, "used")).toEqual(["net:v0", "run-modeller-notes.txt:v0", "single:v0"]);
	});
});
