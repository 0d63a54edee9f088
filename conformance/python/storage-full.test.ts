import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Account, createAccount, createProject } from "../account.ts";
import { post } from "../graphql.ts";
import { beginVersion, fileUpload, fileUrls, logVersion, put, rawFile, uploadManifest } from "../http/raw-artifact.ts";
import { at } from "../json.ts";
import { type OwnServer, startServer } from "../server.ts";
import { newClient } from "./run-script.ts";
import { clientVersions } from "./setup.mjs";

// A disk that is nearly full is told at once, at every door that writes bytes; what is there can be read.

let server: OwnServer;
let account: Account;
let goodId: string;
const files = { "rows.txt": rawFile("the good rows") };

beforeAll(async () => {
	const roomy = await startServer();
	const made = await createAccount(roomy);
	const target = { entity: made.team, project: "zoo", collection: "animals" };
	await createProject(made, target.entity, target.project);
	goodId = await logVersion(made, target, files);
	await roomy.stop();
	const { dataDir, apiKey } = roomy;
	server = await startServer({ dataDir, apiKey, env: { KEIFU_MIN_FREE_BYTES: "4000TiB" } });
	account = { ...made, url: server.url };
});

afterAll(async () => {
	await server.stop();
	rmSync(server.dataDir, { recursive: true, force: true });
});

test("files, manifests and files of runs are refused with 413, a commit as storage full", async () => {
	const target = { entity: account.team, project: "zoo", collection: "animals" };
	const draft = await beginVersion(account, target, { "new.txt": rawFile("new") });
	const upload = await fileUpload(account, draft, "new.txt", rawFile("new").md5);
	expect(upload && (await put(upload, rawFile("new")))).toBe(413);
	await expect(uploadManifest(account, target, draft, files)).rejects.toThrow("413");

	const commit = "mutation ($id: ID!) { commitArtifact(input: { artifactID: $id }) { artifact { id } } }";
	const reply = await post(account, commit, { id: draft.artifactId });
	expect(reply).toMatchObject({ status: 200, errors: expect.stringMatching(/^storage full: /) });

	const run = `mutation ($entity: String!) {
		upsertBucket(input: { entityName: $entity, modelName: "zoo", name: "walk" }) { bucket { id } }
		createRunFiles(input: { entityName: $entity, projectName: "zoo", runName: "walk", files: ["a.txt"] }) {
			files { uploadUrl }
		}
	}`;
	const made = await post(account, run, { entity: account.team });
	const url = String(at(made.data, "createRunFiles", "files", 0, "uploadUrl"));
	expect(await put({ url, headers: {} }, rawFile("a"))).toBe(413);
});

test("what is there can be read", async () => {
	const url = String((await fileUrls(account, goodId)).get("rows.txt"));
	expect(await (await fetch(url)).text()).toBe("the good rows");
});

test.each(clientVersions)("wandb $version is told, and does not try for minutes", async ({ version }) => {
	const { output } = await newClient(version, account).script(
		`
import wandb
with wandb.init(project="zoo") as run:
    artifact = wandb.Artifact(name="more", type="dataset")
    with artifact.new_file("rows.txt") as file:
        file.write("more rows")
    try:
        run.log_artifact(artifact).wait()
        print("NOT REFUSED")
    except Exception as error:
        print("REFUSED", error)
`,
		{ timeoutMs: 60_000 },
	);
	// The client keeps the server's sentence in its log and says this instead.
	expect(output).toMatch(/^REFUSED .*upload/im);
});
