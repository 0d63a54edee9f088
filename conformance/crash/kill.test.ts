import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { type Account, createAccount, createProject } from "../account.ts";
import { graphql } from "../graphql.ts";
import { fileUrls, logVersion, md5Base64, rawFile } from "../http/raw-artifact.ts";
import { at, listAt, textAt } from "../json.ts";
import { processesUsing, signalAll } from "../processes.ts";
import { newClient } from "../python/run-script.ts";
import { type Door, newApiKey, newFolder, type OwnServer, startServer } from "../server.ts";

const rounds = process.env.KEIFU_SOAK === "1" ? 50 : 4;
const uploaders = 3;

/** Commits that the server has acknowledged: the version's id and its one file's MD5. */
type Acknowledged = Map<string, string>;

/** The content of one upload: large enough that a kill lands inside of it, different each time. */
function content(round: number, uploader: number, number: number): Uint8Array {
	const bytes = Buffer.alloc(256 * 1024, `${round}/${uploader}/${number};`);
	return bytes;
}

/** Logs versions one after another until it is over or the server dies. */
async function uploadUntil(
	over: () => boolean,
	account: Account,
	{ round, uploader }: { readonly round: number; readonly uploader: number },
	done: Acknowledged,
) {
	const target = { entity: account.team, project: "zoo", collection: `raw-${uploader}` };
	for (let number = 0; !over(); number++) {
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

/** What dies in a round. */
const victims = ["everything", "the database", "the client", "a connection", "the server alone"] as const;
type Victim = (typeof victims)[number];
const inTurn = victims.slice(0, rounds).join(", ");

interface House {
	readonly made: Account;
	readonly home: { readonly dataDir: string; readonly apiKey: string };
	readonly acknowledged: Acknowledged;
	/** Versions whose bytes have been compared. */
	readonly checked: Set<string>;
}

/** Uploads by everybody until something was acknowledged to each kind of them, then the kill; the server that runs then. */
async function killDuringUploads(server: OwnServer, house: House, round: number, victim: Victim): Promise<OwnServer> {
	const account = { ...house.made, url: server.url };
	const { acknowledged } = house;
	const before = acknowledged.size;
	let clientDone = 0;
	const client = newClient("0.31.0", account).start(loopScript(round), (line) => {
		const [mark, id = "", md5 = ""] = line.split(" ");
		if (mark !== "DONE") return;
		acknowledged.set(id, md5);
		clientDone += 1;
	});
	let over = false;
	const loops = Array.from({ length: uploaders }, (_, uploader) =>
		uploadUntil(() => over, account, { round, uploader }, acknowledged),
	);
	await until(() => clientDone >= 2 && acknowledged.size - before >= 10);
	expect(clientDone).toBeGreaterThanOrEqual(2);
	expect(acknowledged.size - before).toBeGreaterThanOrEqual(10);
	if (victim === "everything") await server.killAll();
	if (victim === "the server alone") await server.killParent();
	if (victim === "the database") await server.killDatabase();
	if (victim === "a connection") {
		const done = clientDone;
		server.killConnection();
		// The client is told to come again, does, and goes on. One more may have been acknowledged before the kill.
		await until(() => clientDone > done + 1);
		expect(clientDone).toBeGreaterThan(done + 1);
	}
	client.kill();
	await client.ended;
	over = true;
	await Promise.all(loops);
	return victim === "the client" || victim === "a connection" ? server : await startServer(house.home);
}

/** Nothing acknowledged is lost, and whatever is visible is whole. */
async function expectWhole(server: OwnServer, { made, acknowledged, checked }: House): Promise<void> {
	const account = { ...made, url: server.url };
	const visible = await visibleVersions(account);
	expect(visible).toEqual(expect.arrayContaining([...acknowledged.keys()]));
	for (const id of visible.filter((each) => !checked.has(each))) {
		const digests = await downloadedMd5(account, id);
		expect(digests, id).toHaveLength(1);
		const expected = acknowledged.get(id);
		if (expected !== undefined) expect(digests).toEqual([expected]);
		else expect(await declaredMd5(account, id)).toEqual(digests);
		checked.add(id);
	}
}

test(`killed ${rounds} times during uploads, in turn ${inTurn}: every acknowledged commit is there and whole`, {
	timeout: 3_600_000,
}, async () => {
	const home = { dataDir: newFolder("server"), apiKey: newApiKey() };
	onTestFinished(() => {
		signalAll(processesUsing(home.dataDir), "SIGKILL");
		rmSync(home.dataDir, { recursive: true, force: true });
	});
	let server = await startServer(home);
	const made = await createAccount(server);
	const house: House = { made, home, acknowledged: new Map(), checked: new Set() };
	await createProject({ ...made, url: server.url }, made.team, "zoo");
	for (let round = 0; round < rounds; round++) {
		const victim = victims[round % victims.length] ?? "everything";
		server = await killDuringUploads(server, house, round, victim);
		await expectWhole(server, house);
	}
	// Once more from the beginning: what was whole has stayed so.
	house.checked.clear();
	await expectWhole(server, house);
	await server.stop();
	expect(processesUsing(home.dataDir)).toEqual([]);
});

async function until(reached: () => boolean): Promise<void> {
	const patience = Date.now() + 120_000;
	while (!reached() && Date.now() < patience) await sleep(20);
}

/** What the version's manifest says of its files: for versions committed without the answer having arrived. */
async function declaredMd5(door: Door, artifactId: string): Promise<string[]> {
	const query = "query ($id: ID!) { artifact(id: $id) { currentManifest { file { directUrl } } } }";
	const data = await graphql(door, query, { id: artifactId });
	const response = await fetch(textAt(data, "artifact", "currentManifest", "file", "directUrl"));
	const manifest: unknown = await response.json();
	return Object.values(Object(at(manifest, "contents"))).map((entry) => textAt(entry, "digest"));
}
