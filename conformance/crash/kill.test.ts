import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { type Account, createAccount, createProject } from "../account.ts";
import { graphql } from "../graphql.ts";
import { fileUrls, logVersion, md5Base64, rawFile } from "../http/raw-artifact.ts";
import { at, listAt, textAt } from "../json.ts";
import { processesUsing, signalAll } from "../processes.ts";
import { newClient } from "../python/run-script.ts";
import { type Door, newApiKey, newFolder, startServer } from "../server.ts";

const rounds = process.env.KEIFU_SOAK === "1" ? 20 : 3;
const uploaders = 3;

/** Commits that the server has acknowledged: the version's id and its one file's MD5. */
type Acknowledged = Map<string, string>;

/** The content of one upload: large enough that a kill lands inside of it, different each time. */
function content(round: number, uploader: number, number: number): Uint8Array {
	const bytes = Buffer.alloc(256 * 1024, `${round}/${uploader}/${number};`);
	return bytes;
}

/** Logs versions one after another until the server dies. */
async function uploadUntilKilled(account: Account, round: number, uploader: number, done: Acknowledged) {
	const target = { entity: account.team, project: "zoo", collection: `raw-${uploader}` };
	for (let number = 0; ; number++) {
		const bytes = content(round, uploader, number);
		try {
			const id = await logVersion(account, target, { "rows.bin": rawFile(bytes) });
			done.set(id, md5Base64(bytes));
		} catch {
			return;
		}
	}
}

/** The real client in a loop; each line is the id of a version that it knows to be committed. */
const loopScript = (round: number) =>
	`
import base64, hashlib, wandb
with wandb.init(project="zoo") as run:
    for number in range(100000):
        content = f"client {round} {number} " * 5000
        artifact = wandb.Artifact(name="client", type="dataset")
        with artifact.new_file("rows.bin") as file:
            file.write(content)
        run.log_artifact(artifact).wait()
        print("DONE", artifact.id, base64.b64encode(hashlib.md5(content.encode()).digest()).decode(), flush=True)
`.replace("{round}", String(round));

async function downloadedMd5(door: Door, artifactId: string): Promise<string[]> {
	const digests: string[] = [];
	for (const url of (await fileUrls(door, artifactId)).values()) {
		const response = await fetch(url);
		expect(response.status, url).toBe(200);
		digests.push(md5Base64(new Uint8Array(await response.arrayBuffer())));
	}
	return digests;
}

/** Every version that the project shows, of all collections. */
async function visibleVersions(account: Account): Promise<string[]> {
	const query = `query ($entity: String!, $name: String!, $after: String) {
		project(name: "zoo", entityName: $entity) {
			artifactCollection(name: $name) {
				artifacts(first: 100, after: $after, filters: "{\\"state\\":\\"COMMITTED\\"}") {
					edges { node { id } } pageInfo { endCursor hasNextPage }
				}
			}
		}
	}`;
	const ids: string[] = [];
	for (const name of ["client", ...Array.from({ length: uploaders }, (_, uploader) => `raw-${uploader}`)]) {
		let after: string | null = null;
		do {
			const data = await graphql(account, query, { entity: account.team, name, after });
			const artifacts = at(data, "project", "artifactCollection", "artifacts");
			if (artifacts === undefined) break;
			ids.push(...listAt(artifacts, "edges").map((edge) => textAt(edge, "node", "id")));
			after = at(artifacts, "pageInfo", "hasNextPage") === true ? textAt(artifacts, "pageInfo", "endCursor") : null;
		} while (after !== null);
	}
	return ids;
}

test(`${rounds} times killed during uploads, every acknowledged commit is there and whole`, {
	timeout: 1_800_000,
}, async () => {
	const home = { dataDir: newFolder("server"), apiKey: newApiKey() };
	onTestFinished(() => {
		signalAll(processesUsing(home.dataDir), "SIGKILL");
		rmSync(home.dataDir, { recursive: true, force: true });
	});
	const acknowledged: Acknowledged = new Map();
	let server = await startServer(home);
	const made = await createAccount(server);
	await createProject({ ...made, url: server.url }, made.team, "zoo");
	for (let round = 0; round < rounds; round++) {
		const account = { ...made, url: server.url };
		const before = acknowledged.size;
		let clientDone = 0;
		const client = newClient("0.31.0", account).start(loopScript(round), (line) => {
			const [mark, id = "", md5 = ""] = line.split(" ");
			if (mark !== "DONE") return;
			acknowledged.set(id, md5);
			clientDone += 1;
		});
		const loops = Array.from({ length: uploaders }, (_, uploader) =>
			uploadUntilKilled(account, round, uploader, acknowledged),
		);
		const patience = Date.now() + 60_000;
		while ((clientDone < 2 || acknowledged.size - before < 10) && Date.now() < patience) await sleep(50);
		await server.killAll();
		await Promise.all(loops);
		client.kill();
		await client.ended;
		expect(clientDone).toBeGreaterThan(0);
		expect(acknowledged.size - before).toBeGreaterThanOrEqual(10);

		server = await startServer(home);
		const again = { ...made, url: server.url };
		const visible = await visibleVersions(again);
		expect(visible).toEqual(expect.arrayContaining([...acknowledged.keys()]));
		for (const id of visible) {
			const digests = await downloadedMd5(again, id);
			expect(digests, id).toHaveLength(1);
			const expected = acknowledged.get(id);
			if (expected !== undefined) expect(digests).toEqual([expected]);
			else expect(await declaredMd5(again, id)).toEqual(digests);
		}
	}
	await server.stop();
	expect(processesUsing(home.dataDir)).toEqual([]);
});

/** What the version's manifest says of its files: for versions committed without the answer having arrived. */
async function declaredMd5(door: Door, artifactId: string): Promise<string[]> {
	const query = "query ($id: ID!) { artifact(id: $id) { currentManifest { file { directUrl } } } }";
	const data = await graphql(door, query, { id: artifactId });
	const response = await fetch(textAt(data, "artifact", "currentManifest", "file", "directUrl"));
	const manifest: unknown = await response.json();
	return Object.values(Object(at(manifest, "contents"))).map((entry) => textAt(entry, "digest"));
}
