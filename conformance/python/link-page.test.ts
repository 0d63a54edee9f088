import { describe, expect, test } from "vitest";
import { type Account, createAccount, createPersonalAccount, createRegistry } from "../account.ts";
import { at } from "../json.ts";
import { useServer } from "../server.ts";
import { ask, sha256 } from "./oracle.ts";
import { expectPrintedPages } from "./pages.ts";
import { expectSuccess, newClient, reported, type ScriptResult } from "./run-script.ts";
import { printed, repaired } from "./samples.ts";
import { clientVersions } from "./setup.mjs";

const server = useServer();
const modelFile = "weights.bin";
const weights = "0.1 0.2 0.3";

/** The reader's values for the page's two long samples. */
const linkFills = {
	"<name>": "zoo-model",
	"<type>": "model",
	"<local_path_to_artifact>": `./${modelFile}`,
	"<registry_name>": "model",
	"<collection_name>": "zoo",
};
const link = "wandb-registry-model/zoo:v0";

function runFills(entity: string) {
	return { ...linkFills, "<team_entity>": entity, "<project_name>": "zoo-project" };
}

/** Links a new version to `target_path`, which an earlier cell has set. */
const linkToTargetPath = `
import wandb
with wandb.init(project="paths") as run:
    artifact = wandb.Artifact(name="raw-images", type="dataset")
    with artifact.new_file("image.txt") as file:
        file.write("pixels")
    run.link_artifact(artifact, target_path)
`;

/** The refusal names the personal entity and the way out; the old client, asked first, has words of its own. */
function personalRefusal(account: Account): RegExp {
	return new RegExp(`(ERROR|CommError).*${account.username}.*team`, "i");
}

/** This client refuses by itself, before it asks the server anything. */
function expectDraftRefusal(result: ScriptResult): void {
	expect(result.code, result.output).not.toBe(0);
	expect(result.output).toContain("Client not initialized for artifact mutations");
}

async function expectOneRawImage(account: Account): Promise<void> {
	const path = `${account.orgEntity}/wandb-registry-Golden Datasets/raw_images`;
	const [linked, source, versions] = await ask(
		account,
		["artifact", `${path}:v0`],
		["artifact", `${account.team}/paths/raw-images:v0`],
		["versions", "dataset", path],
	);
	expect(linked).toMatchObject({ id: at(source, "id"), version: "v0", isLink: true, aliases: ["latest"] });
	expect(versions).toEqual(["v0"]);
}

describe.each(clientVersions)("wandb $version: link a version to a collection", (traits) => {
	const { version, raisesRefusals } = traits;

	test("S1-C2 logs the draft to the run, then links it", async () => {
		const account = await createAccount(server);
		const client = newClient(version, account);
		client.write(modelFile, weights);
		const result = await client.script(printed("S1-C2", runFills(account.team)));
		expectSuccess(result);
		expect(result.output).not.toContain("ERROR");
		await expectPrintedPages(result, account.url);
		const sourceName = `${account.team}/zoo-project/zoo-model:v0`;
		const [linked, source, linkFiles, sourceFiles, runs] = await ask(
			account,
			["artifact", link],
			["artifact", sourceName],
			["files", link],
			["files", sourceName],
			["runs", `${account.team}/zoo-project`],
		);
		expect(source).toMatchObject({ isLink: false, version: "v0", type: "model", aliases: ["latest"] });
		expect(linked).toMatchObject({ id: at(source, "id"), isLink: true, name: "zoo:v0", source: sourceName });
		expect(linked).toMatchObject({ aliases: ["latest"], loggedBy: at(source, "loggedBy") });
		expect(runs).toMatchObject([{ id: at(source, "loggedBy") }]);
		expect(sourceFiles).toEqual({ [modelFile]: sha256(weights) });
		expect(linkFiles).toEqual(sourceFiles);
	});

	test("S1-C2 from a personal entity is refused, and the registry stays empty", async () => {
		const account = await createPersonalAccount(server);
		const client = newClient(version, account);
		client.write(modelFile, weights);
		const result = await client.script(printed("S1-C2", runFills(account.username)));
		expect(result.code === 0, result.output).toBe(!raisesRefusals);
		expect(result.output).toMatch(personalRefusal(account));
		const [linked, source] = await ask(
			account,
			["artifact", `${account.orgEntity}/${link}`],
			["artifact", `${account.username}/zoo-project/zoo-model:v0`],
		);
		expect(linked).toMatchObject({ error: expect.stringContaining("zoo") });
		expect(source).toMatchObject({ version: "v0" });
	});

	test("S1-C3 links a draft that it logs through an automatic run of the default team", async () => {
		const account = await createAccount(server);
		const client = newClient(version, account);
		client.write(modelFile, weights);
		const result = await client.script(printed("S1-C3", linkFills));
		if (!traits.linksDrafts) return expectDraftRefusal(result);
		expectSuccess(result);
		const sourceName = `${account.team}/uncategorized/zoo-model:v0`;
		const [linked, source, files, runs] = await ask(
			account,
			["artifact", link],
			["artifact", sourceName],
			["files", link],
			["runs", `${account.team}/uncategorized`],
		);
		expect(linked).toMatchObject({ id: at(source, "id"), isLink: true, source: sourceName });
		expect(files).toEqual({ [modelFile]: sha256(weights) });
		expect(runs).toContainEqual({ id: at(source, "loggedBy"), jobType: "auto" });
	});

	test("S1-C3 with a personal default entity is refused", async () => {
		const account = await createPersonalAccount(server);
		const client = newClient(version, account);
		client.write(modelFile, weights);
		const result = await client.script(printed("S1-C3", linkFills));
		if (!traits.linksDrafts) return expectDraftRefusal(result);
		if (raisesRefusals) {
			expect(result.code, result.output).not.toBe(0);
			expect(result.output).toMatch(personalRefusal(account));
		} else {
			// `Artifact.link` silences the run that it makes, and so the old client's refusal.
			expectSuccess(result);
		}
		const [linked, runs] = await ask(
			account,
			["artifact", `${account.orgEntity}/${link}`],
			["runs", `${account.username}/uncategorized`],
		);
		expect(linked).toMatchObject({ error: expect.stringContaining("zoo") });
		expect(runs).toContainEqual({ id: expect.any(String), jobType: "auto" });
	});

	test("S1-C5, repaired, makes a run of the team", async () => {
		const account = await createPersonalAccount(server);
		const fills = { "<team_entity>": account.team, "<project_name>": "zoo-project" };
		const result = await newClient(version, account).script(repaired("S1-C5", fills));
		expectSuccess(result);
		await expectPrintedPages(result, account.url);
		const [runs] = await ask(account, ["runs", `${account.team}/zoo-project`]);
		const [run] = await ask(account, ["run", `${account.team}/zoo-project/${at(runs, 0, "id")}`]);
		expect(run).toMatchObject({ entity: account.team, state: "finished", logged: [] });
	});

	test("S1-C6 makes an artifact that the team's run can log", async () => {
		const account = await createAccount(server);
		const result = await newClient(version, account).cells([
			"import wandb",
			printed("S1-C6", { "<artifact_name>": "zoo-labels", "<type>": "dataset" }),
			'with artifact.new_file("labels.txt") as file:\n    file.write("zebra")',
			`with wandb.init(entity="${account.team}", project="zoo-project") as run:\n    run.log_artifact(artifact)`,
		]);
		expectSuccess(result);
		await expectPrintedPages(result, account.url);
		const name = `${account.team}/zoo-project/zoo-labels:v0`;
		const [logged, files] = await ask(account, ["artifact", name], ["files", name]);
		expect(logged).toMatchObject({ version: "v0", type: "dataset", aliases: ["latest"] });
		expect(files).toEqual({ "labels.txt": sha256("zebra") });
	});

	test("S1-C7, repaired, is a path that link_artifact takes", async () => {
		const account = await createAccount(server);
		await createRegistry(account, "Golden Datasets");
		const path = repaired("S1-C7", { "smle-registries-bug-bash": account.orgEntity });
		expectSuccess(await newClient(version, account).cells([path, linkToTargetPath]));
		await expectOneRawImage(account);
	});

	test("S1-C8 joins to the same path; linking a version twice makes one entry", async () => {
		const account = await createAccount(server);
		await createRegistry(account, "Golden Datasets");
		const parts = printed("S1-C8", { "smle-registries-bug-bash": account.orgEntity });
		const join = 'target_path = f"{ORG_ENTITY_NAME}/wandb-registry-{REGISTRY_NAME}/{COLLECTION_NAME}"';
		expectSuccess(await newClient(version, account).cells([parts, join, linkToTargetPath, linkToTargetPath]));
		await expectOneRawImage(account);
	});

	test(`linking a logged version makes ${traits.linksLoggedWithoutRun ? "no" : "another"} run`, async () => {
		const account = await createAccount(server);
		const client = newClient(version, account);
		client.write(modelFile, weights);
		expectSuccess(await client.script(printed("S1-C2", runFills(account.team))));
		const again = `
import json, wandb
artifact = wandb.Api().artifact("zoo-project/zoo-model:v0")
linked = artifact.link("wandb-registry-model/zoo-approved")
answer = linked and [linked.is_link, linked.name, linked.source_name, linked.id == artifact.id]
print("RESULT", json.dumps(answer))
`;
		const result = await client.script(again);
		expectSuccess(result);
		const [linked, runs] = await ask(
			account,
			["artifact", "wandb-registry-model/zoo-approved:v0"],
			["runs", `${account.team}/zoo-project`],
		);
		expect(linked).toMatchObject({ version: "v0", isLink: true, aliases: ["latest"] });
		const answer = traits.returnsLinks ? [true, "zoo-approved:v0", "zoo-model:v0", true] : null;
		expect(reported(result)).toEqual(answer);
		expect(runs).toHaveLength(traits.linksLoggedWithoutRun ? 1 : 2);
	});

	test(`a link read back ${traits.returnsLinks ? "says" : "cannot say"} that it is one`, async () => {
		const account = await createAccount(server);
		const client = newClient(version, account);
		client.write(modelFile, weights);
		expectSuccess(await client.script(printed("S1-C2", runFills(account.team))));
		const read = `
import json, wandb
linked = wandb.Api().artifact("${link}")
print("RESULT", json.dumps([linked.name, linked.version, linked.source_name, getattr(linked, "is_link", None)]))
`;
		const result = await client.script(read);
		expectSuccess(result);
		expect(reported(result)).toEqual(["zoo:v0", "v0", "zoo-model:v0", traits.returnsLinks ? true : null]);
	});

	test.each([
		["a registry that does not exist", "wandb-registry-nowhere/zoo", "nowhere"],
		["a collection of another type", "wandb-registry-dataset/zoo", "model"],
	])("linking to %s is refused", async (_, target, named) => {
		const account = await createAccount(server);
		const script = `
import wandb
with wandb.init(project="zoo-project") as run:
    artifact = wandb.Artifact(name="zoo-model", type="model")
    with artifact.new_file("weights.txt") as file:
        file.write("0.1")
    run.link_artifact(artifact, "${target}")
`;
		const result = await newClient(version, account).script(script);
		expect(result.code === 0, result.output).toBe(!raisesRefusals);
		if (!raisesRefusals) expect(result.output).toContain("ERROR");
		expect(result.output).toContain(named);
		const [linked] = await ask(account, ["artifact", `${target}:v0`]);
		expect(linked).toMatchObject({ error: expect.any(String) });
	});
});
