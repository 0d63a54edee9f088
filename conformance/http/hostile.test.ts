import { rmSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Account, createAccount, createProject } from "../account.ts";
import { basicAuth, type GraphqlReply, graphql, post } from "../graphql.ts";
import { at, listAt, textAt } from "../json.ts";
import { processTree, residentBytes } from "../processes.ts";
import { type OwnServer, startServer } from "../server.ts";
import {
	beginVersion,
	fileUpload,
	fileUrls,
	logVersion,
	md5Base64,
	type RawDraft,
	type RawFile,
	type RawTarget,
	type RawUpload,
	rawFile,
	uploadManifest,
} from "./raw-artifact.ts";

// What no honest client sends is refused with one sentence, and leaves nothing behind. A 5xx would be retried for minutes.

const soak = process.env.KEIFU_SOAK === "1";
/** What is held after everything, garbage included. A manifest of a million names is 140 MB, and is read whole. */
const memoryLimit = 600 * 1024 ** 2;
const mebibyte = 1024 ** 2;

let server: OwnServer;
let account: Account;
let target: RawTarget;
let goodId: string;
let drafts = 0;

beforeAll(async () => {
	server = await startServer();
	account = await createAccount(server);
	target = { entity: account.team, project: "zoo", collection: "animals" };
	await createProject(account, target.entity, target.project);
	goodId = await logVersion(account, target, { "rows.txt": rawFile("the good rows") });
	await graphql(
		account,
		`mutation ($entity: String, $project: String) {
			upsertBucket(input: { entityName: $entity, modelName: $project, name: "walk" }) { bucket { id } }
		}`,
		{ entity: target.entity, project: target.project },
	);
});

afterEach(async () => {
	expect(await everythingStored()).toEqual({
		projects: ["zoo"],
		collections: [{ name: "animals", versions: [goodId] }],
		files: ["rows.txt"],
		lines: 0,
		runFiles: [],
	});
});

afterAll(async () => {
	const resident = residentBytes(processTree(server.pid));
	await server.stop();
	rmSync(server.dataDir, { recursive: true, force: true });
	expect(resident).toBeGreaterThan(10 * mebibyte);
	expect(resident, `${Math.round(resident / mebibyte)} MB resident`).toBeLessThan(memoryLimit);
});

/** All that the account can see of what was sent. */
async function everythingStored() {
	const data = await graphql(
		account,
		`query ($entity: String!, $project: String!, $good: ID!) {
			models(entityName: $entity, first: 50) { edges { node { name } } }
			project(entityName: $entity, name: $project) {
				artifactCollections(first: 100) {
					edges { node { name artifacts(first: 100) { edges { node { id } } } } }
				}
				run(name: "walk") { historyLineCount files(first: 100) { edges { node { name } } } }
			}
			artifact(id: $good) { files(first: 100) { edges { node { name } } } }
		}`,
		{ entity: target.entity, project: target.project, good: goodId },
	);
	const names = (...path: string[]) => listAt(data, ...path, "edges").map((edge) => textAt(edge, "node", "name"));
	return {
		projects: names("models"),
		collections: listAt(data, "project", "artifactCollections", "edges").map((edge) => ({
			name: textAt(edge, "node", "name"),
			versions: listAt(edge, "node", "artifacts", "edges").map((version) => textAt(version, "node", "id")),
		})),
		files: names("artifact", "files"),
		lines: at(data, "project", "run", "historyLineCount") ?? 0,
		runFiles: names("project", "run", "files"),
	};
}

function expectSentence(text: string): void {
	expect(text).toMatch(/\S+ \S+ \S+/);
	expect(text).not.toMatch(/internal error|^\s+at .+:\d+:\d+|packages\/server|node_modules/im);
}

function expectRefused(reply: Pick<GraphqlReply, "status" | "errors">): void {
	expect(reply.status === 200 || (reply.status >= 400 && reply.status < 500), `status ${reply.status}`).toBe(true);
	expectSentence(reply.errors);
}

interface Answer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly text: string;
}

/** An HTTP answer that refuses: 4xx, with a sentence in the place where the client looks for it. */
function expectRefusal(answer: Pick<Answer, "status" | "text">, ...statuses: number[]): void {
	expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
	expect(answer.status, answer.text).toBeLessThan(500);
	if (statuses.length > 0) expect(statuses).toContain(answer.status);
	expectSentence(textAt(JSON.parse(answer.text), "errors", 0, "message"));
}

interface Call {
	readonly method?: string;
	readonly path: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly chunks?: Iterable<Uint8Array>;
}

/** Sends a request as it stands, with no tidying of its path; stops sending as soon as the answer comes. */
async function send({ method = "GET", path, headers = {}, chunks = [] }: Call): Promise<Answer> {
	const { hostname, port } = new URL(server.url);
	return await new Promise((done, fail) => {
		let answered = false;
		const call = request({ hostname, port, method, path, headers, agent: false }, (response) => {
			answered = true;
			const parts: Buffer[] = [];
			response.on("data", (part: Buffer) => parts.push(part));
			response.once("end", () => {
				call.destroy();
				done({
					status: response.statusCode ?? 0,
					headers: response.headers,
					text: Buffer.concat(parts).toString("utf8"),
				});
			});
			response.once("error", fail);
		});
		// A server that refuses early may close the connection under what is still being sent, after its answer.
		call.on("error", (error) => (answered ? undefined : fail(error)));
		const pieces = chunks[Symbol.iterator]();
		const more = (): void => {
			for (;;) {
				if (answered || call.destroyed) return;
				const piece = pieces.next();
				if (piece.done === true) {
					call.end();
					return;
				}
				if (!call.write(piece.value)) break;
			}
			call.once("drain", more);
		};
		more();
	});
}

/** A version begun, of these files or of one that no other version has. */
async function newDraft(files?: Readonly<Record<string, RawFile>>): Promise<RawDraft> {
	drafts++;
	return await beginVersion(account, target, files ?? { [`draft-${drafts}`]: rawFile(String(drafts)) });
}

async function commitReply(draft: RawDraft): Promise<GraphqlReply> {
	return await post(account, "mutation ($id: ID!) { commitArtifact(input: { artifactID: $id }) { artifact { id } } }", {
		id: draft.artifactId,
	});
}

async function uploadFor(draft: RawDraft, name: string, md5: string): Promise<RawUpload> {
	const upload = await fileUpload(account, draft, name, md5);
	if (upload === null) throw new Error(`the server says that it has the bytes of ${name}`);
	return upload;
}

const tooLong = "n".repeat(300);
const rightToLeft = "\u202Efdp.exe";
const hebrew = "עברית.txt";

const impossibleNames: [what: string, name: string][] = [
	["climbing", "../up"],
	["climbing far", "../../../../etc/passwd"],
	["climbing by backslash", "..\\up"],
	["NUL", "nul\u0000byte"],
	["a line break", "two\nlines"],
	["half of a surrogate pair", "half\ud800"],
	["a right-to-left override", rightToLeft],
	["a zero width", "zero\u200bwidth"],
	["absolute", "/etc/passwd"],
	["of another drive", "C:\\boot.ini"],
	["nothing", ""],
];

describe("an artifact cannot be named", () => {
	test.each([...impossibleNames, ["of 300 characters", tooLong], ["spaces", "   "]])("%s", async (_what, name) => {
		for (const odd of [{ artifactCollectionName: name }, { artifactTypeName: name }]) {
			const input = {
				entityName: target.entity,
				projectName: target.project,
				artifactTypeName: "dataset",
				artifactCollectionName: "odd",
				digest: "0".repeat(32),
				...odd,
			};
			expectRefused(
				await post(
					account,
					"mutation ($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact { id } } }",
					{ input },
				),
			);
		}
	});
});

describe("a project that does not exist is not made by a bad name", () => {
	test.each([...impossibleNames, ["of 300 characters", tooLong], ["percent", "%2e%2e%2f"]])(
		"%s",
		async (_what, name) => {
			if (name === "") return;
			expectRefused(
				await post(
					account,
					`mutation ($entity: String, $name: String) {
						upsertModel(input: { entityName: $entity, name: $name }) { project { id } }
					}`,
					{ entity: target.entity, name },
				),
			);
		},
	);
});

const impossiblePaths: [what: string, path: string][] = [
	...impossibleNames,
	["climbing inside", "a/../../b"],
	["climbing at the end", "a/.."],
	["a part of 1,100 characters", `a/${"n".repeat(1100)}`],
];

describe("a file cannot be named", () => {
	test.each(impossiblePaths)("%s, when its upload is asked for", async (_what, name) => {
		const draft = await newDraft();
		await expect(fileUpload(account, draft, name, md5Base64(Buffer.from("x")))).rejects.toThrow(/^200: \S+ \S+ \S+/);
	});

	test.each(impossiblePaths)("%s, in a manifest", async (_what, name) => {
		const files = { [name]: rawFile("the good rows") };
		const draft = await newDraft(files);
		await uploadManifest(account, target, draft, files);
		expectRefused(await commitReply(draft));
	});

	test.each(impossibleNames)("%s, of a run", async (_what, name) => {
		expectRefused(
			await post(
				account,
				`mutation ($entity: String!, $project: String!, $files: [String!]!) {
					createRunFiles(input: { entityName: $entity, projectName: $project, runName: "walk", files: $files }) {
						files { name }
					}
				}`,
				{ entity: target.entity, project: target.project, files: [name] },
			),
		);
	});
});

test("names that are only odd come back as they went", async () => {
	const other = await createAccount(server);
	const place = { entity: other.team, project: "odd", collection: "%2e%2e%2fup" };
	await createProject(other, place.entity, place.project);
	const names = ["%2e%2e%2fup", "%2e%2e/%2e%2e/up", "100%", "%00", "%%25", `${tooLong}/${tooLong}`, hebrew];
	const id = await logVersion(other, place, Object.fromEntries(names.map((name) => [name, rawFile(name)])));
	const urls = await fileUrls(other, id);
	expect([...urls.keys()].sort()).toEqual([...names].sort());
	for (const [name, url] of urls) expect(await (await fetch(url)).text(), name).toBe(name);
});

test.each([
	"/files/TEAM/zoo/walk/../../../../etc/passwd",
	"/files/TEAM/zoo/walk/..%2f..%2f..%2fetc%2fpasswd",
	"/files/TEAM/zoo/walk/%00",
	"/files/TEAM/zoo/walk/%",
	"/files/TEAM/zoo/walk/%c0%ae%c0%ae%c0%afetc",
	"/files/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
	`/files/TEAM/zoo/walk/${tooLong}`,
	`/files/TEAM/zoo/walk/${encodeURIComponent(rightToLeft)}`,
	"/artifactsV2/default/TEAM/zoo/animals/..%2f/..%2f/..%2f/passwd",
	"/artifactsV2/default/TEAM/zoo/animals/%00/%00/%00/rows.txt",
	"/artifactsV2/default/TEAM/zoo/animals/%zz/%zz/%zz/rows.txt",
	"/blobs/get/..%2f..%2fetc%2fpasswd",
	"/blobs/get/%00/%00",
	"/blobs/get/../../etc/passwd",
])("nothing is found at %s", async (path) => {
	const answer = await send({
		path: path.replace("TEAM", target.entity),
		headers: { authorization: basicAuth(account.apiKey) },
	});
	expect(answer.text).not.toContain("root:");
	expectRefusal(answer);
});

describe("a manifest is refused", () => {
	test("that names a file never uploaded", async () => {
		const files = { "never.txt": rawFile("never sent") };
		const draft = await newDraft(files);
		await uploadManifest(account, target, draft, files);
		const reply = await commitReply(draft);
		expectRefused(reply);
		expect(reply.errors).toContain("never.txt");
	});

	test.each([10_000, 1_000_000])("that names %d files without bytes", async (count) => {
		const file = rawFile("never sent");
		const files = Object.fromEntries(Array.from({ length: count }, (_, n) => [`file-${n}`, file]));
		const draft = await newDraft(files);
		await uploadManifest(account, target, draft, files);
		const reply = await commitReply(draft);
		expectRefused(reply);
		expect(reply.errors).toContain("file-");
		expect(reply.errors.length).toBeLessThan(10_000);
	});

	test("that never came", async () => {
		expectRefused(await commitReply(await newDraft()));
	});
});

describe("GraphQL is refused", () => {
	const nested = (levels: number) => `${"{ project ".repeat(levels)}${"}".repeat(levels)}`;
	const deep = `{ project(name: "zoo") ${"{ entity { projects { edges { node ".repeat(50)} { id } ${"} } } }".repeat(50)} }`;
	const brackets = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
	test.each([
		["nested 200 deep", deep],
		["nested 5,000 deep and malformed", nested(5000)],
		["lists nested 5,000 deep", `{ project(name: ${brackets(5000)}) { id } }`],
		["10,000 aliases", `{ ${Array.from({ length: 10_000 }, (_, n) => `a${n}: viewer { id }`).join(" ")} }`],
		["10,000 directives", `{ viewer ${"@include(if: true) ".repeat(10_000)} { id } }`],
		["a fragment in itself", "{ viewer { ...a } } fragment a on User { id ...a }"],
		[
			"fragments in a circle",
			"{ viewer { ...a } } fragment a on User { ...b } fragment b on User { ...c } fragment c on User { ...a }",
		],
		[
			"fragments that double 30 times",
			`{ viewer { ...f0 } } ${Array.from({ length: 30 }, (_, n) => `fragment f${n} on User { ...f${n + 1} ...f${n + 1} }`).join(" ")} fragment f30 on User { id }`,
		],
		["a text never closed", '{ project(name: "zoo'],
	])("%s", async (_what, query) => {
		const reply = await post(account, query);
		expectRefused(reply);
		expect(reply.errors.length).toBeLessThan(100_000);
	});
});

/** The longest run of characters that a token is made of. */
function tokenIn(url: string): string {
	const runs = new URL(url).pathname.match(/[\w.-]+/g) ?? [];
	return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), "");
}

function changeAt(text: string, place: number): string {
	return text.slice(0, place) + (text[place] === "x" ? "y" : "x") + text.slice(place + 1);
}

const forgeries: [what: string, forge: (token: string, other: string) => string][] = [
	["an altered payload", (token) => changeAt(token, Math.floor(token.length / 4))],
	["an altered signature", (token) => changeAt(token, token.length - 10)],
	["a cut signature", (token) => token.slice(0, -10)],
	["no signature", (token) => token.slice(0, token.lastIndexOf(".") + 1)],
	["no payload", (token) => token.slice(token.lastIndexOf("."))],
	[
		"another's signature",
		(token, other) => token.slice(0, token.lastIndexOf(".")) + other.slice(other.lastIndexOf(".")),
	],
	["the address of the other direction", (_token, other) => other],
	["10,000 characters", () => "x".repeat(10_000)],
	["NUL", () => "%00.%00"],
];

describe("a signed address is refused with", () => {
	test.each(forgeries)("%s", async (_what, forge) => {
		const bytes = Buffer.from("forged bytes");
		const upload = await uploadFor(await newDraft(), "forged.txt", md5Base64(bytes));
		const download = String((await fileUrls(account, goodId)).get("rows.txt"));
		const [putToken, getToken] = [tokenIn(upload.url), tokenIn(download)];
		const putPath = new URL(upload.url).pathname.replace(putToken, forge(putToken, getToken));
		const headers = { ...upload.headers, "content-length": String(bytes.length) };
		expectRefusal(await send({ method: "PUT", path: putPath, headers, chunks: [bytes] }), 403);
		const getPath = new URL(download).pathname.replace(getToken, forge(getToken, putToken));
		const answer = await send({ path: getPath });
		expect(answer.text).not.toContain("the good rows");
		expectRefusal(answer, 403);
	});
});

const announced = Buffer.from("exactly these bytes were announced");

/** Opens a connection and sends the head of an upload, then some bytes. */
async function beginRawUpload(upload: RawUpload, length: number, bytes: Uint8Array): Promise<Socket> {
	const { hostname, port, pathname } = new URL(upload.url);
	const socket = connect(Number(port), hostname);
	await new Promise<void>((done, fail) => {
		socket.once("connect", done);
		socket.once("error", fail);
	});
	const headers = Object.entries(upload.headers).map(([name, value]) => `${name}: ${value}\r\n`);
	socket.write(`PUT ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\n${headers.join("")}Content-Length: ${length}\r\n\r\n`);
	socket.write(bytes);
	return socket;
}

/** All that comes until the other side ends the connection. */
async function readToEnd(socket: Socket): Promise<string> {
	let text = "";
	socket.setEncoding("utf8");
	socket.on("data", (part) => {
		text += part;
	});
	await new Promise<void>((done) => {
		socket.on("error", () => undefined);
		socket.once("close", () => done());
	});
	return text;
}

describe("an upload is dropped", () => {
	let draft: RawDraft;
	let upload: RawUpload;

	/** The server still wants the bytes, and the version cannot be committed. */
	async function expectNotTaken(): Promise<void> {
		await uploadFor(draft, "part.txt", md5Base64(announced));
		await uploadManifest(account, target, draft, { "part.txt": rawFile(announced) });
		const reply = await commitReply(draft);
		expectRefused(reply);
		expect(reply.errors).toContain("part.txt");
	}

	async function begin(): Promise<void> {
		draft = await newDraft({ "part.txt": rawFile(announced) });
		upload = await uploadFor(draft, "part.txt", md5Base64(announced));
	}

	test.each([
		["other bytes of the same length", Buffer.alloc(announced.length, "z")],
		["longer than its MD5 tells", Buffer.concat([announced, announced])],
		["shorter than its MD5 tells", announced.subarray(0, 10)],
		["empty", Buffer.alloc(0)],
	])("%s", async (_what, bytes) => {
		await begin();
		for (const length of [{ "content-length": String(bytes.length) }, { "transfer-encoding": "chunked" }]) {
			const path = new URL(upload.url).pathname;
			const headers = { ...upload.headers, ...length };
			expectRefusal(await send({ method: "PUT", path, headers, chunks: [bytes] }));
		}
		await expectNotTaken();
	});

	test("whose Content-MD5 is another than was asked for", async () => {
		await begin();
		const other = Buffer.from("entirely other bytes");
		const headers = {
			...upload.headers,
			"Content-MD5": md5Base64(other),
			"content-length": String(other.length),
		};
		expectRefusal(await send({ method: "PUT", path: new URL(upload.url).pathname, headers, chunks: [other] }));
		await expectNotTaken();
	});

	test("with fewer bytes on the wire than announced", async () => {
		await begin();
		const socket = await beginRawUpload(upload, announced.length, announced.subarray(0, 10));
		socket.end();
		expect(await readToEnd(socket)).not.toMatch(/^HTTP\/1\.1 [235]/m);
		await expectNotTaken();
	});

	test("with more bytes on the wire than announced", async () => {
		await begin();
		const socket = await beginRawUpload(upload, 10, announced);
		socket.end();
		const text = await readToEnd(socket);
		expect(text).toMatch(/^HTTP\/1\.1 4/);
		expect(text).not.toMatch(/^HTTP\/1\.1 [235]/m);
		await expectNotTaken();
	});

	test("reset half-way", async () => {
		await begin();
		const socket = await beginRawUpload(upload, announced.length, announced.subarray(0, 10));
		const closed = readToEnd(socket);
		socket.resetAndDestroy();
		await closed;
		await expectNotTaken();
	});

	test("that falls silent half-way, and holds up nobody", async () => {
		await begin();
		const socket = await beginRawUpload(upload, announced.length, announced.subarray(0, 10));
		const closed = readToEnd(socket);
		await expectNotTaken();
		socket.destroy();
		await closed;
		await expectNotTaken();
	});
});

const slowCount = soak ? 1_000 : 200;

test(`${slowCount} slow connections hold up nobody`, async () => {
	const { hostname, port } = new URL(server.url);
	const begun = [
		"POST /graphql HT",
		"POST /graphql HTTP/1.1\r\nHost: slow\r\nX-Slow: ",
		`POST /graphql HTTP/1.1\r\nHost: slow\r\nAuthorization: ${basicAuth(account.apiKey)}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
	];
	const sockets = await Promise.all(
		Array.from({ length: slowCount }, async (_, n) => {
			const socket = connect(Number(port), hostname);
			await new Promise<void>((done, fail) => {
				socket.once("connect", done);
				socket.once("error", fail);
			});
			socket.on("error", () => undefined);
			socket.write(begun[n % begun.length] ?? "");
			return socket;
		}),
	);
	await graphql(account, "{ viewer { id } }");
	const url = String((await fileUrls(account, goodId)).get("rows.txt"));
	expect(await (await fetch(url)).text()).toBe("the good rows");
	// The honest requests were answered while these were all still open.
	expect(sockets.filter((socket) => socket.closed || socket.readableEnded)).toEqual([]);
	for (const socket of sockets) socket.destroy();
	await graphql(account, "{ viewer { id } }");
});
